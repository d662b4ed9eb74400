"""What a question sets apart from what it asks about: `ngoài FDI`, `chứ không phải nhập khẩu`, `ngoài Bí thư`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.asking import asks_of
from bot.lexicon import Hit, Lexicon
from bot.model import Ask, ConceptKind
from bot.phrases.speech import RULING_OUT, SETTING_APART
from bot.reading import CONTENT, THINGS
from bot.text import Token, Words, compatible, fold

_EXCLUDING = "excluding"
_BEYOND = frozenset({"ngoai", "tru", "besides", "except"})
_BESIDES = _BEYOND | {"cung", "voi"}
_CUES = {tuple(fold(word) for word in cue.split()): tuple(cue.split()) for cue in SETTING_APART}
_NEGATIONS = frozenset(cue for cue in _CUES.values() if cue[-1] == RULING_OUT)
_LONGEST = 2
_NON = "phi"
_OPENINGS = frozenset({_NON, *(cue[0] for cue in _CUES)})  # one of these opens all that sets apart
_HAVING = "co"
_RATHER = "chu"  # chứ
_BUT = "ma"  # mà
_NEAR = 2
_LITTLE = frozenset({"la", "cua", "cac", "nhung", "phan", "khoi", "khu", "vuc", "the"})  # không phải của khu vực …


class SetApart(NamedTuple):
    """The hits with what is taken away marked as such; those the question is not about; and where negations end."""

    hits: tuple[Hit, ...]
    left_out: tuple[Hit, ...]
    people: tuple[Hit, ...]
    ends: frozenset[int]


def set_apart(words: Words, hits: tuple[Hit, ...], lexicon: Lexicon) -> SetApart:
    """A thing behind a word that excludes is taken away from the rest, or, beside its neighbour, only told apart.

    `công nghiệp ngoài FDI` asks for the rest; `nhập khẩu, không phải xuất khẩu` asks for imports.
    """
    people = _people(words, hits, lexicon)
    if _OPENINGS.isdisjoint(words.said) and _EXCLUDING not in [c for h in hits for c in h.concepts]:
        return SetApart(hits, (), people, frozenset())
    marked: list[Hit] = []
    left_out: list[Hit] = []
    ends: set[int] = set()
    for hit in hits:
        before = marked[-1] if marked and marked[-1].end == hit.start else None
        taken = before is not None and _EXCLUDING in before.concepts
        start = _cue(words, hit, marked, lexicon) if not taken and _is_thing(hit, lexicon) else None
        if taken and _is_content(hit, lexicon):
            ends.add(hit.end)
        if start is None:
            marked.append(hit)
            continue
        ends.add(hit.end)
        if _is_told_apart(words, start, hit, hits, lexicon):
            left_out.append(hit)
        else:
            end = max(start + 1, hit.start)
            marked = [h for h in marked if h.end <= start]
            marked.append(Hit(start, end, (_EXCLUDING,), 0, 0.0, " ".join(w.text for w in words[start:end])))
        marked.append(hit)
    return SetApart(tuple(marked), tuple(left_out), people, frozenset(ends))


def is_refused(words: Sequence[Token], start: int) -> bool:
    """Whether what starts there is named only to say that it is not meant: `6 tháng, không phải 9 tháng`."""
    said = words[max(0, start - _LONGEST) : start]
    return len(said) == _LONGEST and _says(said) in _NEGATIONS


def _says(said: Sequence[Token]) -> tuple[str, ...] | None:
    """The cue that the words are, as it is spelled; None when they are none."""
    cue = _CUES.get(tuple(w.folded for w in said))
    return cue if cue and all(compatible(w.text, spelled) for w, spelled in zip(said, cue, strict=True)) else None


def _cue(words: Words, hit: Hit, before: Sequence[Hit], lexicon: Lexicon) -> int | None:
    """Where the words start that set a thing apart; the `ngoài` of `nước ngoài` sets nothing apart."""
    end = hit.start + 1 if words[hit.start].folded == _HAVING else hit.start  # không có vốn FDI
    while end > 1 and words[end - 1].folded in _LITTLE:
        end -= 1
    if end and words[end - 1].folded == _NON and hit.text.isupper():
        return end - 1  # phi FDI; elsewhere it may be a slip of another word
    for size in range(min(_LONGEST, end), 0, -1):
        if _says(words[end - size : end]):
            own = (end - size, end)
            within = any(h.end > own[0] and (h.start, h.end) != own and _is_content(h, lexicon) for h in before)
            return None if within else end - size
    return None


def _is_content(hit: Hit, lexicon: Lexicon) -> bool:
    return not CONTENT.isdisjoint(lexicon.kinds(hit))


def _is_told_apart(words: Words, start: int, hit: Hit, hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """Whether it is only what is not meant: `… chứ không phải FDI`, `không phải FDI mà …`, `nhập không phải xuất`."""
    contrasted = _RATHER in (words[start].folded, words[max(0, start - 1)].folded)
    contrasted = contrasted or _BUT in words.folded[hit.end : hit.end + _NEAR]
    return contrasted or any(lexicon.are_neighbours(hit, other) for other in hits)


def _is_thing(hit: Hit, lexicon: Lexicon) -> bool:
    return not THINGS.isdisjoint(lexicon.kinds(hit))


def _people(words: Words, hits: Sequence[Hit], lexicon: Lexicon) -> tuple[Hit, ...]:
    """`ngoài Bí thư thì ai phát biểu`: who is known already, when somebody else is asked for."""
    if _BESIDES.isdisjoint(words.said):
        return ()
    asks = asks_of(hits, lexicon)
    if asks.isdisjoint({Ask.PERSON, Ask.PARTICIPANTS}):
        return ()
    besides = _BESIDES if Ask.PARTICIPANTS in asks else _BEYOND  # ai dự cùng Bí thư
    apart = (h for h in hits if not besides.isdisjoint(words.folded[max(0, h.start - 2) : h.start]))
    return tuple(h for h in apart if any(_is_office(c, lexicon) for c in h.concepts))


def _is_office(concept: str, lexicon: Lexicon) -> bool:
    return lexicon.kind(concept) is ConceptKind.OFFICE or concept == "chair_meeting"
