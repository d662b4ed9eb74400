"""What an article says about the meeting itself: kind, day, period, place, source. Nothing here is guessed silently."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.editing.article import Article, Paragraph
from bot.editing.held import Said, Span, address_of, held_on
from bot.editing.numbers import amounts
from bot.editing.passages import Part, Passage
from bot.editing.persons import proper_run
from bot.editing.subjects import times_in
from bot.period import Period
from bot.places import Gazetteer
from bot.text import Words, tokenize
from bot.time_mention import TimeMention, TimeRole


@dataclass(frozen=True, slots=True)
class Meeting:
    """None where the article says nothing. `year` is the year all times without one are counted in."""

    title: Said
    kind: Said
    date: Said | None
    session: str | None
    number: Said | None
    period: Said | None
    covers: tuple[str, ...]
    looks_ahead: tuple[str, ...]
    place: Said | None
    organiser: Said | None
    url: Said | None
    author: Said | None
    year: int | None
    day: dt.date | None

    @property
    def anchor(self) -> dt.date:
        """A day to count `năm nay` from, when the meeting's own is unknown."""
        return self.day or dt.date(self.year or 2024, 7, 1)


_KINDS = (
    (re.compile(r"giao ban", re.I), "giao ban"),
    (re.compile(r"phiên họp", re.I), "phiên họp"),
    (re.compile(r"họp báo", re.I), "họp báo"),
    (re.compile(r"hội nghị|sơ kết|tổng kết", re.I), "hội nghị"),
    (re.compile(r"thống kê|tình hình kinh tế|số liệu", re.I), "báo cáo thống kê"),
)
_NUMBER = re.compile(r"(?:phiên họp|kỳ họp|hội nghị)(?: thường kỳ)?(?: lần)?(?: thứ) (?P<number>\d{1,3})\b", re.I)
_ORGANISER = re.compile(
    r"\b(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Huyện uỷ"
    r"|Chi cục Thống kê|Cục Thống kê|HĐND)"
    r"(?: (?:tỉnh|huyện|thành phố|thị xã))?(?!\w)"
)
_NAME = re.compile(r"^[^\W\d_]+(?:[ -][^\W\d_.]+){1,4}$")


def meeting_of(article: Article, passages: tuple[Passage, ...], title: Paragraph | None) -> Meeting:
    """Everything about the meeting that the words or the page's head give."""
    head = title or article.paragraphs[0]
    opening = [one.sentence for one in passages if one.part is Part.OPENING] or [
        one.sentence for one in passages if one.part is Part.REPORT
    ][:1]
    date, session, day, year = held_on(article, head, [(one.start, one.text) for one in opening])
    period, times = _periods(head, [(one.start, one.text) for one in opening], year, day)
    past, ahead = _split(times, year, day)
    text = f"{head.text}\n" + "\n".join(one.text for one in opening)
    kind = next(
        (Said(name, _shift(found, head.start)) for pattern, name in _KINDS if (found := pattern.search(head.text))),
        None,
    )
    kind = kind or next(
        (Said(name, (head.start, head.end), "kind") for pattern, name in _KINDS if pattern.search(text)), None
    )
    number = _NUMBER.search(head.text)
    return Meeting(
        title=Said(" ".join(head.text.split()), (head.start, head.end), None if title else "title"),
        kind=kind or Said("hội nghị", (head.start, head.end), "kind"),
        date=date,
        session=session,
        number=Said(number["number"], (head.start + number.start("number"), head.start + number.end("number")))
        if number
        else None,
        period=period,
        covers=past,
        looks_ahead=ahead,
        place=_place([(head.start, head.text), *((one.start, one.text) for one in opening)]),
        organiser=_organiser(head),
        url=address_of(article),
        author=_author(article, head),
        year=year,
        day=day,
    )


def period_text(time: TimeMention | None, year: int | None, day: dt.date | None) -> str | None:
    """The YAML form of a time of the article; None when its year is unknown or the form cannot be written."""
    if time is None:
        return None
    if time.role is TimeRole.NOW:
        return day.isoformat() if day else None
    if not (time.year or year) or not (time.first_month or time.year or time.loose):
        return None
    try:
        written = str(time.period(year or time.year or 0))
    except ValueError:
        return None
    return None if "/" in written else written


def _shift(found: re.Match[str], start: int) -> Span:
    return start + found.start(), start + found.end()


def _periods(
    head: Paragraph, opening: list[tuple[int, str]], year: int | None, day: dt.date | None
) -> tuple[Said | None, list[TimeMention]]:
    """The period the headline names, and every time of the headline and the first words."""
    anchor = day or dt.date(year or 2024, 7, 1)
    times: list[TimeMention] = []
    period: Said | None = None
    for start, text in ((head.start, head.text), *opening):
        for time in times_in(text, anchor, amounts(text), plans=True):
            written = period_text(time, year, day)
            if time.day or time.role is not TimeRole.SUBJECT:
                continue
            times.append(time)
            if period is None:
                span = (start + time.start, start + time.end)
                in_head = start == head.start
                period = Said(written or "", span, "period-year" if not written else None if in_head else "period")
    return period, times


def _split(
    times: Iterable[TimeMention], year: int | None, day: dt.date | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Periods that are over, or running, on the day, and those that are still to come."""
    past: dict[str, None] = {}
    ahead: dict[str, None] = {}
    for time in times:
        written = period_text(time, year, day)
        if not written or year is None:
            continue
        period: Period = time.period(year)
        late = day is not None and period.first + (period.last - period.first) / 2 > day
        (ahead if late else past)[written] = None
    return tuple(past), tuple(ahead)


def _place(texts: list[tuple[int, str]]) -> Said | None:
    """The province the headline or the first words name."""
    gazetteer = Gazetteer(frozenset())
    for start, text in texts:
        words = Words([token for token in tokenize(text) if not token.is_mark])
        for mention in gazetteer.find(words):
            provinces = [name.name for name in mention.names if name.level == "province"]
            if provinces:
                return Said(provinces[0], (start + words[mention.start].start, start + words[mention.end - 1].end))
        for named in re.finditer(r"\b(?:[Tt]ỉnh|[Tt]hành phố)\s+", text):
            end = proper_run(text, named.end(), 4)
            if end > named.end():
                return Said(text[named.end() : end], (start + named.end(), start + end), "place")
    return None


def _organiser(head: Paragraph) -> Said | None:
    found = _ORGANISER.search(head.text)
    if not found:
        return None
    name = proper_run(head.text, found.end() + 1, 4)
    end = name if name > found.end() + 1 else found.end()
    return Said(head.text[found.start() : end], (head.start + found.start(), head.start + end))


def _author(article: Article, head: Paragraph) -> Said | None:
    if article.author:
        return Said(article.author, (0, 0), "page")
    for paragraph in reversed(article.paragraphs[-3:]):
        words = paragraph.text.split()
        if paragraph.start > head.start and _NAME.match(paragraph.text) and all(word[0].isupper() for word in words):
            return Said(paragraph.text, (paragraph.start, paragraph.end), "author")
    return None
