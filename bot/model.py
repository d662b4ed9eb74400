"""The nouns of the knowledge: what an editor writes, checked strictly and kept exactly.

Every scalar reaches these models as the text the editor typed (see `knowledge.py`), so `no` stays `no`
and `1,10` stays `1,10`; the types here turn it into dates, decimals and periods or refuse it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.number import parse_number
from bot.period import Period, parse_period

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


def public_name(name: str, slug: str) -> str:
    """The public id (`<slug>/<id>`) an editor means by a name written in the file of this slug."""
    return name if "/" in name else f"{slug}/{name}"


def _date(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return dt.datetime.strptime(value.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise ValueError("ngày phải có thật và viết năm-tháng-ngày: 2023-07-05") from None


def _https(value: str) -> str:
    if not value.startswith(("https://", "http://")) or any(c.isspace() for c in value):
        raise ValueError("liên kết phải bắt đầu bằng https:// và không có dấu cách")
    return value


Date = Annotated[dt.date, BeforeValidator(_date)]
Number = Annotated[Decimal, BeforeValidator(parse_number)]
PeriodField = Annotated[Period, BeforeValidator(parse_period)]
Url = Annotated[str, AfterValidator(_https), Field(max_length=500)]


class Strict(BaseModel):
    """Frozen, and unknown keys are refused: a mistyped key must never lose a figure silently."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        str_strip_whitespace=True,
        defer_build=True,  # models that come from the cache need no validators: an answer within a second
    )


class Aspect(StrEnum):
    """What one figure says about its subject."""

    VALUE = "value"  # the amount or level itself: 405 nghìn tỷ đồng, 780 đảng viên, 108 xã
    PLAN_SHARE = "plan_share"  # per cent of a plan, estimate or target: 39,7 % kế hoạch năm
    PLAN = "plan"  # the plan or target itself: kế hoạch năm tăng 8 %
    CHANGE = "change"  # signed change against `against`; a fall is negative
    SHARE = "share"  # per cent of a whole: 85,7 % tổng số xã
    RANK = "rank"  # a place in an order: thứ 6/34


class Qualifier(StrEnum):
    """How exact the source says a number is."""

    OVER = "trên"
    MORE = "hơn"
    NEARLY = "gần"
    UNDER = "dưới"
    ESTIMATED = "ước"
    ESTIMATED_OVER = "ước trên"
    ESTIMATED_NEARLY = "ước gần"
    ABOUT = "khoảng"
    APPROXIMATELY = "xấp xỉ"


class Figure(Strict):
    """One number of a fact. `number` is typed as a Vietnamese writes it: 97.052 or 39,7."""

    aspect: Aspect
    number: Number
    unit: Line
    qualifier: Qualifier | None = None
    of: Number | None = None  # the whole of a part (108 of 126), or how many are ranked (6 of 34)
    against: Line | None = None  # what a change or share is measured against, in words: cùng kỳ năm 2022
    note: Text | None = None  # what the source leaves unclear about this number


class Source(Strict):
    """Where the entries come from; every briefing has one."""

    title: Line
    publisher: Line
    url: Url
    author: Line | None = None
    published: Date | None = None
    note: Text | None = None


class EntryBase(Strict):
    """What facts, difficulties and directives share."""

    id: Slug  # unique in its briefing; the public id is `<briefing slug>/<id>`
    subject: Line  # a short noun phrase naming what this is about, as officials would say it
    aliases: tuple[Line, ...] = ()  # other short names of the same subject, as an editor would write them
    statement: Text | None = None  # one or two whole sentences in our own words
    period: PeriodField | None = None  # default: the briefing's own
    also_periods: tuple[PeriodField, ...] = ()  # other periods under which the source lets it be asked
    place: Line | None = None  # default: the briefing's own
    scope: Line | None = None  # what narrows the subject: giá so sánh 2010, khu vực FDI, toàn tỉnh
    note: Text | None = None  # what the source leaves unclear
    examples: tuple[Line, ...] = ()  # whole questions an editor expects
    topics: tuple[Line, ...] = ()  # Vietnamese topic names for /chude; the first one leads
    review_by: Date | None = None
    superseded_by: str | None = None
    source: Slug | None = None  # id of one of the briefing's extra sources, when not the main one


