"""What a message asks, from its hits and a few signs that no single phrase carries."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise

from bot.lexicon import Hit, Lexicon
from bot.model import Ask, ConceptKind
from bot.phrases.speech import TAGS
from bot.plural import REACH, several_asked
from bot.preamble import QUESTION_WORDS
from bot.text import Token, Words

# Words that rule out the few words after them.
_NEGATIONS = ("khong", "ko", "k", "khoi", "dung")
_NOT_WANTED = (
    "lay", "can", "noi", "hoi", "tinh", "dua", "ghi", "neu", "bao",
    "phai ty", "phai ti", "phai so", "phai phan", "phai toc", "phai muc",
)  # fmt: skip
_SET_ASIDE_WORDS = tuple(
    tuple(words.split())
    for words in (
        *(f"{negation} {unwanted}" for negation in _NEGATIONS for unwanted in _NOT_WANTED),
        "chu khong", "chu ko", "chu k", "dung cho", "dung gui", "ko phai",
        "khoi ty", "khoi ti", "khoi phan", "khoi so", "khoi muc", "khoi toc", "khoi ten",
        "not the percentage", "rather than",
    )
)  # fmt: skip
_REFUSED = frozenset({"lay", "can", "hoi", "noi", "phai", "tinh", "khoi"})  # không lấy %, không phải %
_SET_ASIDE = {first: [mark for mark in _SET_ASIDE_WORDS if mark[0] == first] for first, *_ in _SET_ASIDE_WORDS}
STATED = frozenset({Ask.CHANGE, Ask.PLAN, Ask.PLAN_SHARE})  # what a statement to be checked speaks of
_TOLD_FIGURES = STATED | {Ask.VALUE}
_COUNTING = frozenset({"may", "nhieu", "nhiu", "bn"})
_HOW_MANY = frozenset({"may", "nhieu", "bn"})
_STILL = frozenset({("con", "bao"), ("con", "may")})
_ASKING_WORDS = QUESTION_WORDS | {"khong", "chua"}
_HALF = frozenset({"dau", "cuoi", "nam", "sau"})
_MORE = 4  # words from the counting one within which `nữa` still belongs to it
_AUXILIARIES = frozenset({"is", "are", "was", "were", "did", "does", "do", "has", "have", "had"})  # Was it on track?
_GIVERS = frozenset({"quan", "vi", "ben"})  # cơ quan nào, đơn vị nào, bên nào
GIVING = frozenset({("dua", "ra"), ("cong", "bo"), ("hop", "bao"), ("cung", "cap")})
_BY_WHOM = frozenset({("do", "ai", "cung", "cap"), ("do", "ai", "cong", "bo")})
_PERSONS = frozenset({("lanh", "dao"), ("dong", "chi"), ("can", "bo")})
_BETWEEN = 3
_ASKERS = frozenset({"toi", "em", "anh", "chi", "minh", "chung"})
_PAIR = 2
_DISMISSED = frozenset(
    {("thi", "khoi"), ("thi", "thoi"), ("khong", "can"), ("khoi", "can"), ("ko", "can"), ("k", "can")}
)
_SIGNS = frozenset({"roi", "khoi", "thoi", "can", "chi", "khong", "ko", "k", "dung"})  # what any of these forms has
_HAVING = frozenset({"biet", "co", "nam", "thuoc"})  # biết rồi, có rồi, nắm rồi
_WISHES = frozenset({"muon", "mong"})
_DEMANDS = frozenset({("de", "nghi"), ("yeu", "cau"), ("giao",), ("giao", "cho"), ("nhac",), ("nhac", "nho")})
_AS_SAID = frozenset({("theo", "loi"), ("theo", "y")})
_MUST = "phai"
_GIVEN_TO = ("giao",)
PLANS = frozenset({"plan", "target", "ask_plan", "budget_estimate"})


def asked(words: Words, hits: Sequence[Hit], lexicon: Lexicon, ruled: Container[int]) -> frozenset[Ask]:
    """Everything the hits ask for, less what the message rules out."""
    wanted = [h for h in wanted_of(hits, ruled) if not _is_superlative(words, h, lexicon)]
    asks = asks_of(wanted, lexicon)
    if several_asked(words):
        asks |= {Ask.LIST}
    if _more(words):
        asks |= {Ask.REMAINING}
    if _which_person(words):
        asks |= {Ask.PERSON}
    if not asks and words and words[0].folded in _AUXILIARIES and lexicon.is_english(words):
        judged = any(ConceptKind.JUDGEMENT in lexicon.kinds(h) for h in hits)
        asks = frozenset({Ask.CHECK, Ask.STATUS} if judged else {Ask.CHECK})
    if _publisher(words):
        asks = asks - {Ask.NAMES, Ask.PERSON, Ask.LIST} | {Ask.ORGANISER}
    told = asks <= _TOLD_FIGURES and words.said.isdisjoint(_COUNTING)
    return asks | _tag(words) if told or words.said.isdisjoint(_ASKING_WORDS) else asks


def _is_superlative(words: Sequence[Token], hit: Hit, lexicon: Lexicon) -> bool:
    """`ngành nào tăng yếu nhất`, `khối nào yếu hơn`: one beside others, and no weakness."""
    last = hit.end < len(words) and words[hit.end].folded in ("nhat", "hon")
    return last and lexicon.kinds(hit) == {ConceptKind.JUDGEMENT}


def bare_percents(tokens: Sequence[Token]) -> list[int]:
    """Where per cent signs end that belong to no number, and so ask for one."""
    return [
        t.end
        for i, t in enumerate(tokens)
        if t.text == "%" and i and not _numbered(tokens[i - 1], t) and not _refuses(tokens[max(0, i - 2) : i])
    ]


def asked_by_signs(words: Sequence[Token], hits: Sequence[Hit], signs: Sequence[int]) -> frozenset[Ask]:
    """What bare per cent signs ask for: a rate, or a share of the plan where it follows: `% kế hoạch`."""
    if not signs:
        return frozenset()
    plans = (words[h.start].start for h in hits if not PLANS.isdisjoint(h.concepts))
    if any(0 <= start - end <= 1 for start in plans for end in signs):
        return frozenset({Ask.PERCENT, Ask.PLAN_SHARE})
    return frozenset({Ask.PERCENT})


def _refuses(before: Sequence[Token]) -> bool:
    """`không lấy %`, `khỏi ghi %`: whether the words before a sign say that it is not asked for."""
    folded = [t.folded for t in before]
    return folded[-1] in _REFUSED or folded[0] in _NEGATIONS


def _numbered(before: Token, sign: Token) -> bool:
    """Whether the sign belongs to the number before it; a year with a gap after it is no per cent."""
    year = len(before.text) == len("2023") and before.text.startswith("20") and before.end < sign.start
    return before.is_number and not year


def _which_person(words: Words) -> bool:
    """`lãnh đạo tỉnh nào`: whether it is asked which of them, whatever stands between."""
    if "nao" not in words.said or _PERSONS.isdisjoint(words.pairs):
        return False
    pairs = enumerate(pairwise(words.folded))
    return any(pair in _PERSONS and "nao" in words.folded[i + 2 : i + 2 + _BETWEEN] for i, pair in pairs)


def _publisher(words: Words) -> bool:
    """`cơ quan nào … công bố`, `do bên nào đưa ra`, `lấy từ đơn vị nào`: who held it or gave it out."""
    if "nao" not in words.said and ("do", "ai") not in words.pairs:
        return False
    folded = words.folded
    asked_for = [i for i, word in enumerate(folded) if word in _GIVERS and "nao" in folded[i + 1 : i + _BETWEEN + 1]]
    given = any(pair in GIVING for i in asked_for for pair in pairwise(folded[i + 2 : i + REACH]))
    given = given or any(said in _BY_WHOM for said in zip(folded, folded[1:], folded[2:], folded[3:], strict=False))
    return given or any(folded[at : at + 2] == ("lay", "tu") for i in asked_for for at in (i - 2, i - 3) if at >= 0)


def _tag(words: Words) -> frozenset[Ask]:
    """A particle that turns a statement into a question: `chủ trì là ông … à?`"""
    last = words[-1].text.casefold() if words else ""
    return frozenset({Ask.CHECK}) if last in TAGS else frozenset()


def _more(words: Words) -> bool:
    """`thêm mấy xã nữa thì …`, `còn phải làm mấy việc`: whether what is yet to come is asked for."""
    if ("phai", "lam") in words.pairs and not _STILL.isdisjoint(words.pairs):
        return True
    if "nua" not in words.said or _COUNTING.isdisjoint(words.said):
        return False
    folded = words.folded
    pairs = enumerate(zip(folded, (*folded[1:], ""), strict=True))
    more = [i for i, (word, after) in pairs if word == "nua" and after not in _HALF]  # nửa đầu năm
    return any(not _COUNTING.isdisjoint(folded[max(0, i - _MORE + 1) : i]) for i in more)


def ruled_out(words: Words, breaks: Sequence[int]) -> frozenset[int]:
    """The words that a negation sets aside, up to the next mark: `không lấy phần trăm`, `không phải số 9 tháng`."""
    folded = words.folded
    if _SET_ASIDE.keys().isdisjoint(words.said):
        return frozenset()
    return frozenset(
        i
        for at in range(len(folded) - 1)
        if any(folded[at : at + len(mark)] == mark for mark in _SET_ASIDE.get(folded[at], ()))
        for i in range(at + 1, min([at + REACH, *(b for b in breaks if b > at + 1)]))
    )


def had_already(words: Words) -> frozenset[int]:
    """`…, tỷ trọng thì tôi biết rồi`, `…, tôi không cần số xã`: what is not wanted, from the mark before it on."""
    if _SIGNS.isdisjoint(words.said):
        return frozenset()
    # A gap wider than a space holds a mark.
    start = next((i for i in range(len(words) - 1, 0, -1) if words[i].start - words[i - 1].end > 1), 0)
    if not start:
        return frozenset()
    said = words.folded[start:]
    done = (said[-1] == "roi" and bool(_HAVING & set(said[-_BETWEEN:]))) or said[-_PAIR:] in _DISMISSED
    opening = said[1:] if said[0] in _ASKERS else said
    only = opening is not said and ("chi", "co") in pairwise(said)
    refused = len(opening) > _PAIR and opening[0] in _NEGATIONS and opening[1] in _REFUSED
    return frozenset(range(start, len(words))) if done or only or refused else frozenset()


def wanted_of(hits: Sequence[Hit], ruled: Container[int]) -> list[Hit]:
    """Hits without those that a negation rules out: `chứ không cần tỷ lệ kế hoạch`."""
    return [h for h in hits if h.start not in ruled]


def someone_wishes(words: Words, hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """Whether an office is said to wish for something, of which no amount is asked."""
    offices = (h for h in hits if ConceptKind.OFFICE in lexicon.kinds(h))
    return words.said.isdisjoint(_HOW_MANY) and any(
        words[h.end].folded in _WISHES for h in offices if h.end < len(words)
    )


def someone_said(words: Words, hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """`… theo lời Bí thư`: whether something is asked about as an office put it."""
    offices = (h for h in hits if ConceptKind.OFFICE in lexicon.kinds(h))
    return any(words.folded[max(0, h.start - 2) : h.start] in _AS_SAID for h in offices)


def someone_demands(words: Words, hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """Whether an office or a person is followed by something to be done, or asks for it."""
    kinds = [lexicon.kinds(h) for h in hits]
    spoken = [words.folded[h.start : h.end] for h in hits]
    by = [ConceptKind.OFFICE in k or Ask.PERSON in lexicon.asked_by(h) for h, k in zip(hits, kinds, strict=True)]
    if any(before and said in _DEMANDS for before, said in zip(by, spoken[1:], strict=False)):
        return True
    efforts = [at for at, found in enumerate(kinds) if found == {ConceptKind.EFFORT}]
    if any(at and spoken[at - 1] == _GIVEN_TO for at in efforts):
        return True  # `các sở bị giao phân tích cái gì`
    if any(hits[at].start and words[hits[at].start - 1].folded == _MUST for at in efforts):
        return True  # `phải phân tích những gì`
    who = next((at for at, found in enumerate(kinds) if ConceptKind.OFFICE in found), None)
    return who is not None and any(at > who for at in efforts)


def asks_of(hits: Sequence[Hit], lexicon: Lexicon) -> frozenset[Ask]:
    """What the hits ask for."""
    return frozenset().union(*[lexicon.asked_by(h) for h in hits], *[lexicon.asks(c) for h in hits for c in h.also])
