"""A draft is a briefing once its empty values are filled, and says nothing the article does not."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editing.article import Article, article_of, read_article
from bot.editing.commands import draft_command
from bot.editing.draft import DraftText, draft
from bot.editing.numbers import read_number
from bot.errors import UsageError
from bot.model import Aspect, Briefing
from bot.number import parse_number
from bot.yaml_source import parse
from tests.editing.measure import ARTICLES, QUARTER_TWO

PATHS = sorted(ARTICLES.glob("*.txt"))
NUMBER = re.compile(
    r'^\s*(?:- )?(?P<key>number|of|count): "?(?P<number>[-\d.,]+)"?\s+# ký tự (?P<start>\d+)–(?P<end>\d+)'
)
ANY_NUMBER = re.compile(r"^\s*(?:- )?(?:number|of|count): ")
SPAN = re.compile(r"ký tự (\d+)–(\d+): \"(.*?)\"(?:; KIỂM TRA|$)")
DIGITS = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:[,.]\d+)?")


def filled(text: str) -> str:
    """What an editor does first: every empty value gets one."""
    fillings = {
        "publisher": "Báo Mẫu",
        "url": "https://mau.gov.vn/1",
        "period": "2023-Q2",
        "place": "Mẫu",
        "unit": "mục",
    }
    text = re.sub(r'^(\s*(?:- )?(\w+): )""', lambda found: found[1] + fillings.get(found[2], "mau"), text, flags=re.M)
    text = re.sub(r'^(\s*- )""', r"\1mẫu", text, flags=re.M)
    if "by: mau" in text and "people:" not in text:
        text += "\npeople:\n  - id: mau\n    name: Mẫu\n    titles:\n      - mẫu\n"
    return text


def briefing_of(made: DraftText) -> Briefing:
    parsed = parse(filled(made.text).encode(), "draft.yaml")
    assert parsed.problems == (), parsed.problems
    return Briefing.model_validate(parsed.data)


def invented(article: Article, made: DraftText) -> list[str]:
    """Every number line whose number is not in the article at the span it names."""
    wrong = []
    for line in made.text.split("\n"):
        if not ANY_NUMBER.match(line):
            continue
        found = NUMBER.match(line)
        if not found:
            wrong.append(line)
            continue
        there = article.text[int(found["start"]) : int(found["end"])]
        number = parse_number(found["number"])
        assert isinstance(number, Decimal)
        written = [read_number(digits)[0] for digits in DIGITS.findall(there)]
        derived = [value - 100 for value in written] if "đã đổi ra" in line else []
        if abs(number) not in written and number not in derived:
            wrong.append(f"{line} <- {there!r}")
    return wrong


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_draft_becomes_a_briefing(path: Path) -> None:
    """Every article's draft is valid YAML and, with its empty values filled, a valid briefing."""
    article = read_article(path)
    made = draft(article)
    briefing = briefing_of(made)
    assert len(briefing.facts) == made.facts > 0
    assert made.marks == made.text.count("KIỂM TRA") - 1  # the legend at the top names the mark once
    assert invented(article, made) == []


def test_an_unfilled_draft_cannot_be_used() -> None:
    """What the article does not say stays empty, and an empty value is refused."""
    made = draft(read_article(ARTICLES / "12.txt"))
    parsed = parse(made.text.encode(), "draft.yaml")
    with pytest.raises(ValueError, match="publisher"):
        Briefing.model_validate(parsed.data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(PATHS), seed=st.integers(0, 10**9))
def test_a_draft_never_invents_a_number(path: Path, seed: int) -> None:
    """However an article is shuffled, cut and misspelt, each drafted number stands at the span its line names."""
    article = article_of("bài.txt", mutated(path.read_text(encoding="utf-8"), random.Random(seed)).encode())
    made = draft(article)
    assert invented(article, made) == []
    assert [problem.text() for problem in parse(made.text.encode(), "draft.yaml").problems] == []
    for line in made.text.split("\n"):
        for start, end, quoted in SPAN.findall(line):
            assert " ".join(article.text[int(start) : int(end)].split()) == quoted


