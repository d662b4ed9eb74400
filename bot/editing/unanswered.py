"""Questions people asked in vain, those that mean the same as one, with the entries that might answer them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.desk import Desk
from bot.knowledge import Knowledge
from bot.log_rows import LogRow
from bot.log_text import searchable
from bot.model import Concept, ConceptKind
from bot.outcome import Answer, Found, Question, Reason
from bot.text import phrase

# Concepts that say how something is asked, not what about.
_MANNER = frozenset({ConceptKind.FILLER, ConceptKind.ASKING, ConceptKind.SMALLTALK, ConceptKind.EFFORT})
_MOST_SUGGESTED = 4
_SHORTEST_WORD = 3  # letters of a word that makes an entry look alike
_ALIKE = 2  # words in common from which an entry is suggested


@dataclass(frozen=True, slots=True)
class Cluster:
    """One thing asked in vain: `texts` are its wordings, most frequent first; `key` names it, also across restarts."""

    key: str
    texts: tuple[str, ...]
    count: int
    thumbs_down: int
    answer: Answer  # what `texts[0]` gets now
    suggestions: tuple[str, ...]  # public ids of entries
    marks: frozenset[str]  # by which it is known when it was settled

    @property
    def text(self) -> str:
        return self.texts[0]


@dataclass(slots=True)
class _Group:
    rows: list[LogRow] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)


def mark(text: str) -> str:
    """What a question is remembered by, whatever its marks and capitals."""
    return hashlib.blake2b(searchable(text).encode(), digest_size=16).hexdigest()


def clusters(rows: Iterable[LogRow], desk: Desk, knowledge: Knowledge, settled: frozenset[str]) -> tuple[Cluster, ...]:
    """The open questions among `rows`, most asked first. Asks the desk again: what is answered by now is left out.

    A cluster of which any wording was settled stays away whole. Slow: for a thread.
    """
    kinds = {concept.id: concept for concept in knowledge.concepts}
    groups: defaultdict[str, _Group] = defaultdict(_Group)
    answers: dict[str, Answer] = {}
    now = dt.datetime.now(dt.UTC)
    for row in rows:
        if not _in_vain(row):
            continue
        name = searchable(row.text)
        answer = answers.get(name) or desk.ask(Question(row.text, "", now))
        answers[name] = answer
        if _mended(row, answer) or _only_manner(answer, kinds):
            continue
        group = groups[_signature(answer, kinds) or name]
        group.rows.append(row)
        group.answers.setdefault(row.text, answer)
    made = (_cluster(signature, group, knowledge) for signature, group in groups.items())
    return tuple(sorted((one for one in made if not one.marks & settled), key=lambda one: (-one.count, one.text)))


def _in_vain(row: LogRow) -> bool:
    refused = any("refused" in reason for reason in row.reason)
    return not refused and (row.status != "found" or row.feedback == -1)


def _mended(row: LogRow, answer: Answer) -> bool:
    """Whether it is answered by now; what was thumbed down must be answered by other entries."""
    if answer.status != "found":
        return False
    return row.feedback != -1 or set(row.entries) != {entry for part in answer.parts for entry in part.entries}


def _cluster(signature: str, group: _Group, knowledge: Knowledge) -> Cluster:
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for row in group.rows:
        name = searchable(row.text)
        counts[name] = counts.get(name, 0) + 1
        # Of two spellings the one with marks is easier to read.
        shown[name] = max(shown.get(name, ""), row.text, key=lambda text: (len(text.encode()), text))
    names = sorted(counts, key=lambda name: (-counts[name], name))
    texts = tuple(shown[name] for name in names)
    answer = group.answers.get(texts[0]) or next(iter(group.answers.values()))
    key = mark(signature)
    return Cluster(
        key=key,
        texts=texts,
        count=len(group.rows),
        thumbs_down=sum(row.feedback == -1 for row in group.rows),
        answer=answer,
        suggestions=tuple(_suggestions(answer, texts, knowledge)),
        marks=frozenset((key, *map(mark, texts))),
    )


def _reasons(answer: Answer) -> Iterator[Reason]:
    return (part.reason for part in answer.parts)


def _listed(reason: Reason, key: str) -> Sequence[object]:
    found = reason.get(key)
    return found if isinstance(found, list) else ()


def _concepts(reason: Reason) -> Iterator[tuple[str, ...]]:
    for hit in _listed(reason, "concepts"):
        if isinstance(hit, Mapping):
            yield tuple(map(str, hit.get("concepts") or ()))


def _is_manner(hit: tuple[str, ...], kinds: Mapping[str, Concept]) -> bool:
    return any(kinds[name].kind in _MANNER for name in hit if name in kinds)


def _only_manner(answer: Answer, kinds: Mapping[str, Concept]) -> bool:
    """Whether nothing was asked at all: greetings, thanks, curses."""
    hits = [hit for reason in _reasons(answer) for hit in _concepts(reason)]
    left = [word for reason in _reasons(answer) for word in _listed(reason, "leftovers")]
    return bool(hits) and not left and all(_is_manner(hit, kinds) for hit in hits)


def _signature(answer: Answer, kinds: Mapping[str, Concept]) -> str:
    """What is asked about, when and where, whatever the words; empty when nothing was understood."""
    parts = []
    for reason in _reasons(answer):
        about = {"|".join(sorted(hit)) for hit in _concepts(reason) if not _is_manner(hit, kinds)}
        named = {" ".join(phrase(str(w))) for key in ("leftovers", "places") for w in _listed(reason, key)}
        when = {" ".join(w for w in phrase(str(t).partition(" (")[0]) if w != "nam") for t in _listed(reason, "times")}
        if about or named:
            parts.append(";".join(",".join(sorted(group)) for group in (about, named, when)))
    return "\n".join(sorted(set(parts)))


def _suggestions(answer: Answer, texts: Sequence[str], knowledge: Knowledge) -> Iterator[str]:
    """Entries the match thought of first, then those that share most words with the question."""
    offered = [one.id for part in answer.parts for one in part.suggestions]
    tried = [
        str(one["id"]) for reason in _reasons(answer) for one in _listed(reason, "candidates") if isinstance(one, dict)
    ]
    answering = {entry for part in answer.parts if isinstance(part, Found) for entry in part.entries}
    chosen = dict.fromkeys((*offered, *tried, *_alike(texts, knowledge)))
    real = (name for name in chosen if name not in answering and knowledge.entry(name) is not None)
    for _, name in zip(range(_MOST_SUGGESTED), real, strict=False):
        yield name


def _alike(texts: Sequence[str], knowledge: Knowledge) -> list[str]:
    asked = {word for text in texts for word in phrase(text) if len(word) >= _SHORTEST_WORD}
    scored = []
    for briefing, entry in knowledge.entries():
        named = {word for text in (entry.subject, *entry.aliases) for word in phrase(text)}
        common = len(named & asked)
        if common >= _ALIKE:
            scored.append((common / len(named), f"{briefing.slug}/{entry.id}"))
    return [name for _, name in sorted(scored, reverse=True)]
