"""How well one subject explains one question: the signals, each 0–1, that `match.py` weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.counting import counts_otherwise, tells_units, unit_met
from bot.lexicon import Hit, Lexicon
from bot.model import ConceptKind
from bot.names import Names
from bot.once import drawers
from bot.reading import Reading
from bot.subject import Subject
from bot.view import View
from bot.wording import Said, abbreviations, is_spelled_out, letters, number_met, said_in

# How far each place of a concept explains it: the name itself, its parts, the statement, the briefing around it.
_NAMED, _PARTS, _TOLD, _CONTEXT = 1.0, 0.85, 0.8, 0.7
_SPELLED = 0.85  # the words stand in its name, cut into other concepts than in the question
_MOST_VALUED = 1024  # concepts of which it is remembered how far each subject explains them
_NAMELESS = [(0.0, 0.0)]
_SOFT = (ConceptKind.MEASURE, ConceptKind.JUDGEMENT, ConceptKind.EFFORT)


class Signals(NamedTuple):
    """All signals of one question and one subject."""

    explained: float  # least explanation of any content concept of the question
    mean_explained: float  # the mean over them
    clear_words: float  # 1 when no unknown word is left over, falling with each
    exact: float  # 1 when nothing was repaired or guessed
    named: float  # part of the content concepts explained by the name itself
    certain: float  # 1 when there is any content at all
    # The others are worked out only for a subject that explains the question; elsewhere they decide nothing.
    coverage: float = 0.0  # part of the best view's concepts that the question names
    soft: float = 1.0  # part of the measures and judgements in the question that the subject has too
    primary: float = 0.0  # the same coverage of the subject's first name alone
    unit: float = 0.5  # 1 when the counted noun is the figure's unit, 0 when it is another unit, 0.5 when none is named
    letters: float = (
        0.0  # part of the words naming the subject in the question that its best name has letter for letter
    )
    number: float = 0.5  # 1 when a number of the question is one of the figures, 0 when none is, 0.5 without numbers

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 3) for name, value in zip(self._fields, self, strict=True)}


class Explanation(NamedTuple):
    """The signals, and what was in the way: concepts not explained, concepts contradicted, words nobody knows."""

    signals: Signals
    unexplained: tuple[Hit, ...]
    contradicted: tuple[Hit, ...]
    unknown: tuple[str, ...]
    strange: bool = False  # an abbreviation or a unit that nothing in the subject explains

    @property
    def rejected(self) -> bool:
        return bool(self.unexplained or self.contradicted or self.strange)


class Asked(NamedTuple):
    """What of a question is the same for every subject."""

    reading: Reading
    focus: tuple[Hit, ...]
    hits: tuple[tuple[Hit, dict[Subject, float], Said], ...]  # of the focus, what is known to explain it, its words
    concepts: frozenset[str]  # everything named, with what it contains
    soft: tuple[Hit, ...]  # measures and judgements beside the focus
    spoken: frozenset[str]  # folded words of everything that names or measures the subject
    leftovers: tuple[str, ...]  # folded words that neither a concept nor any briefing explains
    names: frozenset[str]  # leftovers typed as abbreviations or names: KL, TCĐ
    exact: float
    tells_units: bool  # whether what it counts, or asks for in money, rules out figures of other units
    names_met: dict[View, tuple[float, float]]  # names weighed so far
    rejections: dict[tuple[tuple[float, ...], tuple[str, ...]], Explanation]  # the same


class Scorer:
    """Scores subjects; `context` are the concepts any briefing explains, `rarity` weighs concepts 0.5–1."""

    def __init__(
        self,
        lexicon: Lexicon,
        context: frozenset[str],
        context_words: frozenset[str],
        rarity: Mapping[str, float],
        units: frozenset[str],
    ) -> None:
        self._lexicon = lexicon
        self._context = context
        self._context_words = context_words
        self._units = units
        self._names = Names(lexicon, context, rarity)
        # The same concepts are asked about again and again.
        self._values = drawers(_MOST_VALUED)

    def asked(self, reading: Reading) -> Asked:
        """What of a question is the same for every subject."""
        focus = reading.focus
        soft = tuple([h for h in reading.of_kind(*_SOFT) if h not in focus])
        return Asked(
            reading,
            focus,
            tuple([(hit, self._values(hit.concepts), said_in(reading, hit)) for hit in focus]),
            frozenset().union(*map(self._lexicon.implied, reading.concepts)),
            soft,
            frozenset().union(*[reading.words.folded[h.start : h.end] for h in (*focus, *soft)]),
            tuple(
                [
                    w.folded
                    for w in reading.leftovers
                    if (len(w.folded) > 1 or w.is_number) and w.folded not in self._context_words
                ]
            ),
            abbreviations(reading),
            1 / (1 + 0.5 * sum([h.slips + h.cost for h in focus])),
            tells_units(reading, self._units),
            {},
            {},
        )

    def explain(self, asked: Asked, subject: Subject) -> Explanation:
        """Coverage is worked out only where the question is explained: elsewhere it decides nothing."""
        values = tuple([self._hit_value(hit, known, said, subject) for hit, known, said in asked.hits])
        unknown = tuple([word for word in asked.leftovers if word not in subject.words])
        if values and min(values) <= 0:
            return _rejection(asked, values, unknown)
        strange = self._is_strange(asked, subject)
        signals = _signals(asked, values, unknown, () if strange else self._covered(asked, subject))
        return Explanation(signals, (), (), unknown, strange)

    def _is_strange(self, asked: Asked, subject: Subject) -> bool:
        """Whether the question holds an abbreviation or a unit that nothing in the subject explains."""
        if asked.tells_units and counts_otherwise(asked.reading, subject, self._units):
            return True
        return any(name not in subject.words and not subject.may_be_short_for(name) for name in asked.names)

    def _hit_value(self, hit: Hit, known: dict[Subject, float], said: Said, subject: Subject) -> float:
        """How far the subject explains one hit, by whichever of the concepts it may be fits best."""
        value = known.get(subject)
        if value is None:
            value = known[subject] = max([self._value(concept, subject) for concept in hit.concepts])
        return _SPELLED if value == 0 and is_spelled_out(said, subject) else value

    def _covered(self, asked: Asked, subject: Subject) -> tuple[float, ...]:
        """The last six signals: how much of the subject the question says."""
        names = [self._named_by(asked, view) for view in subject.views] or _NAMELESS
        soft = [any(c in subject.named or c in subject.told for c in h.concepts) for h in asked.soft]
        said, spelled = names[0] if len(names) == 1 else map(max, zip(*names, strict=True))
        return (
            said,
            sum(soft) / len(soft) if soft else 1.0,
            names[0][0],
            unit_met(asked.reading, subject, self._units) if asked.tells_units else 0.5,
            spelled,
            number_met(asked.reading, subject) if asked.reading.numbers else 0.5,
        )

    def _value(self, concept: str, subject: Subject) -> float:
        """How far the subject explains one concept; −1 when it holds a neighbour the concept must not be taken for."""
        if concept in subject.named:
            return _NAMED
        known = self._lexicon.concepts.get(concept)
        if known and known.asks and known.implies:
            return min(self._value(part, subject) for part in known.implies)
        if known and not subject.core.isdisjoint(known.contrasts):
            return -1.0
        if concept in subject.told:
            return _TOLD
        if concept in self._context:
            return _CONTEXT
        return _PARTS if self._in_parts(concept, subject) else 0.0

    def _in_parts(self, concept: str, subject: Subject) -> bool:
        """Whether everything a compound concept is made of is in the subject, down to its smallest parts."""
        known = self._lexicon.concepts.get(concept)
        parts = known.implies if known and len(known.implies) > 1 else ()
        return bool(parts) and all(
            part in subject.named or part in subject.told or self._in_parts(part, subject) for part in parts
        )

    def coverage(self, asked: Asked, subject: Subject) -> float:
        """How much of its best name the question says."""
        return max((self._named_by(asked, view)[0] for view in subject.views), default=0.0)

    def _named_by(self, asked: Asked, view: View) -> tuple[float, float]:
        """(how much of the name the question says, how many of the question's words the name has).

        Worked out once a question: thousands of subjects may share a name.
        """
        found = asked.names_met.get(view)
        if found is None:
            found = asked.names_met[view] = (self._names.said(view, asked.concepts), letters(asked.spoken, view))
        return found


def _rejection(asked: Asked, values: tuple[float, ...], unknown: tuple[str, ...]) -> Explanation:
    """What was in the way of a subject; most subjects are rejected for what others were."""
    found = asked.rejections.get((values, unknown))
    if found is None:
        hits = list(zip(asked.focus, values, strict=True))
        unexplained = tuple(hit for hit, value in hits if value == 0)
        contradicted = tuple(hit for hit, value in hits if value < 0)
        found = Explanation(_signals(asked, values, unknown, ()), unexplained, contradicted, unknown)
        asked.rejections[values, unknown] = found
    return found


def _signals(asked: Asked, values: Sequence[float], unknown: Sequence[str], covered: tuple[float, ...]) -> Signals:
    """The signals of one subject; `values` tell how far it explains each hit, −1 for a contradiction."""
    if not values:
        return Signals(0.0, 0.0, 1 / (1 + len(unknown)), asked.exact, 0.0, 0.0, *covered)
    count, least = len(values), min(values)
    return Signals(
        max(least, 0.0),
        sum(values if least >= 0 else [value for value in values if value > 0]) / count,
        1 / (1 + len(unknown)),
        asked.exact,
        sum([value >= _PARTS for value in values]) / count,
        1.0,
        *covered,
    )
