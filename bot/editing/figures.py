"""Every figure of an article with its subject, its comparison, its time and its place in the text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from bot.editing.article import Article
from bot.editing.cues import Context, Saying, comparison_start, saying_of
from bot.editing.mention import FigureMention
from bot.editing.numbers import Amount, amounts
from bot.editing.sentences import Sentence, sentences
from bot.editing.subjects import (
    Content,
    content_before,
    is_generic,
    is_secondary,
    join,
    times_in,
    topic_of,
    words_after,
)
from bot.editing.together import TOGETHER, told_with, waits_for_plan
from bot.editing.units import is_measured, is_ratio, same_unit
from bot.model import Aspect
from bot.text import fold
from bot.time_mention import TimeMention, TimeRole

_LISTED = re.compile(r"^[\s,;]*(?:và|có|với|trong đó)?\s*$")
_POINTS_BACK = re.compile(r"(?:con số|chỉ tiêu|kết quả|mức|tỷ lệ) (?:này|đó|trên)$", re.I)
_NEAR = re.compile(r"^[\s,]*(?:với|cho|tại|ở|của|trong|trên)\s*$")


def figures_of(article: Article, anchor: dt.date) -> tuple[FigureMention, ...]:
    """Every figure of the article, left to right. `anchor` is about when it was written; it only dates `năm nay`."""
    found: list[FigureMention] = []
    for paragraph in article.paragraphs:
        time: TimeMention | None = None
        for sentence in sentences(paragraph):
            reader = _SentenceReader(sentence, anchor, time, found)
            reader.run()
            time = reader.time if reader.time and not reader.time.day and reader.time.role is TimeRole.SUBJECT else None
    return tuple(found)


@dataclass
class _SentenceReader:
    """One sentence read left to right; figures are added to `found`."""

    sentence: Sentence
    anchor: dt.date
    time: TimeMention | None
    found: list[FigureMention]
    first: int = 0  # index in `found` of the first figure of this sentence
    times: tuple[TimeMention, ...] = ()
    topic: str | None = None
    scope: str | None = None
    frame: Content | None = None
    cursor: int = 0  # where the words of the last figure ended
    segment: int = 0  # index in `found` of the first figure since the last semicolon
    segment_at: int = 0  # where that semicolon stands

    def run(self) -> None:
        text = self.sentence.text
        self.first = len(self.found)
        listed = amounts(text)
        self.times = times_in(text, self.anchor, listed)
        self.topic = topic_of(text)
        for place, amount in enumerate(listed):
            following = listed[place + 1].start if place + 1 < len(listed) else len(text)
            self._read(amount, following)
        for time in self.times:
            self.time = time

    @property
    def _last(self) -> FigureMention | None:
        return self.found[-1] if len(self.found) > self.first else None

    def _read(self, amount: Amount, limit: int) -> None:
        text = self.sentence.text
        semicolon = text.rfind(";", self.cursor, amount.start)
        if semicolon >= 0:
            self.cursor, self.frame, self.scope = semicolon + 1, None, None
            self.segment, self.segment_at = len(self.found), semicolon
        for time in self.times:
            if time.start < amount.start:
                self.time = time
        before = text[self.cursor : amount.start]
        compares = comparison_start(before)
        named = amount.start if compares is None else self.cursor + compares
        content = content_before(text, self.cursor, named, self.times)
        bare = not content.text and self._segment_last() is not None
        last = self._segment_last()
        value = self._last_value()
        context = Context(
            text, before, amount, limit,
            follows_ratio=bare and value is not None and value.of is not None and value.aspect is Aspect.VALUE,
            follows_value=bare and value is not None and not is_ratio(value.unit),
        )  # fmt: skip
        saying = saying_of(context)
        if last and not content.text:
            saying = self._together(saying, last, context)
        self._place(amount, saying, content, before, limit)

    def _together(self, saying: Saying, last: FigureMention, context: Context) -> Saying:
        """What the figure says when it is said together with the one before it, or with the one behind it."""
        told = told_with(saying, last, context)
        if told is None:
            return replace(saying, aspect=Aspect.PLAN_SHARE, doubts=()) if waits_for_plan(saying, context) else saying
        if last.against is None and told.aspect is last.aspect:
            self.found[-1] = replace(last, against=told.against)
        return told

    def _segment_last(self) -> FigureMention | None:
        return self.found[-1] if len(self.found) > max(self.first, self.segment) else None

    def _last_value(self) -> FigureMention | None:
        return next(
            (one for one in reversed(self.found[max(self.first, self.segment) :]) if one.aspect is Aspect.VALUE), None
        )

    def _place(self, amount: Amount, saying: Saying, content: Content, before: str, limit: int) -> None:
        """Decide whose figure it is, and add it."""
        compares = saying.aspect is not Aspect.VALUE
        home = self._carried(saying, amount, limit) if not content.text or (compares and saying.about) else None
        if saying.aspect is Aspect.VALUE and not is_measured(saying.unit) and not self._follows_earlier():
            home = None
        if saying.earlier or (
            saying.against is None and _LISTED.match(before) and self._names_after(amount, saying, limit)
        ):
            home = None
        if home is None or (saying.about and not self._about(home, saying)):
            self._add_new(amount, saying, content, before, limit)
            return
        moved = home.time != self.time and self.time is not None and self._time_between(home, amount)
        again = saying.aspect is Aspect.VALUE and not moved and not self._follows_earlier()
        group = self._next_group() if moved or again else home.group
        doubts = ("subject",) if again else ()
        self._append(amount, saying, saying.tail_end, home.subject, home.scope, group, home.part_of, doubts)

    def _names_after(self, amount: Amount, saying: Saying, limit: int) -> bool:
        """`98,7% hồ sơ đúng hạn`, `và 4,1 triệu tấn hàng hóa`: what is meant stands behind the amount."""
        return saying.aspect in (Aspect.VALUE, Aspect.SHARE) and bool(
            words_after(self.sentence.text, amount.end, limit)[0]
        )

    def _follows_earlier(self) -> bool:
        return self._last is not None and "earlier" in self._last.doubts

    def _about(self, home: FigureMention, saying: Saying) -> bool:
        return bool(saying.about) and fold(saying.about or "") in fold(home.subject)

    def _time_between(self, home: FigureMention, amount: Amount) -> bool:
        since = home.end - self.sentence.start
        return any(since <= time.start < amount.start for time in self.times)

    def _carried(self, saying: Saying, amount: Amount, limit: int) -> FigureMention | None:
        """The figure whose subject goes on: the nearest counted in the same unit, else the nearest of all."""
        here = self.found[self.first :]
        if not here:
            return None
        if not is_ratio(saying.unit) and saying.aspect is Aspect.CHANGE:
            alike = [
                one for one in here if one.unit and same_unit(one.unit, saying.unit) and one.aspect is Aspect.VALUE
            ]
            after = fold(words_after(self.sentence.text, amount.end, limit)[0]) if alike else ""
            if alike:
                return ([one for one in alike if after and after in fold(one.subject)] or alike)[-1]
        return here[-1]

    def _add_new(self, amount: Amount, saying: Saying, content: Content, before: str, limit: int) -> None:
        text = self.sentence.text
        last = self._segment_last()
        doubts: list[str] = []
        counted = not is_measured(saying.unit)
        takes_after = counted or not content.text or (not content.copula and saying.aspect is Aspect.VALUE)
        after, after_end = words_after(text, saying.tail_end, limit) if takes_after else ("", saying.tail_end)
        scope = content.scope
        if scope:
            self.scope = scope
        elif content.text and content.text[0].isupper():
            self.scope = None
        scope = scope or (None if content.text and content.copula else self.scope)
        part_of = last.group if last and re.search(r"trong (?:đó|số)", before) else None
        if content.text:
            self.frame = self.frame if is_secondary(content.text) else content
        elif (counted or after) and saying.unit != "%" and last and TOGETHER.match(before) and self.frame:
            content = self.frame
        elif last and _NEAR.match(before):
            scope = last.subject
        measured = self._last
        if content.text and is_secondary(content.text) and measured:
            scope = measured.subject
        elif self.topic and ((not content.text and not after) or is_generic(content.text)):
            content = replace(content, text=self.topic, copula=False)
        elif self.topic and (not content.text or saying.aspect is Aspect.SHARE):
            scope = scope or self.topic
        noun = saying.unit if counted and saying.aspect is not Aspect.RANK else ""
        subject = saying.about or join(content, noun, after)
        if saying.about and last:
            scope = last.subject
        if not subject:
            carried = self._last or (self.found[-1] if self.found else None)
            subject = carried.subject if carried else " ".join(text[: amount.start].split())[-80:] or saying.unit
            doubts.append("subject")
        elif _POINTS_BACK.search(subject) or (len(subject.split()) == 1 and not subject.isupper()):
            doubts.append("vague-subject")
        elif len(subject.split()) > 14:
            doubts.append("long-subject")
        in_list = last is not None and last.aspect is Aspect.SHARE and before.lstrip().startswith(",")
        if saying.aspect is Aspect.VALUE and saying.unit == "%" and not content.copula and (after or in_list):
            saying = replace(saying, aspect=Aspect.SHARE)
        self._append(
            amount, saying, max(after_end, saying.tail_end), subject, scope, self._next_group(), part_of, tuple(doubts)
        )

    def _next_group(self) -> int:
        return self.found[-1].group + 1 if self.found else 0

    def _append(
        self,
        amount: Amount,
        saying: Saying,
        cursor: int,
        subject: str,
        scope: str | None,
        group: int,
        part_of: int | None,
        doubts: tuple[str, ...] = (),
    ) -> None:
        doubts = (*saying.doubts, *doubts)
        if amount.unit_guessed and saying.unit == amount.unit:
            doubts = (*doubts, "unit")
        if not saying.unit:
            doubts = (*doubts, "no-unit")
        if amount.point:
            doubts = (*doubts, "point")
        if self.time and (self.time not in self.times or self.time.start < self.segment_at):
            doubts = (*doubts, "time")
        start = self.sentence.start
        self.found.append(
            FigureMention(
                start + amount.start, start + amount.end if saying.unit == amount.unit else start + amount.digits_end,
                saying.number, amount.number, amount.of, saying.unit, saying.aspect, saying.qualifier, saying.against,
                subject, scope, self.time, group, part_of, saying.derived, doubts,
            )
        )  # fmt: skip
        self.cursor = cursor
