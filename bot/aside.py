"""What a message says beside its question: who asks, what for, what they are doing.

It is set aside when the whole message finds nothing. A piece of the message is such an aside when it asks nothing,
names no number, time or place of its own, and opens as a purpose, speaks of the asker, or names nothing a figure could
be about. What is left must still name something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from bot.asking import asks_of
from bot.lexicon import Hit, Lexicon
from bot.match import FIGURE_ASKS
from bot.model import Ask, ConceptKind
from bot.phrases.speech import ASKERS, ASKING, DOING, HERE, PURPOSE, TOLD, YET
from bot.preamble import QUESTION_WORDS
from bot.reading import THINGS, Reading
from bot.text import compatible, means

_PURPOSES = frozenset({"de", "nham", "phuc", "for"})
_AFTER_PURPOSE = {"phuc": frozenset({"vu"})}
_OPENING = 8
_QUESTION_ENDS = frozenset({"khong", "chua"})
_DASHES = "-–—"
_OWN_PLACES = frozenset({"tinh", "nha", "huyen", "xa", "que", "ta", "dang"})  # tỉnh mình is the province, not the asker
# gửi cho tôi …: a request
_TO_ASKER = frozenset({"cho", "nho", "giup", "ho", "voi", "for", "to", "giving", "send", "tell"})


def without_asides(reading: Reading, lexicon: Lexicon) -> Iterator[Reading]:
    """The reading without its asides, cut at marks alone and then also where somebody is said to ask.

    Nothing when it has none or nothing that could be asked about would be left.
    """
    seen: set[frozenset[int]] = set()
    for pieces in dict.fromkeys((_pieces(reading), _pieces(reading, asked=True))):
        core = _core(reading, pieces, lexicon) if len(pieces) > 1 else None
        if core and core.set_aside not in seen:
            seen.add(core.set_aside)
            yield core


def without_title(reading: Reading, is_title: Callable[[Hit], bool]) -> Reading | None:
    """The reading without the name of the meeting: `… nêu tại hội nghị giao ban các cơ quan khối Đảng`."""
    dropped: list[Hit] = []
    end = -1
    for hit in reading.hits:
        if hit in reading.meetings:
            end = hit.end
        elif hit.start == end and is_title(hit):
            dropped.append(hit)
            end = hit.end
    rest = reading.without(dropped)
    return rest if dropped and _names_something(rest) else None


def _core(reading: Reading, spans: Sequence[tuple[int, int]], lexicon: Lexicon) -> Reading | None:
    pieces = [reading.clause(start, end, lexicon) for start, end in spans]
    kept = [piece for piece in pieces if not _is_aside(piece)]
    while kept and kept[-1] is not pieces[0] and _trails(kept[-1], pieces):
        kept.pop()  # `…, phục vụ buổi làm việc với Bộ, báo cáo Đoàn công tác`
    if not any(_stands(piece) for piece in kept):  # `tôi cần số thu ngân sách để đưa vào tờ trình`
        kept = [p for p in pieces if _names_something(p) and not _opens_purpose(p, p.start)]
    if not kept or len(kept) == len(pieces):
        return None
    inside = {i for piece in kept for i in range(piece.start, piece.end)}
    rows = [r for r in zip(reading.hits, reading.kinds, reading.asking, strict=True) if r[0].start in inside]
    structural = reading.asks - asks_of(reading.hits, lexicon)  # such as a bare per cent sign's
    asks = frozenset(ask for piece in kept for ask in piece.asks) | structural
    return reading._replace(
        hits=tuple(h for h, _, _ in rows),
        kinds=tuple(k for _, k, _ in rows),
        asking=tuple(a for _, _, a in rows),
        asks=asks,
        times=tuple(t for t in reading.times if t[0] in inside),
        places=tuple(p for p in reading.places if p.start in inside),
        affirmed=None,
        set_aside=reading.set_aside | (set(range(reading.start, reading.end)) - inside),
    )


def _pieces(reading: Reading, *, asked: bool = False) -> tuple[tuple[int, int], ...]:
    """The message cut at its marks, at words that open a purpose, and where an asker who gives a name begins to ask."""
    within = {i for h in reading.hits for i in range(h.start + 1, h.end)}
    cuts = {*reading.breaks, *reading.hard_breaks}
    cuts |= {i for i in range(reading.start + 1, reading.end) if _opens_purpose(reading, i)}
    cuts |= {i for i in range(reading.start + 1, reading.end) if means(reading.words[i], (YET,))}
    if any(dash in reading.text for dash in _DASHES):
        cuts |= {i for i in range(reading.start + 1, reading.end) if _dashed(reading, i)}
    cuts |= {next((h.end for h in reading.hits if _is_request(reading, h)), reading.start)}
    opening = range(reading.start, min(reading.start + _OPENING, reading.end))
    if asked:
        cuts |= {next((i + 1 for i in opening if means(reading.words[i], ASKING)), reading.start)}
    edges = [reading.start, *sorted(i for i in cuts - within if reading.start < i < reading.end), reading.end]
    return tuple(pairwise(edges))


def _is_request(reading: Reading, hit: Hit) -> bool:
    """Whether a hit asks for something; the `cho` of `thu hồi đất cho dự án` does not."""
    if "polite_request" not in hit.concepts:
        return False
    said = [w.folded for w in reading.words[hit.start : hit.end]]
    return said != ["cho"] or any(means(w, (*ASKERS, *TOLD)) for w in reading.words[hit.end : hit.end + 1])


def _dashed(reading: Reading, at: int) -> bool:
    """Whether a dash between spaces stands before the word."""
    return any(f" {dash} " in reading.text[reading.words[at - 1].end : reading.words[at].start] for dash in _DASHES)


def _opens_purpose(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    if word.folded not in _PURPOSES or not (compatible(word.text, PURPOSE) or word.folded != "de"):
        return False
    needed = _AFTER_PURPOSE.get(word.folded)
    return needed is None or (at + 1 < reading.end and reading.words[at + 1].folded in needed)


def _is_aside(piece: Reading) -> bool:
    if _questions(piece) or piece.numbers or piece.subject_times or _own_places(piece):
        return False
    purpose = _opens_purpose(piece, piece.start)
    if piece.asks & FIGURE_ASKS or (piece.asks and not (purpose or _speaks_of_asker(piece))):
        return False
    return (
        purpose
        or not (piece.content or piece.leftovers)
        or _speaks_of_asker(piece)
        or any(_is_request(piece, h) and h.end == piece.end for h in piece.hits)
        or _ends_asking(piece)
        or means(piece.words[piece.end - 1], HERE)
        or "reason_for_asking" in piece.concepts
    )


def _ends_asking(piece: Reading) -> bool:
    """Whether somebody is said to ask what follows; the `hội` of `bảo hiểm xã hội` asks nothing."""
    last = piece.end - 1
    named = any(h.start < last < h.end for h in piece.content)
    return not named and means(piece.words[last], ASKING)


def _questions(piece: Reading) -> bool:
    """Whether a piece has a word that asks; `bài nói chuyện` only looks like asking for a speech."""
    folded = [w.folded for w in piece.words[piece.start : piece.end]]
    return bool(QUESTION_WORDS & set(folded)) or folded[-1] in _QUESTION_ENDS


def _trails(piece: Reading, pieces: Sequence[Reading]) -> bool:
    """Whether a last piece that asks nothing goes on with the purpose right before it."""
    before = pieces[pieces.index(piece) - 1]
    quiet = not (_questions(piece) or piece.asks or piece.numbers or piece.subject_times or _own_places(piece))
    return quiet and _opens_purpose(before, before.start)


def _stands(piece: Reading) -> bool:
    """Whether a piece can be asked alone: it names something, or asks for more than a figure."""
    counts = Ask.COUNT in piece.asks and bool(piece.content)  # mấy cơ quan, mấy đảng bộ
    return counts or _names_something(piece) or bool(piece.asks - FIGURE_ASKS - {Ask.CHECK})


def _names_something(piece: Reading) -> bool:
    return any(kinds & THINGS for kinds in piece.content_kinds)


def _own_places(piece: Reading) -> bool:
    """Whether a place is named that is not part of the asker's own name: `Phòng Kinh tế huyện Phú Lương`."""
    bodies = [
        h.end
        for h, kinds in zip(piece.hits, piece.kinds, strict=True)
        if kinds & {ConceptKind.BODY, ConceptKind.OFFICE}
    ]
    return any(not any(end <= place.start for end in bodies) for place in piece.places)


def _speaks_of_asker(piece: Reading) -> bool:
    named = {i for h in piece.content if h.end - h.start > 1 for i in range(h.start, h.end)}
    for at, word in enumerate(piece.words[piece.start : piece.end - 1], piece.start):
        if at in named:
            continue
        if means(word, DOING):
            return True
        if means(word, ASKERS):
            before = piece.words[at - 1].folded if at > piece.start else ""
            if before not in _TO_ASKER and not (word.folded == "minh" and before in _OWN_PLACES):
                return True
    return False
