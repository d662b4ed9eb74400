"""The commands of CONTRACT's question side, run as a person or a script runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.asking.conftest import ROOT, SHIPPED, ask_lines, bot

FOUND, UNSURE, NONE, MISUSED = 0, 3, 4, 2
SLUG = "giao-ban-quy-2-2023"
SMALL = ("--knowledge", str(ROOT / "tests" / "broken" / "whole"))  # where it does not matter what is answered
SCHEMA: dict[str, type] = {
    "question": str, "status": str, "lead": str, "text": str, "parts": list, "knowledge": str, "ms": float,
}  # fmt: skip
PART_SCHEMA: dict[str, type] = {
    "status": str, "lead": str, "text": str, "entries": list, "suggestions": list, "reason": dict,
}  # fmt: skip


STATUSES = {"tổng số đảng viên của Đảng bộ tỉnh": FOUND, "khu vực dịch vụ 6 tháng 2022": UNSURE, "vé máy bay": NONE}


def test_the_exit_code_is_the_status() -> None:
    """0 found, 3 unsure, 4 none, with the words of the JSON answer on standard output and nothing else anywhere."""
    for answer in ask_lines({"q": question} for question in STATUSES):
        done = bot("ask", answer["question"])
        assert done.returncode == STATUSES[answer["question"]]
        assert done.stdout.strip() == answer["text"].strip()
        assert done.stderr == ""


def test_one_json_answer_exits_like_a_plain_one() -> None:
    """What two entries explain equally well exits with 3, offers at most three of them and asserts no figure."""
    done = bot("ask", "--json", "đánh giá chung")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["status"]) == (UNSURE, "unsure")
    assert 2 <= len(answer["parts"][0]["suggestions"]) <= 3
    assert not re.search(r"\d", answer["lead"])


ASKED = ("số đảng viên kết nạp 6 tháng 2023", "giá trị xuất khẩu quý III/2023", "chào em", "", "ai? ở đâu?", "6T 2022")


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    return ask_lines({"q": question} for question in ASKED)


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_the_json_answer_has_the_agreed_shape(number: int, answers: list[dict[str, Any]]) -> None:
    """Every key of CONTRACT, of its type, and the first part's lead on top."""
    answer = answers[number]
    assert {key: type(answer[key]) for key in SCHEMA} == SCHEMA
    assert answer["question"] == ASKED[number]
    assert answer["parts"]
    for part in answer["parts"]:
        assert {key: type(part[key]) for key in PART_SCHEMA} == PART_SCHEMA
        assert part["status"] in ("found", "unsure", "none")
        assert all(set(one) == {"id", "label"} for one in part["suggestions"])
        assert bool(part["entries"]) or part["status"] != "found"
    assert answer["lead"] == answer["parts"][0]["lead"]
    statuses = [part["status"] for part in answer["parts"]]
    assert answer["status"] == next(s for s in ("found", "unsure", "none") if s in statuses)


def test_the_reason_explains_the_answer() -> None:
    """Concepts, times and candidates with signals and scores stand beside a figure; leftovers beside a refusal."""
    found, refused = ask_lines([{"q": "xuất khẩu 6 tháng 2023"}, {"q": "số lượng máy bay zôzô"}])
    reason = found["parts"][0]["reason"]
    assert any("export" in one["concepts"] for one in reason["concepts"])
    assert reason["times"]
    assert reason["candidates"][0]["score"] > 0
    assert reason["candidates"][0]["signals"]
    assert refused["status"] == "none"
    assert "zôzô" in refused["text"] + " ".join(refused["parts"][0]["reason"]["leftovers"])


def test_lines_keep_their_order() -> None:
    """A hundred questions give a hundred answers, each under its own question."""
    rows = [{"q": f"số đảng viên kết nạp 6 tháng 2023 lần hỏi {number}"} for number in range(50)]
    rows += [{"q": "giá trị xuất khẩu", "chat": str(number)} for number in range(50)]
    assert [answer["question"] for answer in ask_lines(rows, *SMALL)] == [row["q"] for row in rows]


