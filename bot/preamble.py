"""What a message says around its question: why it is asked, who asks, and thanks; none of it has to be answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.phrases.speech import ASKERS, FINDING, PURPOSE, TELLING
from bot.text import Token, compatible, means

_LONGEST_THANKS = 8
_LONGEST = 18  # words; a longer opening is no mere preamble

# How an opening that only gives the reason or the asker begins.
_OPENINGS = tuple(
    words.split()
    for words in (
        "de phuc vu", "de chuan bi", "de lam", "de kip", "de co", "de bo sung", "de hoan thien", "de dua vao",
        "de viet", "de tong hop", "de bao cao", "phuc vu", "nham", "thuc hien y kien", "thuc hien chi dao",
        "theo y kien", "theo yeu cau", "theo de nghi", "ngoai viec", "ben canh viec", "cung voi viec", "besides",
        "apart from", "can cu", "tren co so", "chuan bi", "dang viet", "dang lam", "dang soan",
        "kinh gui", "xin gui",
        "toi dang", "em dang", "minh dang", "chau dang", "anh dang", "chi dang", "sap hop", "mai hop", "lat nua",
        "for the", "i am", "i m", "im", "we are", "we re", "to prepare", "as requested",
    )
)  # fmt: skip
_ASKERS = frozenset({"kinh", "bao", "hoi", "de", "nghi", "xin"})  # … kính báo: …, … xin hỏi: …
_NO_ASKERS = frozenset({("hoi", "nghi"), ("xa", "hoi")})  # hội nghị, xã hội
_GIVEN = frozenset({"de", "muon", "neu"})
_AGAINST = ["so", "voi"]
_THEN = "thi"
_CLOSING_GIVEN = frozenset({
    ("neu", "muon"), ("de", "dat"), ("de", "hoan"), ("de", "kip"), ("de", "ve"), ("neu", "de"),
})  # fmt: skip
_FEWEST = 4  # words that ask something before what is given
_THANKS = frozenset({"mong", "nho", "giup", "xin", "cam", "kinh", "tran", "rat", "thanks", "thank", "please"})

_ANYONE = frozenset({"bac", "anh", "chi", "em", "ban", "dong", "nguoi", "ai", "co", "chu", "cac", "oi"})
_KNOWING = frozenset({"nho", "biet", "nam", "ro", "ranh", "thuoc"})
_REQUEST_OPENINGS = (["xin"], ["nho"], ["phien"], ["de", "nghi"], ["kinh", "de", "nghi"])
_GIVING = "cho"
_GIVEN_WORDS = frozenset({"so", "con", "toi", "em", "minh", "xin"})  # cho số liệu, cho con số, cho tôi
_POINTED = frozenset({"khoi", "nganh", "vuc", "mang", "viec", "muc", "nhom"})  # khối này, ngành đó, khu vực này
QUESTIONS = frozenset({"gi", "nao", "nhieu", "may", "ai", "sao", "dau", "bn"})
QUESTION_WORDS = QUESTIONS | {"nhiu", "how", "what", "which", "who", "when"}
_FARTHEST = 7
_REQUESTS = frozenset({("cung", "cap"), ("cho", "biet"), ("cho", "hoi"), ("bao", "cao"), ("thong", "tin")})


def spans(words: Sequence[Token], breaks: Sequence[int], colons: Sequence[int]) -> frozenset[int]:
    """Indexes of the words that stand around the question.

    `breaks` are the words that follow a comma or a stronger mark, `colons` those that follow a colon.
    """
    folded = [w.folded for w in words]
    found: set[int] = set()
    first = next((b for b in breaks if 0 < b < len(words)), None)
    if first is not None and first <= _LONGEST:
        opened = any(folded[: len(opening)] == opening for opening in _OPENINGS) and not _points_back(folded[first:])
        last_words = folded[max(0, first - 2) : first]
        reported = first in colons and bool(_ASKERS & set(last_words)) and tuple(last_words) not in _NO_ASKERS
        if opened or reported:
            found |= set(range(first))
    found |= _addressed(folded) | _besides(folded, breaks) | _told_to(words, breaks)
    found |= _own_purpose(words, breaks) | _to_anyone(folded)
    last = max((b for b in breaks if 0 < b < len(words)), default=None)
    if last is not None and not (found and last == first):
        closing = folded[last:]
        if closing[0] in _THANKS and len(closing) <= _LONGEST_THANKS and not _REQUESTS & set(pairwise(closing)):
            found |= set(range(last, len(words)))
    return frozenset(found) if len(found) < len(words) else frozenset()


def condition(words: Sequence[Token]) -> range:
    """What is given before what is asked, `để …, muốn …, nếu … thì`, or behind it: `… nếu muốn …`."""
    folded = [w.folded for w in words]
    opening = _up_to_then(folded, lambda at: folded[at] in _GIVEN)
    if opening:
        return opening
    closing = (at for at in range(_FEWEST, len(folded) - 1) if (folded[at], folded[at + 1]) in _CLOSING_GIVEN)
    return range(next(closing, len(folded)), len(folded))


def held_against(words: Sequence[Token]) -> range:
    """The words of `so với yêu cầu tăng 9,5% thì …`: a number in them is no number to look up."""
    folded = [w.folded for w in words]
    return _up_to_then(folded, lambda at: folded[at : at + 2] == _AGAINST)


def _up_to_then(folded: Sequence[str], opens: Callable[[int], bool]) -> range:
    """From the first word that opens something to before `thì`; empty without either."""
    end = folded.index(_THEN) if _THEN in folded else 0
    return range(next((at for at in range(end) if opens(at)), end), end)


def _points_back(folded: Sequence[str]) -> bool:
    """`…, công nghiệp khối này tăng bao nhiêu`: what stood before is needed."""
    return any(a in _POINTED and b in ("nay", "do", "ay") for a, b in pairwise(folded))


def _besides(folded: Sequence[str], breaks: Sequence[int]) -> set[int]:
    """`ngoài tìm nguyên nhân thì … còn phải làm gì`: what is known already, up to the word that goes on from it."""
    for start in (0, *breaks):
        if folded[start : start + 1] == ["ngoai"]:
            end = next((at for at in range(start + 2, len(folded)) if folded[at] == "thi" or at in breaks), len(folded))
            if "con" in folded[end:]:
                return set(range(start, end))
    return set()


def _told_to(words: Sequence[Token], breaks: Sequence[int]) -> set[int]:
    """`trưởng phòng bảo tra …`: who told the asker to find out, up to what is to be found out."""
    told = (i for i, (a, b) in enumerate(pairwise(words)) if means(a, TELLING) and means(b, FINDING))
    at = next(told, len(words))
    if at + 2 >= len(words):
        return set()
    return set(range(max((b for b in breaks if b <= at), default=0), at + 2))


def _addressed(folded: Sequence[str]) -> set[int]:
    """`Xin Văn phòng cho biết …`, `Đề nghị bộ phận tổng hợp cho số …`: whom the request is made to, and for telling."""
    opening = next((words for words in _REQUEST_OPENINGS if folded[: len(words)] == words), [])
    if not opening or not _ASKERS.isdisjoint(folded[len(opening) : len(opening) + 1]):
        return set()
    for at in range(len(opening) + 1, min(len(folded) - 1, len(opening) - 1 + _FARTHEST)):
        if (folded[at], folded[at + 1]) in _REQUESTS:
            return set(range(at + 2))
        if folded[at] == _GIVING and folded[at + 1] in _GIVEN_WORDS:
            return set(range(at + 1))
    return set()


def _to_anyone(folded: Sequence[str]) -> set[int]:
    """`bác nào nhớ …`, `anh chị nào biết …`: whoever can tell is addressed, and nobody is asked for."""
    at = next((i for i, word in enumerate(folded[:_FARTHEST]) if word == "nao"), 0)
    knows = folded[at + 1 : at + 2]
    addressed = at and set(folded[:at]) <= _ANYONE and knows and knows[0] in _KNOWING
    return set(range(at + 2)) if addressed and folded[at + 2 : at + 3] != ["giu"] else set()  # ai nắm giữ chức vụ


def _own_purpose(words: Sequence[Token], breaks: Sequence[int]) -> set[int]:
    """`… để tôi đưa vào tham luận`: what the asker wants it for, up to the next mark."""
    pairs = enumerate(pairwise(words))
    opens = (i for i, (a, b) in pairs if i and a.folded == "de" and compatible(a.text, PURPOSE) and means(b, ASKERS))
    start = next(opens, len(words))
    end = next((b for b in breaks if b > start), len(words))
    return set(range(start, end)) if QUESTIONS.isdisjoint(w.folded for w in words[start:end]) else set()
