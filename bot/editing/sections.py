"""The entries an article gives: groups, facts, difficulties and directives, each with the span it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.editing.article import Article
from bot.editing.entries import Entries, FactDraft, GroupDraft, Names, WordsDraft
from bot.editing.held import Span
from bot.editing.meeting import Meeting, period_text
from bot.editing.mention import FigureMention
from bot.editing.numbers import amounts
from bot.editing.passages import Part, Passage
from bot.editing.subjects import times_in, words_after
from bot.editing.units import is_measured
from bot.text import fold

_FEWEST_WORDS = 6  # a shorter clause without a figure says nothing worth an entry
_PURPOSE = re.compile(r"(?:(?:để|nhằm)\s+)?(?:đánh giá|kiểm điểm) (?:tình hình|kết quả|công tác)[^.]*", re.I)
_LEAD = re.compile(
    r"^\s*(?:(?:tuy nhiên|tuy vậy|mặc dù|theo đó|bên cạnh đó|đồng thời|cùng với đó|ngoài ra|và"
    r"|theo báo cáo)\b[\s,:]*)+",
    re.I,
)
_LIST_LEAD = re.compile(r"^[^;]*?(?:như|hạn chế|tồn tại|khó khăn|vướng mắc|bất cập)\s*(?:sau)?\s*:\s*", re.I)
_JUDGED = re.compile(
    r"\s(?:đạt|còn|chậm|chưa|gặp|tăng cao|không|vẫn|tương đối|được|đã|thuận lợi|phục hồi|vướng|bị)\b.*$", re.I | re.S
)
_HOLDER = re.compile(
    r"^(?:một số |các |nhiều )(?:chi, đảng bộ|địa phương|đơn vị|sở, ngành|chi bộ|đảng bộ|cơ quan)[^,;]*? có\s", re.I
)
_ORDER = re.compile(
    r"(?<![Pp]hát biểu)\s(?:yêu cầu|đề nghị|lưu ý|nhấn mạnh|chỉ đạo|giao|quán triệt|mong muốn"
    r"|gợi ý)\s+(?![Hh]ội nghị|phiên họp|của)"
)
_TO = re.compile(
    r"(?P<to>(?:(?:các|từng|toàn|những) )?(?:cấp|sở|ngành|địa phương|đơn vị|cơ quan|đảng|huyện|thành|xã|UBND"
    r"|ban|thủ trưởng|chủ đầu tư)"
    r"[^;:.]*?)\s(?=(?:tiếp tục|tập trung|đẩy|tăng|nâng|phấn đấu|chủ động|khẩn trương|rà soát|làm|triển khai"
    r"|thực hiện|hoàn thành|phối hợp"
    r"|quan tâm|chuẩn bị|khắc phục|tháo gỡ|bám sát|chỉ đạo|xây dựng|huy động|kịp thời|thường xuyên|cần|phải|sớm"
    r"|nghiêm túc|quyết liệt)\b)"
)
_UNCOUNTED = re.compile(
    r"(?:các (?!cơ quan thông)|lãnh đạo|đại diện|[Bb]í thư (?:các|đảng)|thành viên|[UỦ]y viên|Uỷ viên|[Tt]hường trực)"
)
_ATTENDING = re.compile(
    r"\b(?:tham dự|cùng dự|dự (?:hội nghị|phiên họp|buổi|cuộc|họp|giao ban))\b[^;,.]*?\b(?:có|gồm)\b", re.I
)


@dataclass
class SectionReader:
    """Reads one article's passages into entries. `ids` maps a person's name to the id."""

    article: Article
    meeting: Meeting
    passages: tuple[Passage, ...]
    figures: tuple[FigureMention, ...]
    ids: Mapping[str, str]
    names: Names

    def entries(self) -> Entries:
        """All entries in the order of the article."""
        facts = (*self._figure_facts(), *self._word_facts())
        return Entries(
            groups=tuple(self._groups()),
            facts=tuple(sorted(facts, key=lambda fact: fact.span)),
            difficulties=tuple(self._difficulties()),
            directives=tuple(self._directives()),
            purpose=self._purpose(),
            discussion=next(((one.sentence.start, one.sentence.end) for one in self._of(Part.DISCUSSION)), None),
            outlook=tuple(self._trimmed(one.sentence.start, one.sentence.end) for one in self._of(Part.OUTLOOK)),
        )

    def _of(self, *parts: Part) -> Iterator[Passage]:
        return (one for one in self.passages if one.part in parts)

    def _figures_in(self, start: int, end: int) -> list[FigureMention]:
        return [one for one in self.figures if start <= one.start < end]

    def _trimmed(self, start: int, end: int) -> Span:
        text = self.article.text[start:end]
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip(" \n;.,"))

    def _clauses(self, start: int, end: int) -> Iterator[Span]:
        """Parts of a sentence between semicolons."""
        for clause in re.finditer(r"[^;]+", self.article.text[start:end]):
            span = self._trimmed(start + clause.start(), start + clause.end())
            if span[0] < span[1]:
                yield span

    def _purpose(self) -> Span | None:
        for one in self._of(Part.OPENING):
            if found := _PURPOSE.search(one.sentence.text):
                return self._trimmed(one.sentence.start + found.start(), one.sentence.start + found.end())
        return None

    def _period(self, start: int, end: int) -> str | None:
        text = self.article.text[start:end]
        times = times_in(text, self.meeting.anchor, amounts(text))
        return period_text(times[0], self.meeting.year, self.meeting.day) if times else None

    def _without_time(self, start: int, end: int) -> str:
        """A clause without the time it opens with."""
        text = self.article.text[start:end]
        times = times_in(text, self.meeting.anchor, amounts(text))
        opens = times and not text[: times[0].start].strip().casefold().removeprefix("trong")
        return text[times[0].end :].lstrip(" ,") if opens else text

    def _groups(self) -> Iterator[GroupDraft]:
        for one in self._of(Part.OPENING):
            start, end = one.sentence.start, one.sentence.end
            for figure in self._figures_in(start, end):
                if not is_measured(figure.unit):
                    name = f"{figure.unit} {words_after(self.article.text, figure.end, end)[0]}".strip()
                    yield GroupDraft(self.names.of(name), name, (figure.start, figure.end), figure)
            attending = _ATTENDING.search(one.sentence.text)
            for piece in re.finditer(r"[^;,]+", one.sentence.text[attending.end() :]) if attending else ():
                offset = start + (attending.end() if attending else 0)
                span = self._trimmed(offset + piece.start(), offset + piece.end())
                name = self.article.text[span[0] : span[1]]
                if (
                    _UNCOUNTED.match(name)
                    and not self._figures_in(*span)
                    and not any(person in name for person in self.ids)
                ):
                    yield GroupDraft(self.names.of(name), name, span)

    def _figure_facts(self) -> Iterator[FactDraft]:
        told: dict[int, list[FigureMention]] = {}
        for one in self._of(Part.REPORT, Part.DIFFICULTY, Part.OUTLOOK, Part.OPENING):
            for figure in self._figures_in(one.sentence.start, one.sentence.end):
                if one.part is not Part.OPENING or is_measured(figure.unit):
                    told.setdefault(figure.group, []).append(figure)
        ids: dict[int, str] = {}
        for group, figures in told.items():
            first = figures[0]
            ids[group] = self.names.of(first.subject)
            yield FactDraft(
                ids[group],
                first.subject,
                (first.start, figures[-1].end),
                tuple(figures),
                first.scope if fold(first.scope or "") not in fold(first.subject) else None,
                period_text(first.time, self.meeting.year, self.meeting.day),
                ids.get(first.part_of) if first.part_of is not None else None,
            )

    def _word_facts(self) -> Iterator[FactDraft]:
        for one in self._of(Part.REPORT):
            for start, end in self._clauses(one.sentence.start, one.sentence.end):
                clause = self.article.text[start:end]
                lead = _LEAD.match(clause)
                start += lead.end() if lead else 0
                clause = self.article.text[start:end]
                if (
                    self._figures_in(start, end)
                    or len(clause.split()) < _FEWEST_WORDS
                    or any(name in clause for name in self.ids)
                ):
                    continue
                subject = _subject(self._without_time(start, end))
                yield FactDraft(self.names.of(subject), subject, (start, end), period=self._period(start, end))

    def _difficulties(self) -> Iterator[WordsDraft]:
        for one in self._of(Part.DIFFICULTY):
            text = one.sentence.text
            lead = _LIST_LEAD.match(text) or _LEAD.match(text)
            offset = one.sentence.start + (lead.end() if lead else 0)
            period = self._period(one.sentence.start, one.sentence.end)
            for start, end in self._clauses(offset, one.sentence.end):
                clause = self.article.text[start:end]
                if len(clause.split()) >= 3:
                    told = self._figures_in(start, end)
                    subject = told[0].subject if told else _subject(_HOLDER.sub("", clause))
                    yield WordsDraft(self.names.of(subject), subject, (start, end), period)

    def _directives(self) -> Iterator[WordsDraft]:
        to: str | None = None
        for one in self._of(Part.DIRECTIVE):
            order = _ORDER.search(one.sentence.text)
            offset = one.sentence.start + (order.end() if order else 0)
            addressed = _TO.match(self.article.text, offset, one.sentence.end)
            if order:
                to = " ".join(addressed["to"].split()).strip(" ,") if addressed else to if one.by else None
            offset = addressed.end() if addressed else offset
            for start, end in self._clauses(offset, one.sentence.end):
                clause = self.article.text[start:end]
                if len(clause.split()) < 3:
                    continue
                subject = " ".join(clause.split()[:20])
                by = self.ids.get(one.by.name) if one.by else None
                yield WordsDraft(
                    self.names.of(subject),
                    subject,
                    (start, end),
                    by=by,
                    to=to,
                    has_figures=bool(self._figures_in(start, end)),
                )


def _subject(clause: str) -> str:
    """The thing a clause judges, without the judgement."""
    cut = _JUDGED.sub("", clause)
    words = (cut if len(cut.split()) >= 2 else clause).split()
    return " ".join(words[:20]).strip(" ,;.:")
