"""From a question read to ranked matches: candidates, gates, signals, and the small fitted model over them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib import resources
from typing import NamedTuple

from bot.admission import Admission
from bot.index import Index
from bot.item import MEETING_ROLES, Item, Role
from bot.model import Ask, Aspect, Fact
from bot.once import drawers, once
from bot.reading import Reading
from bot.signals import Explanation, Scorer, Signals
from bot.subject import Subject, recency

_MOST_FITS, _MOST_STRENGTHS = 1024, 16384  # remembered
_NEAR = 8  # rejected subjects kept for hints and for computing shares
FIGURE_ASKS = frozenset({
    Ask.VALUE, Ask.COUNT, Ask.MONEY, Ask.PERCENT, Ask.PLAN_SHARE, Ask.PLAN, Ask.CHANGE, Ask.RANK, Ask.AVERAGE,
    Ask.REMAINING, Ask.WHOLE,
})  # fmt: skip
_NO_FIGURES = MEETING_ROLES - {Role.PARTICIPANTS, Role.OUTLOOK, Role.DATE, Role.PERIOD}


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the signals, the bias, and the two operating points; fitted by tools/fit.py, kept as data."""

    bias: float
    signals: Mapping[str, float]
    found: float  # at least this probability: answer
    unsure: float  # at least this: offer as a button
    margin: float  # a second subject whose strength is this close is offered instead of being passed over

    @classmethod
    def shipped(cls) -> Weights:
        data = json.loads(resources.files("bot").joinpath("data/weights.json").read_text(encoding="utf-8"))
        return cls(data["bias"], data["signals"], data["found"], data["unsure"], data["margin"])


class _Weighed(NamedTuple):
    subject: Subject
    explanation: Explanation
    fit: float  # how well the role suits what is asked, 0–1
    score: float
    strength: float
    gate: Callable[[Subject], tuple[tuple[Item, ...], tuple[Item, ...]]]


class Match(_Weighed):
    """One subject against one question.

    `score` is a probability, 0–1; `strength` is the sum behind it, which still tells two certain matches apart.
    """

    @once
    def _gated(self) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        # A subject may have thousands of items, and most matches are never asked for theirs.
        return self.gate(self.subject)

    @property
    def items(self) -> tuple[Item, ...]:
        """What passed the gates, latest first."""
        return self._gated[0]

    @property
    def barred(self) -> tuple[Item, ...]:
        """What did not, latest first: of the asked place when the subject is known there."""
        return self._gated[1]


