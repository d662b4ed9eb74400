"""Several messages in one chat, several questions in one message, and messages that are no questions."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest

from bot.chat.render import plain, plain_part
from bot.desk import Desk
from bot.outcome import Question, status_of
from bot.phrases.answers import carried
from bot.reply_json import as_json, lead_of
from tests.asking.conftest import ask_lines, mark_bug, rows_of

NOON = dt.datetime(2023, 11, 1, 5, tzinfo=dt.UTC)
SHOWN = carried("")  # the words before what was taken over
HOSTILE = {name: row if isinstance(row, dict) else {"text": row} for name, row in rows_of("hostile.yaml").items()}


@pytest.mark.parametrize("name", rows_of("conversations.yaml"))
def test_a_conversation(name: str, desk: Desk, request: pytest.FixtureRequest) -> None:
    """A follow-up takes what it lacks from the message before, shows it, and forgets it after ten minutes."""
    mark_bug(request, *rows_of("conversations.yaml")[name])
    now = NOON
    for step in rows_of("conversations.yaml")[name]:
        now += dt.timedelta(minutes=step.get("after", 1))
        answer = desk.ask(Question(step["ask"], name, now))
        assert answer.status == step.get("status", "found"), step
        assert step.get("lead", "") in lead_of(answer.parts[0]), step
        if "carried" in step:
            assert (SHOWN in plain(answer)) is step["carried"], step


def test_chats_are_apart(desk: Desk) -> None:
    """What one chat was about is unknown to another, and to a question that belongs to none."""
    desk.ask(Question("giá trị xuất khẩu 6 tháng 2023", "first", NOON))
    for asker in ("second", ""):
        assert desk.ask(Question("thế tăng bao nhiêu?", asker, NOON)).status == "none"


def test_a_chat_can_be_forgotten(desk: Desk) -> None:
    """After forget() a follow-up has nothing to follow."""
    desk.ask(Question("giá trị xuất khẩu 6 tháng 2023", "third", NOON))
    desk.forget("third")
    assert desk.ask(Question("còn 6 tháng 2022?", "third", NOON)).status == "none"


@pytest.mark.parametrize("row", rows_of("two_questions.yaml"), ids=lambda row: row["ask"][:40])
def test_two_questions_in_one_message(row: dict[str, Any], desk: Desk) -> None:
    """Each is answered or declined on its own, in the order asked."""
    parts = desk.ask(Question(row["ask"], "", NOON)).parts
    assert len(parts) == len(row["leads"]), [lead_of(part) for part in parts]
    for part, lead in zip(parts, row["leads"], strict=True):
        assert status_of(part) == "none" if lead == "none" else lead in lead_of(part)


@pytest.fixture(scope="module")
def hostile() -> dict[str, dict[str, Any]]:
    return dict(zip(HOSTILE, ask_lines({"q": row["text"]} for row in HOSTILE.values()), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_message_that_is_no_question(
    name: str, hostile: dict[str, dict[str, Any]], request: pytest.FixtureRequest
) -> None:
    """It gets a short reply without an entry, whatever its letters."""
    mark_bug(request, HOSTILE[name])
    answer = hostile[name]
    assert answer["status"] == "none"
    assert 0 < len(answer["text"]) < 500
    assert not any(part["entries"] for part in answer["parts"])
    assert "\0" not in answer["text"]


@pytest.mark.parametrize(
    "letters",
    ["đảng viên ", "ketnapdang", "6 tháng 2023 ", "QII/", "1/2/", "AAAA", "ttt ", "và "],
)
def test_the_longest_message_that_is_read(letters: str, desk: Desk) -> None:
    """Text of the greatest length that is still read takes a small part of a second of the processor's own time."""
    started = time.process_time()
    desk.ask(Question((letters * 1500)[:1499], "", NOON))
    assert time.process_time() - started < 0.5


def test_direction_marks_and_nul_inside_a_question(desk: Desk) -> None:
    """Invisible characters in a question do not hide its words."""
    asked = "số đảng\u200b viên\u202e kết nạp\0 6 tháng\ufeff 2023"
    assert "780" in lead_of(desk.ask(Question(asked, "", NOON)).parts[0])


def test_a_button_opens_its_entry(desk: Desk) -> None:
    """What is offered instead of an answer can be opened, and then answers."""
    offered = desk.ask(Question("giá trị xuất khẩu quý III/2023", "", NOON)).parts[0].suggestions
    assert offered
    for one in offered:
        opened = desk.open(one.id)
        assert opened.status == "found"
        assert one.id in opened.parts[0].entries


def test_every_briefing_and_topic_opens(desk: Desk) -> None:
    """Each briefing and each topic shows its entries; an unknown one is declined."""
    for briefing in desk.briefings():
        assert desk.overview(briefing.slug).status == "found"
    for topic in desk.topics():
        assert set(desk.topic(topic.name).parts[0].entries) == set(topic.entries)
    for unknown in ("nothing-here", "nothing-here/at-all", "?", ""):
        assert desk.open(unknown).status == "none"
    assert desk.topic("nothing here").status == "none"


def test_plain_text_and_json_say_the_same(desk: Desk) -> None:
    """The JSON answer holds exactly the words of the plain one."""
    answer = desk.ask(Question("số xã đạt chuẩn NTM? ai chủ trì giao ban quý II/2023?", "", NOON))
    told = as_json(answer)
    assert told["text"] == plain(answer) == "\n\n".join(plain_part(part) for part in answer.parts)