class Fact(EntryBase):
    """Something reported: with figures, or in words alone (then `statement` is needed)."""

    figures: tuple[Figure, ...] = ()
    part_of: Slug | None = None  # id of the broader fact of this briefing (pupils among new members)


class Difficulty(EntryBase):
    """Something reported as hard, slow or low; always in words."""

    statement: Text


class Directive(EntryBase):
    """Something a person asked others to do."""

    statement: Text
    by: Slug  # id of a person of this briefing
    to: Line | None = None


class Person(Strict):
    """A named person at the meeting, with every title the source gives."""

    id: Slug
    name: Line
    titles: tuple[Line, ...] = Field(min_length=1)
    roles: tuple[Literal["chair", "speaker", "director", "reporter", "concluder", "attendee"], ...] = ()
    spoke: Text | None = None  # what is known of what they said, or that it is not reported


class Group(Strict):
    """People or bodies who took part without being named."""

    id: Slug
    name: Line
    aliases: tuple[Line, ...] = ()
    count: Number | None = None
    unit: Line | None = None  # cơ quan, đảng bộ


class ExtraSource(Source):
    """A second page about the same meeting or period, named by entries through `source`."""

    id: Slug


class Briefing(Strict):
    """One meeting or one published report, its source and its entries: one YAML file."""

    slug: Slug
    title: Line
    kind: Literal["giao ban", "phiên họp", "hội nghị", "họp báo", "báo cáo thống kê"]
    aliases: tuple[Line, ...] = ()
    organiser: Line | None = None  # who held it: Tỉnh uỷ, UBND tỉnh, Cục Thống kê tỉnh
    number: Number | None = None  # phiên họp thứ 23
    date: Date | None = None  # the day it was held; None when nobody met (a statistical report)
    session: Literal["sáng", "chiều", "tối"] | None = None
    venue: Line | None = None
    period: PeriodField  # what its title names: 2023-Q2
    covers: tuple[PeriodField, ...] = ()  # what it reports on: 2023-H1
    looks_ahead: tuple[PeriodField, ...] = ()  # what it plans for: 2023-Q3, 2023-H2
    place: Line  # Thái Nguyên
    purpose: Text | None = None
    discussion: Text | None = None  # what the delegates discussed
    note: Text | None = None
    source: Source
    extra_sources: tuple[ExtraSource, ...] = ()
    people: tuple[Person, ...] = ()
    groups: tuple[Group, ...] = ()
    facts: tuple[Fact, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    directives: tuple[Directive, ...] = ()


Entry = Fact | Difficulty | Directive


class ConceptKind(StrEnum):
    """What part a concept plays when a question is read."""

    TOPIC = "topic"  # a thing spoken about: indicator, sector, object, programme
    ACT = "act"  # something done: kết nạp, giải ngân, kỷ luật
    EFFORT = "effort"  # how hard or how work is driven: đẩy nhanh, tăng cường, tiếp tục; never decides alone
    BODY = "body"  # an organisation: UBND tỉnh, đảng bộ, sở
    OFFICE = "office"  # an office a person holds: Bí thư Tỉnh uỷ
    GROUP = "group"  # people as a group: học sinh, phụ nữ, hộ nghèo
    PLACE = "place"  # a kind of place, not a name: xã, huyện, khu công nghiệp
    MEASURE = "measure"  # how a thing is counted: tổng số, giá trị, tỷ lệ, số lượng
    QUALIFIER = "qualifier"  # a word that changes the subject: cận, nâng cao, kiểu mẫu, mới, chưa
    JUDGEMENT = "judgement"  # thấp, chậm, tốt, hạn chế
    ASKING = "asking"  # a way of asking; `asks` says what for
    MEETING = "meeting"  # the meeting itself: hội nghị, giao ban, phiên họp
    FILLER = "filler"  # politeness, particles, function words: means nothing to the match
    SMALLTALK = "smalltalk"  # chat and attacks: no entry can answer


class Ask(StrEnum):
    """What an asking phrase wants to know."""

    VALUE = "value"  # bao nhiêu, mấy
    MONEY = "money"  # tính bằng tiền, bao nhiêu tỷ
    PERCENT = "percent"  # bao nhiêu phần trăm, tỷ lệ
    PLAN_SHARE = "plan_share"  # so với kế hoạch, hoàn thành bao nhiêu
    PLAN = "plan"  # kế hoạch / chỉ tiêu / dự toán là bao nhiêu
    CHANGE = "change"  # tăng bao nhiêu, so với cùng kỳ
    RANK = "rank"
    WHOLE = "whole"  # mẫu số, trên tổng số bao nhiêu
    REMAINING = "remaining"  # còn thiếu bao nhiêu, chưa đạt
    UNMET = "unmet"  # bao nhiêu … chưa …: only the rest answers, never the part that has it
    SUM = "sum"  # cộng cả hai
    DIFFERENCE = "difference"  # trừ đi, chênh nhau
    AVERAGE = "average"  # bình quân, trung bình mỗi
    FORECAST = "forecast"  # sẽ được bao nhiêu, dự báo
    DATE = "date"
    DEADLINE = "deadline"  # hạn chót, trước ngày nào
    SESSION = "session"  # sáng hay chiều
    VENUE = "venue"
    PERIOD = "period"  # quý mấy, mấy tháng
    PERSON = "person"  # ai, đồng chí nào
    TITLE = "title"  # chức vụ gì, kiêm gì
    PURPOSE = "purpose"
    DISCUSSION = "discussion"  # đại biểu trao đổi gì
    PARTICIPANTS = "participants"
    SPEECH = "speech"  # phát biểu gì, nói gì
    LIST = "list"  # liệt kê, những gì
    NAMES = "names"  # cái nào, tên gì: wants items named one by one
    COUNT = "count"  # có mấy khó khăn: counts a list
    COMPARE = "compare"  # so sánh, hơn kém
    SERIES = "series"  # qua các kỳ, diễn biến
    CHECK = "check"  # đúng không, phải không
    CAUSE = "cause"  # vì sao, nguyên nhân
    SOLUTION = "solution"
    STATUS = "status"  # thế nào, ra sao, có ổn không
    DIFFICULTY = "difficulty"  # khó khăn, hạn chế, vướng mắc gì
    DIRECTIVE = "directive"  # chỉ đạo gì, yêu cầu gì
    RESULT = "result"  # kết quả
    DEFINE = "define"  # là con số gì, nghĩa là gì
    SOURCE = "source"  # nguồn ở đâu, link
    AUTHOR = "author"  # ai viết bài
    ORGANISER = "organiser"  # cơ quan nào tổ chức, công bố


class Concept(Strict):
    """One meaning and the many ways people say it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
    label: Line
    kind: ConceptKind
    phrasings: tuple[Line, ...] = ()
    english: tuple[Line, ...] = ()
    implies: tuple[str, ...] = ()  # concepts contained in this one: its broader concept and its parts
    contrasts: tuple[str, ...] = ()  # neighbours it must never be taken for; mutual
    asks: tuple[Ask, ...] = ()  # only for kind asking (and measures that also ask)
    note: Text | None = None


class Thesaurus(Strict):
    """One thesaurus file: a domain and its concepts."""

    domain: Line
    concepts: tuple[Concept, ...] = Field(min_length=1)


class ExpectedAnswer(Strict):
    """One line of the editors' own regression test."""

    ask: Line
    expect: tuple[str, ...] = ()  # entry ids; empty means the question must stay unanswered
    note: Text | None = None


class QuestionFile(Strict):
    """knowledge/questions/<slug>.yaml."""

    briefing: Slug
    questions: tuple[ExpectedAnswer, ...] = Field(min_length=1)