def test_lines_of_one_chat_are_a_conversation() -> None:
    """`chat` joins lines into a conversation; a line without it stands alone."""
    first, other, alone, second = ask_lines(
        [
            {"q": "giá trị xuất khẩu 6 tháng 2023", "chat": "a"},
            {"q": "còn 6 tháng 2022?", "chat": "b"},
            {"q": "còn 6 tháng 2022?"},
            {"q": "còn 6 tháng 2022?", "chat": "a"},
        ]
    )
    assert "14,07" in first["lead"]
    assert "16,84" in second["lead"]
    assert [one["status"] for one in (other, alone)] == ["none", "none"]


def test_an_answer_does_not_wait_for_the_next_line() -> None:
    """Each answer is out before the next question is in."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl", *SMALL],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for question in ("tổng số đảng viên", "tổng số xã"):
            process.stdin.write(json.dumps({"q": question}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.mark.parametrize(
    "line",
    [b"not json", b'{"q": 5}', b"null", b'{"q": "a", "chat": 7}', b"\xff\xfe"],
)
def test_a_bad_line_is_named(line: bytes) -> None:
    """What is no question stops the run with its line number; the answers before it are out."""
    given = b'{"q": "t\xe1\xbb\x95ng s\xe1\xbb\x91 x\xc3\xa3"}\n\n' + line + b"\n" + b'{"q": "a"}\n'
    done = bot("ask", "--jsonl", *SMALL, given=given)
    assert done.returncode == MISUSED
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert re.search(r"\b3\b", done.stderr)
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("command", ["ask", "eval", "check"])
def test_an_unknown_briefing_names_the_nearest(command: str, tmp_path: Path) -> None:
    """One letter wrong in a slug: exit 2, one line, the right slug in it."""
    (tmp_path / "q.jsonl").write_text('{"q": "tổng số xã", "expect": "answer"}\n')
    words = {"ask": ["tổng số xã"], "eval": [str(tmp_path / "q.jsonl")]}.get(command, [])
    done = bot(command, *words, "--briefing", "giao-ban-quy-3-2023")
    assert done.returncode == MISUSED
    assert SLUG in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_only_the_named_briefings_answer() -> None:
    """`--briefing` leaves out all others, and may be given twice."""
    question = {"q": "giá trị sản xuất công nghiệp"}
    other = "so-lieu-cong-nghiep-quy-1-2023"
    leads = [
        ask_lines([question], *options)[0]["lead"]
        for options in (("--briefing", SLUG), ("--briefing", other), ("--briefing", SLUG, "--briefing", other))
    ]
    assert [re.findall(r"[\d,]+", lead)[0] for lead in leads] == ["405", "186,7", "405"]


def test_the_knowledge_directory_can_be_chosen(tmp_path: Path) -> None:
    """`--knowledge` wins over KNOWLEDGE_DIR, which wins over knowledge/ in the working directory."""
    missing = {"KNOWLEDGE_DIR": str(tmp_path / "missing")}
    assert bot("ask", "tổng số xã", cwd=tmp_path).returncode == MISUSED
    assert bot("ask", "tổng số xã", cwd=tmp_path, env={"KNOWLEDGE_DIR": str(SHIPPED)}).returncode == FOUND
    assert bot("ask", "tổng số xã", env=missing).returncode == MISUSED
    assert bot("ask", "tổng số xã", "--knowledge", str(SHIPPED), env=missing).returncode == FOUND


@pytest.mark.parametrize("command", ["ask", "check", "eval"])
def test_a_missing_directory_is_named(command: str, tmp_path: Path) -> None:
    """Exit 2 and one line with the directory that is not there."""
    (tmp_path / "q.jsonl").write_text('{"q": "a", "expect": "none"}\n')
    words = {"ask": ["tổng số xã"], "eval": [str(tmp_path / "q.jsonl")]}.get(command, [])
    done = bot(command, *words, "--knowledge", str(tmp_path / "không có"))
    assert done.returncode == MISUSED
    assert "không có" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [["ask"], ["ask", ""], ["nothing"], [], ["ask", "a", "b"], ["eval"], ["eval", "no"]])
def test_misuse_is_two(words: list[str]) -> None:
    """A command used wrongly exits with 2 and says why, without a traceback."""
    done = bot(*words)
    assert done.returncode == MISUSED
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_the_terminal_conversation() -> None:
    """`chat` answers, follows up, opens a suggestion by its number and ends with the input."""
    lines = ["giá trị xuất khẩu 6 tháng 2023", "còn 6 tháng 2022?", "giá trị xuất khẩu quý III/2023", "1", "thoát"]
    done = bot("chat", given="\n".join(lines) + "\n")
    assert done.returncode == 0
    assert done.stderr == ""
    replies = done.stdout.split("\n\n")
    leads = [number for reply in replies if (number := reply.strip().partition("\n")[0]) and "tỷ USD" in number]
    assert [re.findall(r"[\d,]+", lead)[0] for lead in leads] == ["14,07", "16,84", "14,07"]
    assert any(reply.strip().startswith("Không có số liệu quý III/2023") for reply in replies)
    assert replies[-1].strip().endswith("Tạm biệt.")
    ended = bot("chat", *SMALL, given="chào")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_terminal_lists_what_there_is() -> None:
    """`/hop` and `/chude` number what can be opened; a number off the list says which there are."""
    done = bot("chat", given="/chude\n3\n99\n/hop\n2\n/xoa\n/help\n")
    assert (done.returncode, done.stderr) == (0, "")
    topics, topic, off, briefings, briefing, *rest = (r.strip() for r in done.stdout.split("\n\n")[1:] if r.strip())
    chosen = re.findall(r"  3\. (.+) \(\d+\)", topics)
    assert chosen == [topic.partition("\n")[0]]
    assert re.match(r"Danh sách chỉ có số 1 đến \d+", off)
    assert re.findall(r"  2\. (.+) \(.+\)", briefings) == [briefing.partition("\n")[0]]
    assert any("/chude" in reply for reply in rest)


def test_the_schema_describes_briefings() -> None:
    """`schema` prints the JSON Schema that editors' programs use, the one in knowledge/."""
    done = bot("schema")
    assert done.returncode == 0
    schema: dict[str, Any] = json.loads(done.stdout)
    assert {"slug", "title", "source", "facts", "difficulties", "directives"} <= schema["properties"].keys()
    assert schema == json.loads((SHIPPED / "schema.json").read_text())


