"""What the numbers of a question are worth against an entry's own: right, wrong, passed, or another of its figures."""

from __future__ import annotations

from bot.figures import Lead, first, matches_number, rounds_to
from bot.model import Ask, Aspect, Fact, Figure
from bot.number import base_unit
from bot.number_mention import NumberMention, scale_words
from bot.phrases import answers as phrases
from bot.phrases.meeting import NOT_YET
from bot.reading import Reading
from bot.text import means

_CLOSING = frozenset({"khong", "ko", "k"})
_EXACTLY = frozenset({"dung", "phai"})  # đúng không, phải không: the very number is meant
_LEVELS = frozenset({"dat", "qua", "vuot", "tren", "hon", "toi", "den", "du", "cham", "duoi", "can"})
_BOUNDS = frozenset({"vuot", "tren", "hon", "qua", "duoi"})  # right before a number, whatever ends the question
_STRICT = frozenset({"vuot", "qua", "duoi"})  # beyond the very number: that it is the source's own confirms nothing
_REACH = 3  # words before a number within which one of these makes it a level


def verdicts(reading: Reading, fact: Fact, lead: Lead) -> tuple[str, ...]:
    """A line for each number of the question, each said once."""
    lines: list[str] = []
    for number in reading.numbers:
        meaning = next((f for f in fact.figures if matches_number(number, f)), None)
        if meaning is None and Ask.CHECK in reading.asks:
            if not _is_level(reading, number):
                lines.append(_put_right(reading, number, fact, lead))
            elif figure := _comparable(reading, number, fact, lead):
                lines.append(_against(reading, number, figure))
        elif meaning is not None and _is_other_way(reading, meaning):
            lines.append(phrases.check_direction(phrases.figure(meaning)))
        elif meaning is lead.given and meaning is not None and _word_before(reading, number) not in _STRICT:
            exact = matches_number(number.exact, meaning)
            lines.append(phrases.CHECK_RIGHT if exact else phrases.check_near(phrases.figure(meaning)))
        elif meaning is not None:
            lines.append(phrases.check_belongs(number.text, phrases.figure(meaning)))
    return tuple(dict.fromkeys(lines))


def _put_right(reading: Reading, number: NumberMention, fact: Fact, lead: Lead) -> str:
    """What is to be said of a number that is none of the fact's: rounded from one of them, or wrong."""
    said = _shown(reading, number)
    rounded = next((f for f in fact.figures if rounds_to(number, f)), None)
    if rounded is None or _is_other_way(reading, rounded):
        return phrases.check_wrong(said, lead.text)
    return phrases.check_rounded(said, phrases.figure(rounded))


def _is_other_way(reading: Reading, figure: Figure) -> bool:
    """Whether the question has it rise where it fell, or fall where it rose."""
    return figure.aspect is Aspect.CHANGE and figure.number * reading.direction < 0


def _is_level(reading: Reading, number: NumberMention) -> bool:
    """`đã đạt 40% chưa`, `có quá 100 không`: whether a number is one to be reached rather than the very one."""
    if _word_before(reading, number) in _BOUNDS:
        return True
    said = [w.folded for w in reading.words[max(reading.start, number.start - _REACH) : number.start]]
    last = reading.words[reading.end - 1]
    if means(last, (NOT_YET,)):
        return True
    before = reading.words[reading.end - 2].folded if reading.end > 1 else ""
    return last.folded in _CLOSING and before not in _EXACTLY and not _LEVELS.isdisjoint(said)


def _word_before(reading: Reading, number: NumberMention) -> str:
    return reading.words[number.start - 1].folded if number.start > reading.start else ""


def _comparable(reading: Reading, number: NumberMention, fact: Fact, lead: Lead) -> Figure | None:
    """The figure a level can be held against: a percentage for a percentage, an amount for an amount."""
    if number.percent:
        moved = (Aspect.CHANGE,) if reading.direction else (Aspect.PLAN_SHARE, Aspect.SHARE)
        given = lead.given if lead.given and lead.given.unit == "%" else None
        return given or next((f for a in moved if (f := first(fact, a)) and f.unit == "%"), None)
    figure = lead.given or first(fact, Aspect.VALUE)
    if figure is None or figure.unit == "%":
        return None
    scaled = base_unit(figure.unit)[1] > 1
    return figure if bool(number.scale) == scaled else None


def _against(reading: Reading, number: NumberMention, figure: Figure) -> str:
    passed = abs(figure.number) * base_unit(figure.unit)[1] > number.value * (number.scale or 1)
    scale = scale_words(reading.words, number.end)
    said = " ".join((number.text, *(w.text for w in scale)))
    return phrases.against_level(said, phrases.figure(figure), passed=passed)


def _shown(reading: Reading, number: NumberMention) -> str:
    """A number with its scale and its unit as typed: a thousandth or another currency differs in nothing else."""
    scale = scale_words(reading.words, number.end)
    end = number.end + len(scale)
    unit = reading.words[end : end + 1] if number.unit else ()
    return " ".join((number.text, *(w.text for w in (*scale, *unit))))
