"""Where a figure, a name or a day of an entry stands in a source text, however the source writes it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.editing.article import Article
from bot.editing.figures import figures_of
from bot.editing.mention import FigureMention
from bot.editing.numbers import amounts, read_number
from bot.editing.units import is_measured, same_unit
from bot.model import Aspect, Figure, Qualifier
from bot.number import base_unit
from bot.once import once
from bot.text import accent_key, fold, tokenize

_DIGITS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[,.]\d+)?")
_ABBREVIATIONS = {
    "bch": "ban chấp hành",
    "btv": "ban thường vụ",
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "đbqh": "đại biểu quốc hội",
    "ubkt": "ủy ban kiểm tra",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "tw": "trung ương",
    "tu": "tỉnh ủy",
}
_GLOSS = re.compile(r"\(\s*[^\W\d_a-z]{2,8}\s*\)")  # Ủy ban Kiểm tra (UBKT) Tỉnh ủy
_ALIKE = (
    frozenset({Qualifier.OVER, Qualifier.MORE}),
    frozenset({Qualifier.ABOUT, Qualifier.APPROXIMATELY}),
)


class Fault(StrEnum):
    """What is wrong with a figure that was not found as it is."""

    MISSING = "missing"
    NAME = "name"  # the digits are there, in a date or a document
    UNIT = "unit"
    QUALIFIER = "qualifier"
    DIRECTION = "direction"
    WHOLE = "whole"


# From least to most different: the nearest mention is the one to show.
_GRAVITY = (None, Fault.WHOLE, Fault.QUALIFIER, Fault.DIRECTION, Fault.UNIT)


@dataclass(frozen=True, slots=True)
class Located:
    """`mention` is the figure of the source meant; `fault` is None when everything agrees but perhaps the `aspect`."""

    mention: FigureMention | None
    fault: Fault | None = None
    other_aspect: bool = False


class SourceText:
    """One article, ready to be searched."""

    def __init__(self, article: Article, anchor: dt.date) -> None:
        self.article = article
        self.mentions = figures_of(article, anchor)

    @once
    def numbers(self) -> frozenset[Decimal]:
        """Every number of the text, whatever it means."""
        return frozenset(
            read_number(found.group())[0] for found in _DIGITS.finditer(self.article.text) if len(found.group()) < 30
        )

    @once
    def _words(self) -> str:
        return _keys(_GLOSS.sub(" ", self.article.text))

    def figure(self, figure: Figure) -> Located:
        """The mention that is this figure, or the nearest one and what differs."""
        found = [
            Located(one, self._fault(figure, one), figure.aspect is not one.aspect)
            for one in self.mentions
            if self._same_number(figure, one)
        ]
        if not found:
            return Located(None, Fault.NAME if abs(figure.number) in self.numbers else Fault.MISSING)
        return min(found, key=lambda one: (_GRAVITY.index(one.fault), one.other_aspect))

    def mentions_of(self, figure: Figure) -> list[FigureMention]:
        """Every place of the source that gives this figure."""
        return [one for one in self.mentions if self._same_number(figure, one) and self._fault(figure, one) is None]

    def count(self, number: Decimal, unit: str | None) -> FigureMention | None:
        """How many of a group took part."""
        return next(
            (
                one
                for one in self.mentions
                if number in (one.number, one.of) and (not unit or self._same_unit(number, unit, one))
            ),
            None,
        )

    def has_number(self, number: Decimal) -> bool:
        return number in self.numbers

    def has_words(self, words: str) -> bool:
        """Whether the words stand in the text, with their marks; abbreviations and hòa/hoà do not matter."""
        return f" {_keys(words)} " in f" {self._words} "

    def has_year(self, year: int) -> bool:
        return Decimal(year) in self.numbers

    def day(self, day: dt.date) -> tuple[str, bool] | None:
        """(the words before the day, whether its year stands beside it); None when the day is not in the text."""
        wanted = (
            rf"(?<![\d.,/])0?{day.day}\s*(?:[/.-]|tháng)\s*0?{day.month}(?!\d)(?:\s*(?:[/.-]|năm)\s*((?:19|20)\d\d))?"
        )
        for found in re.finditer(wanted, self.article.text):
            if found[1] is None or int(found[1]) == day.year:
                return self.article.text[max(0, found.start() - 14) : found.start()], found[1] is not None
        iso = re.search(rf"\b{day.isoformat()}\b", self.article.text)
        return ("", True) if iso else None

    def _same_number(self, figure: Figure, mention: FigureMention) -> bool:
        if abs(figure.number) in (abs(mention.number), mention.written):
            return True
        if figure.of is None and mention.of is not None and figure.number == mention.of:
            return True
        unit, scale = base_unit(figure.unit)
        other, by = base_unit(mention.unit)
        return unit == other and scale != by and abs(figure.number) * scale == abs(mention.number) * by

    def _fault(self, figure: Figure, mention: FigureMention) -> Fault | None:
        whole = figure.of is None and mention.of is not None and figure.number == mention.of != mention.number
        if figure.aspect is not Aspect.RANK and not self._same_unit(figure.number, figure.unit, mention):
            return Fault.UNIT
        if figure.aspect is Aspect.CHANGE and mention.aspect is Aspect.CHANGE and figure.number * mention.number < 0:
            return Fault.DIRECTION
        if mention.derived and figure.aspect is Aspect.CHANGE and figure.number != mention.number:
            return Fault.DIRECTION
        if not whole and not _same_qualifier(figure.qualifier, mention.qualifier):
            return Fault.QUALIFIER
        if figure.of is not None and mention.of != figure.of and figure.of not in self.numbers:
            return Fault.WHOLE
        return None

    def _same_unit(self, number: Decimal, unit: str, mention: FigureMention) -> bool:
        """Whether the units make the numbers the same amount; `tổ chức` and `tổ chức đảng` count the same things."""
        mine, its = base_unit(unit), base_unit(mention.unit)
        if mine[0] == its[0]:
            written = (mention.number, mention.written, mention.of)
            return any(one is not None and abs(number) * mine[1] == abs(one) * its[1] for one in written)
        if same_unit(unit, mention.unit):
            return True
        following = self.article.text[mention.start : mention.end + len(unit) + 2]
        return not is_measured(mention.unit) and fold(unit) in fold(_DIGITS.sub("", following))


def _same_qualifier(one: Qualifier | None, other: Qualifier | None) -> bool:
    return one is other or any(one in alike and other in alike for alike in _ALIKE)


def _keys(text: str) -> str:
    """Words as letters and tone, one space between, abbreviations written out."""
    spelled = " ".join(
        _ABBREVIATIONS.get(token.text.casefold(), token.text) for token in tokenize(text) if not token.is_mark
    )
    return " ".join("".join(accent_key(word)) for word in spelled.split())


def prose_numbers(text: str) -> list[Decimal]:
    """The amounts a sentence of an entry gives."""
    return [number for amount in amounts(text) for number in (amount.number, amount.of) if number is not None]
