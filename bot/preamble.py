"""What a message says around its question: why it is asked, who asks, and thanks; none of it has to be answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.phrases.speech import ASKERS, FINDING, PURPOSE, TELLING
from bot.text import Words, compatible, fold, means

_FINDING_FOLDED = frozenset(map(fold, FINDING))
_LONGEST_THANKS = 8
_LONGEST = 18  # words; a longer opening is no mere preamble

# How an opening that only gives the reason or the asker begins.
_OPENING_PHRASES = [
    tuple(words.split())
    for words in (
        "de phuc vu", "de chuan bi", "de lam", "de kip", "de co", "de bo sung", "de hoan thien", "de dua vao",
        "de viet", "de tong hop", "de bao cao", "phuc vu", "nham", "thuc hien y kien", "thuc hien chi dao",
        "theo y kien", "theo yeu cau", "theo de nghi", "ngoai viec", "ben canh viec", "cung voi viec", "besides",
        "apart from", "can cu", "tren co so", "chuan bi", "dang viet", "dang lam", "dang soan",
        "kinh gui", "xin gui",
        "toi dang", "em dang", "minh dang", "chau dang", "anh dang", "chi dang", "sap hop", "mai hop", "lat nua",
        "for the", "i am", "i m", "im", "we are", "we re", "to prepare", "as requested",
    )
]  # fmt: skip
_OPENINGS = {first: [words for words in _OPENING_PHRASES if words[0] == first] for first, *_ in _OPENING_PHRASES}
_ASKERS = frozenset({"kinh", "bao", "hoi", "de", "nghi", "xin"})  # … kính báo: …, … xin hỏi: …
_NO_ASKERS = frozenset({("hoi", "nghi"), ("xa", "hoi")})  # hội nghị, xã hội
_GIVEN = frozenset({"de", "muon", "neu"})
_AGAINST = ("so", "voi")
_THEN = "thi"
_BEYOND = "ngoai"
_CLOSING_GIVEN = frozenset({
    ("neu", "muon"), ("de", "dat"), ("de", "hoan"), ("de", "kip"), ("de", "ve"), ("neu", "de"),
})  # fmt: skip
_FEWEST = 4  # words that ask something before what is given
_THANKS = frozenset({"mong", "nho", "giup", "xin", "cam", "kinh", "tran", "rat", "thanks", "thank", "please"})

_ANYONE = frozenset({"bac", "anh", "chi", "em", "ban", "dong", "nguoi", "ai", "co", "chu", "cac", "oi"})
_KNOWING = frozenset({"nho", "biet", "nam", "ro", "ranh", "thuoc"})
_REQUEST_OPENINGS = (("xin",), ("nho",), ("phien",), ("de", "nghi"), ("kinh", "de", "nghi"))
_GIVING = "cho"
_WHICH = "nao"
_PURPOSE_FOLDED = fold(PURPOSE)
_GIVEN_WORDS = frozenset({"so", "con", "toi", "em", "minh", "xin"})  # cho số liệu, cho con số, cho tôi
_POINTED = frozenset({"khoi", "nganh", "vuc", "mang", "viec", "muc", "nhom"})  # khối này, ngành đó, khu vực này
QUESTIONS = frozenset({"gi", "nao", "nhieu", "may", "ai", "sao", "dau", "bn"})
QUESTION_WORDS = QUESTIONS | {"nhiu", "how", "what", "which", "who", "when"}
_FARTHEST = 7
_REQUESTS = frozenset({("cung", "cap"), ("cho", "biet"), ("cho", "hoi"), ("bao", "cao"), ("thong", "tin")})


def spans(words: Words, breaks: Sequence[int], colons: Sequence[int]) -> frozenset[int]:
    """Indexes of the words that stand around the question.

    `breaks` are the words that follow a comma or a stronger mark, `colons` those that follow a colon.
    """
    folded = words.folded
    found: set[int] = set()
    first = next((b for b in breaks if 0 < b < len(words)), None)
    if first is not None and first <= _LONGEST:
        opened = _opens(folded) and not _points_back(folded[first:])
        last_words = folded[max(0, first - 2) : first]
        reported = first in colons and not _ASKERS.isdisjoint(last_words) and last_words not in _NO_ASKERS
        if opened or reported:
            found |= set(range(first))
    found |= _addressed(folded) | _besides(words, breaks) | _told_to(words, breaks)
    found |= _own_purpose(words, breaks) | _to_anyone(folded)
    last = max((b for b in breaks if 0 < b < len(words)), default=None)
    if last is not None and not (found and last == first):
        closing = folded[last:]
        if closing[0] in _THANKS and len(closing) <= _LONGEST_THANKS and _REQUESTS.isdisjoint(pairwise(closing)):
            found |= set(range(last, len(words)))
    return frozenset(found) if len(found) < len(words) else frozenset()


def _opens(folded: tuple[str, ...]) -> bool:
    return any(folded[: len(opening)] == opening for opening in _OPENINGS.get(folded[0], ()))


def condition(words: Words) -> range:
    """What is given before what is asked, `để …, muốn …, nếu … thì`, or behind it: `… nếu muốn …`."""
    folded = words.folded
    opening = _up_to_then(words, lambda at: folded[at] in _GIVEN)
    if opening or _CLOSING_GIVEN.isdisjoint(words.pairs):
        return opening
    closing = (at for at in range(_FEWEST, len(folded) - 1) if (folded[at], folded[at + 1]) in _CLOSING_GIVEN)
    return range(next(closing, len(folded)), len(folded))


def held_against(words: Words) -> range:
    """The words of `so với yêu cầu tăng 9,5% thì …`: a number in them is no number to look up."""
    return _up_to_then(words, lambda at: words.folded[at : at + 2] == _AGAINST)


def _up_to_then(words: Words, opens: Callable[[int], bool]) -> range:
    """From the first word that opens something to before `thì`; empty without either."""
    if _THEN not in words.said:
        return range(0)
    end = words.folded.index(_THEN)
    return range(next((at for at in range(end) if opens(at)), end), end)


def _points_back(folded: tuple[str, ...]) -> bool:
    """`…, công nghiệp khối này tăng bao nhiêu`: what stood before is needed."""
    return any(a in _POINTED and b in ("nay", "do", "ay") for a, b in pairwise(folded))


def _besides(words: Words, breaks: Sequence[int]) -> set[int]:
    """`ngoài tìm nguyên nhân thì … còn phải làm gì`: what is known already, up to the word that goes on from it."""
    if _BEYOND not in words.said:
        return set()
    folded = words.folded
    for start in (0, *breaks):
        if folded[start : start + 1] == (_BEYOND,):
            end = next((at for at in range(start + 2, len(folded)) if folded[at] == "thi" or at in breaks), len(folded))
            if "con" in folded[end:]:
                return set(range(start, end))
    return set()


def _told_to(words: Words, breaks: Sequence[int]) -> set[int]:
    """`trưởng phòng bảo tra …`: who told the asker to find out, up to what is to be found out."""
    if _FINDING_FOLDED.isdisjoint(words.said):
        return set()
    told = (i for i, (a, b) in enumerate(pairwise(words)) if means(a, TELLING) and means(b, FINDING))
    at = next(told, len(words))
    if at + 2 >= len(words):
        return set()
    return set(range(max((b for b in breaks if b <= at), default=0), at + 2))


def _addressed(folded: tuple[str, ...]) -> set[int]:
    """`Xin Văn phòng cho biết …`, `Đề nghị bộ phận tổng hợp cho số …`: whom the request is made to, and for telling."""
    opening = next((words for words in _REQUEST_OPENINGS if folded[: len(words)] == words), ())
    if not opening or not _ASKERS.isdisjoint(folded[len(opening) : len(opening) + 1]):
        return set()
    for at in range(len(opening) + 1, min(len(folded) - 1, len(opening) - 1 + _FARTHEST)):
        if (folded[at], folded[at + 1]) in _REQUESTS:
            return set(range(at + 2))
        if folded[at] == _GIVING and folded[at + 1] in _GIVEN_WORDS:
            return set(range(at + 1))
    return set()


def _to_anyone(folded: tuple[str, ...]) -> set[int]:
    """`bác nào nhớ …`, `anh chị nào biết …`: whoever can tell is addressed, and nobody is asked for."""
    opening = folded[:_FARTHEST]
    if _WHICH not in opening:
        return set()
    at = opening.index(_WHICH)
    knows = folded[at + 1 : at + 2]
    addressed = at and set(folded[:at]) <= _ANYONE and knows and knows[0] in _KNOWING
    return set(range(at + 2)) if addressed and folded[at + 2 : at + 3] != ("giu",) else set()  # ai nắm giữ chức vụ


def _own_purpose(words: Words, breaks: Sequence[int]) -> set[int]:
    """`… để tôi đưa vào tham luận`: what the asker wants it for, up to the next mark."""
    if _PURPOSE_FOLDED not in words.said:
        return set()
    pairs = enumerate(pairwise(words))
    opens = (
        i
        for i, (a, b) in pairs
        if i and a.folded == _PURPOSE_FOLDED and compatible(a.text, PURPOSE) and means(b, ASKERS)
    )
    start = next(opens, len(words))
    end = next((b for b in breaks if b > start), len(words))
    return set(range(start, end)) if QUESTIONS.isdisjoint(words.folded[start:end]) else set()