def mutated(text: str, chance: random.Random) -> str:
    """Digits changed, pieces dropped, doubled and moved, marks and line breaks thrown in."""
    pieces = re.split(r"(?<=[.;,])", text)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(pieces))
        match chance.randrange(5):
            case 0:
                pieces[place] = re.sub(r"\d", lambda _: str(chance.randrange(10)), pieces[place])
            case 1:
                pieces.pop(place) if len(pieces) > 2 else None
            case 2:
                pieces.insert(chance.randrange(len(pieces)), pieces[place])
            case 3:
                at = chance.randrange(len(pieces[place]) + 1)
                pieces[place] = pieces[place][:at] + chance.choice("\n;:(\"'%/-. 5") + pieces[place][at:]
            case _:
                at = chance.randrange(len(pieces[place]) + 1)
                pieces[place] = pieces[place][: at // 2] + pieces[place][at:]
    return "".join(pieces) + " hết"


def test_roles_are_kept_apart() -> None:
    """Who reports is not who presides; who concludes and asks is named with the directives."""
    briefing = briefing_of(draft(read_article(ARTICLES / "bia-2.txt")))
    roles = {person.name: person.roles for person in briefing.people}
    assert roles["Trần Thị Mẫu"] == ("chair",)
    assert roles["Phạm Văn Giả"] == ("reporter",)
    assert {directive.by for directive in briefing.directives} == {"tran-thi-mau"}
    assert briefing.directives[0].to == "các đảng ủy"


def test_groups_are_counted_apart_from_facts() -> None:
    """Who took part is a group with its count, not a fact."""
    briefing = briefing_of(draft(read_article(ARTICLES / "bia-2.txt")))
    assert [(group.count, group.unit) for group in briefing.groups] == [
        (Decimal(23), "đảng ủy"),
        (Decimal(31), "chi bộ"),
    ]


def test_difficulties_and_directives_are_told_from_results() -> None:
    """`tiếp tục phục hồi` in the report is a result; what follows khó khăn, hạn chế is a difficulty."""
    briefing = briefing_of(draft(read_article(ARTICLES / "bia-4.txt")))
    assert [one.subject for one in briefing.difficulties] == [
        "sản xuất công nghiệp",
        "dự án trọng điểm vướng mặt bằng",
        "thu tiền sử dụng đất",
    ]
    assert not any("phục hồi" in one.statement for one in briefing.directives)
    assert len(briefing.directives) == 3


def test_the_year_of_a_date_is_marked_when_inferred() -> None:
    """A day without its year takes the title's, and says so; without any year the date stays empty."""
    line = next(one for one in draft(read_article(ARTICLES / "bia-2.txt")).text.split("\n") if one.startswith("date:"))
    assert line.startswith('date: "2024-10-04"')
    assert "KIỂM TRA: năm lấy theo tiêu đề" in line
    bare = article_of("bài.txt", "Giao ban khối Đảng\n\nSáng 2/7, bà Trần Thị Mẫu, Bí thư Tỉnh ủy chủ trì.".encode())
    assert 'date: ""  # ký tự 20–28: "Sáng 2/7"; KIỂM TRA' in draft(bare).text


def test_a_carried_period_is_marked() -> None:
    """A period that stands in another clause is taken over only with a mark."""
    made = draft(article_of("bài.txt", "Họp giao ban năm 2024\n\nTrong quý I, thu 5 tỷ đồng; chi 3 tỷ đồng.".encode()))
    periods = [line.strip() for line in made.text.split("\n") if line.startswith("    period:")]
    assert periods == ['period: "2024-Q1"', 'period: "2024-Q1"  # KIỂM TRA: kỳ lấy theo vế câu hoặc câu trước']


def test_the_level_before_a_change_is_no_figure() -> None:
    """`giảm từ 214 hộ xuống còn 163 hộ` is one value; what it fell from is only remarked."""
    made = draft(
        article_of("bài.txt", "Họp giao ban quý I năm 2024\n\nSố hộ nghèo giảm từ 214 hộ xuống còn 163 hộ.".encode())
    )
    (fact,) = briefing_of(made).facts
    assert [figure.number for figure in fact.figures] == [Decimal(163)]
    assert "không đưa vào mức trước khi thay đổi" in made.text


def test_quarter_two() -> None:
    """The project's first article: its meeting, people, facts, difficulties and directives."""
    if not QUARTER_TWO.exists():
        pytest.skip(f"{QUARTER_TWO.name} is not beside this repository")
    article = read_article(QUARTER_TWO)
    made = draft(article)
    briefing = briefing_of(made)
    assert made.slug == "giao-ban-quy-2-2023"
    assert (str(briefing.date), briefing.session, str(briefing.period)) == ("2023-07-05", "chiều", "2023-Q2")
    assert [str(period) for period in briefing.looks_ahead] == ["2023-Q3", "2023-H2"]
    assert [person.name for person in briefing.people] == ["Nguyễn Thanh Hải", "Phạm Hoàng Sơn"]
    assert len(briefing.difficulties) == 6
    assert len(briefing.directives) == 9
    share = next(f for fact in briefing.facts for f in fact.figures if f.aspect is Aspect.PLAN_SHARE)
    assert (share.number, share.unit) == (Decimal("39.7"), "%")
    assert invented(article, made) == []


def test_the_command_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`draft -o` writes a new file and says what is in it; an existing file is left alone."""
    output = tmp_path / "nháp.yaml"
    assert draft_command(ARTICLES / "01.txt", output) == 0
    written = output.read_text(encoding="utf-8")
    assert "KIỂM TRA" in capsys.readouterr().out
    with pytest.raises(UsageError, match="đã có"):
        draft_command(ARTICLES / "12.txt", output)
    assert output.read_text(encoding="utf-8") == written
    assert draft_command(ARTICLES / "01.txt", None) == 0
    assert capsys.readouterr().out == written