class Matcher:
    """Ranks subjects for questions over one index."""

    def __init__(self, index: Index, weights: Weights) -> None:
        self._index = index
        self.weights = weights
        self._base, self._fit = weights.bias, weights.signals["fit"]
        self._weighed = [(at, w) for at, name in enumerate(Signals._fields) if (w := weights.signals[name])]
        # Many subjects are alike in what decides these two, and many questions ask alike.
        self._fits = drawers(_MOST_FITS)
        self._strength = lru_cache(maxsize=_MOST_STRENGTHS)(self._sum)
        self._scorer = Scorer(index.lexicon, index.context, index.context_words, index.rarity, index.units)

    def rank(self, reading: Reading) -> list[Match]:
        """Best first. Subjects that are contradicted or leave a concept unexplained stand last with score 0."""
        found: list[Match] = []
        rejected: list[tuple[Subject, Explanation]] = []
        gate = self.admission(reading).of_subject
        asked = self._scorer.asked(reading)
        fits = self._fits(reading.asks)

        def fit_of(subject: Subject) -> float:
            known = fits.get(subject.kind)
            if known is None:
                known = fits[subject.kind] = role_fit(reading.asks, subject)
            return known

        for subject in self._index.candidates(reading.focus, reading.places):
            explanation = self._scorer.explain(asked, subject)
            if explanation.rejected:
                rejected.append((subject, explanation))
                continue
            fit = fit_of(subject)
            strength = self._strength(explanation.signals, fit)
            found.append(Match(subject, explanation, fit, 1 / (1 + math.exp(-strength)), strength, gate))
        rejected.sort(key=lambda pair: -pair[1].signals.mean_explained)
        for subject, explanation in rejected[:_NEAR]:
            found.append(Match(subject, explanation, fit_of(subject), 0.0, -math.inf, gate))
        return sorted(
            found, key=lambda m: (-m.strength, -m.explanation.signals.mean_explained, -m.fit, m.subject.items[0].id)
        )

    def coverage(self, reading: Reading, subject: Subject) -> float:
        """How much of a subject's best name the question says, whatever else it says. 0–1."""
        return self._scorer.coverage(self._scorer.asked(reading), subject)

    def explainer(self, reading: Reading) -> Callable[[Subject], Explanation]:
        """Tells how well a subject explains this question, whatever its rank; looks at each once."""
        return cache(partial(self._scorer.explain, self._scorer.asked(reading)))

    def gate(self, reading: Reading, items: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """(items of the asked place and time, the others); latest first."""
        return self.admission(reading).of_items(sorted(items, key=recency))

    def admission(self, reading: Reading) -> Admission:
        """What the question's places, meeting and times let pass, to be held against any number of items."""
        return Admission(self._index, reading)

    def _sum(self, signals: Signals, fit: float) -> float:
        return self._base + self._fit * fit + sum([weight * round(signals[at], 3) for at, weight in self._weighed])


def role_answers(reading: Reading, subject: Subject) -> bool:
    """Whether this kind of entry can answer what is asked at all: a figure is no difficulty, a task is no result."""
    asks, role = reading.asks, subject.role
    fact = subject.fact
    if asks & FIGURE_ASKS and role in _NO_FIGURES:
        return False
    if Ask.CHECK in asks and reading.numbers and role is Role.PERSON:
        return False  # `sinh năm 1970 phải không`: nothing of the kind is known of anybody
    if asks & {Ask.SPEECH, Ask.SOLUTION, Ask.CHANGE} and role is Role.GROUP:
        return False  # who sat there is not what was said, nor what is to be done, nor what grew
    if asks == {Ask.PERIOD} and role is Role.DIRECTIVE:
        return False  # `cho giai đoạn nào`: a task is no time
    if Ask.REMAINING in asks and not reading.numbers and "total" in subject.named and _is_bare(fact):
        return False  # `còn bao nhiêu xã nữa`: a total is never what is left of it
    if Ask.SOLUTION in asks and not asks & FIGURE_ASKS and fact and fact.figures:
        return False  # no figure says what is to be done
    if Ask.PLAN_SHARE in asks and not asks & {Ask.PLAN, Ask.REMAINING} and not reading.subject_times and is_plan(fact):
        return False  # how far something has come is no matter of what is only planned
    if role is Role.SOURCE and "participants" in reading.concepts:
        return False  # who reported it is not who sat there
    if Ask.PERSON in asks:
        return role in (Role.PERSON, Role.GROUP, Role.PARTICIPANTS, Role.DIRECTIVE)
    if Ask.DIRECTIVE in asks:
        # What a time has yet to bring is required of it.
        return role is Role.DIRECTIVE or (is_plan(fact) and bool(reading.subject_times))
    if Ask.DIFFICULTY in asks and Ask.CAUSE not in asks and asks & {Ask.VALUE, Ask.PERCENT, Ask.PLAN_SHARE, Ask.MONEY}:
        return role is Role.DIFFICULTY or fact is not None  # `hoàn thành bao nhiêu phần trăm, có đáng lo không`
    if asks & {Ask.DIFFICULTY, Ask.CAUSE} and not asks & {Ask.STATUS}:
        return role is Role.DIFFICULTY or not (fact and fact.figures)
    return True


def is_named(match: Match) -> bool:
    """Whether the question names the subject at all; a figure is never found by its surroundings alone."""
    fact = match.subject.fact
    told = match.subject.role in (Role.DIFFICULTY, Role.DIRECTIVE) or (fact is not None and not fact.figures)
    return told or match.explanation.signals.named > 0


def _is_bare(fact: Fact | None) -> bool:
    """Whether all that is known is an amount, of no whole and against no plan."""
    return fact is not None and all(f.aspect is Aspect.VALUE and f.of is None for f in fact.figures)


def is_plan(fact: Fact | None) -> bool:
    """Whether a fact has figures, and all of them are planned ones."""
    return fact is not None and bool(fact.figures) and all(f.aspect is Aspect.PLAN for f in fact.figures)


def _has_asked(asks: frozenset[Ask], fact: Fact) -> bool:
    """Whether the fact has a figure of the asked kind, so that of two like subjects the right one wins."""
    aspects = {f.aspect for f in fact.figures}
    if Ask.PLAN_SHARE in asks or (Ask.PLAN in asks and Ask.PERCENT in asks):
        return Aspect.PLAN_SHARE in aspects
    if Ask.PLAN in asks and Ask.MONEY in asks:
        planned = any(f.aspect is Aspect.PLAN and f.unit != "%" for f in fact.figures)
        return planned or aspects >= {Aspect.VALUE, Aspect.PLAN_SHARE}
    if Ask.PLAN in asks:
        return bool(aspects & {Aspect.PLAN, Aspect.PLAN_SHARE})
    if Ask.CHANGE in asks:
        return Aspect.CHANGE in aspects
    if Ask.RANK in asks:
        return Aspect.RANK in aspects
    if Ask.MONEY in asks:
        return Aspect.VALUE in aspects
    if Ask.PERCENT in asks and Ask.REMAINING not in asks:
        return any(f.unit == "%" for f in fact.figures) or any(f.of for f in fact.figures)
    return bool(aspects - {Aspect.PLAN, Aspect.RANK})


def role_fit(asks: frozenset[Ask], subject: Subject) -> float:
    """How well a kind of answer suits what is asked: a directive is no answer to `bao nhiêu`."""
    role = subject.role
    fact = subject.fact
    has_figures = bool(fact and fact.figures)
    if asks & {Ask.PERSON, Ask.TITLE}:
        return {Role.PERSON: 1.0, Role.GROUP: 0.5, Role.DIRECTIVE: 0.4}.get(role, 0.1)
    if Ask.DIRECTIVE in asks or (Ask.SPEECH in asks and Ask.PERSON not in asks):
        return {Role.DIRECTIVE: 1.0, Role.PERSON: 0.3, Role.DIFFICULTY: 0.1, Role.FACT: 0.1}.get(role, 0.2)
    if Ask.SOLUTION in asks:
        return {Role.DIRECTIVE: 1.0, Role.DISCUSSION: 1.0, Role.DIFFICULTY: 0.4}.get(role, 0.2)
    if Ask.PARTICIPANTS in asks:
        return {Role.PARTICIPANTS: 1.0, Role.GROUP: 0.9, Role.PERSON: 0.6}.get(role, 0.1)
    if asks & {Ask.DIFFICULTY, Ask.CAUSE}:
        return {Role.DIFFICULTY: 1.0, Role.FACT: 0.6, Role.DIRECTIVE: 0.4}.get(role, 0.2)
    shared = Ask.PLAN_SHARE in asks or (Ask.PLAN in asks and Ask.PERCENT in asks)
    if (shared or Ask.PLAN not in asks) and is_plan(fact):
        return 0.4
    if asks & FIGURE_ASKS:
        if fact and has_figures:
            if _has_asked(asks, fact):
                return 1.0
            return 0.85 if Ask.PERCENT in asks else 0.6
        return {Role.GROUP: 0.9, Role.DIFFICULTY: 0.55, Role.FACT: 0.5, Role.DIRECTIVE: 0.3}.get(role, 0.2)
    if Ask.STATUS in asks and not has_figures:
        return {Role.FACT: 0.75, Role.DIFFICULTY: 0.85, Role.DIRECTIVE: 0.7, Role.GROUP: 0.4}.get(role, 0.3)
    return {
        Role.FACT: 0.9 if has_figures else 0.6,
        Role.DIFFICULTY: 0.85,
        Role.DIRECTIVE: 0.7,
        Role.GROUP: 0.6,
        Role.PERSON: 0.6,
    }.get(role, 0.3)