def test_the_shipped_knowledge_is_clean() -> None:
    """`check` finds no error in what is shipped."""
    done = bot("check", "--format", "json")
    assert [one for one in json.loads(done.stdout) if one["severity"] == "error"] == []
    assert done.returncode == 0


def test_eval_prints_a_table_and_lists_failures(tmp_path: Path) -> None:
    """`eval` exits with 0 whatever the score; -v lists what failed; a bad line is exit 2 with its number."""
    questions = tmp_path / "q.jsonl"
    rows = [
        {"q": "tổng số đảng viên", "style": "keyword", "topic": "party", "expect": "answer", "must": ["97[.]052"]},
        {"q": "tổng số đảng viên", "style": "keyword", "topic": "party", "expect": "answer", "must": ["12345"]},
    ]
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = bot("eval", str(questions), "-v")
    assert done.returncode == 0
    assert "50.0" in done.stdout
    assert done.stdout.count("tổng số đảng viên") == 1
    told = json.loads(bot("eval", str(questions), "--json").stdout)
    assert told["table"]["all"] == told["table"]["answer"] == told["table"]["style:keyword"]
    assert (told["table"]["all"]["n"], told["table"]["all"]["passed"], told["table"]["all"]["wrong"]) == (2, 1, 1)
    questions.write_text(json.dumps(rows[0]) + "\n{}\n")
    bad = bot("eval", str(questions), *SMALL)
    assert (bad.returncode, ":2:" in bad.stderr) == (MISUSED, True)


def test_a_closed_pipe_is_no_error() -> None:
    """Whoever reads only the first answers leaves no traceback behind."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl", *SMALL],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        try:
            process.stdin.write(b'{"q": "t\xe1\xbb\x95ng s\xe1\xbb\x91 x\xc3\xa3"}\n' * 200)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert b"Traceback" not in process.stderr.read()
        process.wait(10)


def test_asking_writes_nothing_into_the_working_directory(tmp_path: Path) -> None:
    """A question leaves no file behind."""
    bot("ask", "tổng số xã", "--knowledge", str(SHIPPED), cwd=tmp_path)
    assert os.listdir(tmp_path) == []  # noqa: PTH208
