"""What a message asks, from its hits and a few signs that no single phrase carries."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from bot.lexicon import Hit, Lexicon
from bot.model import Ask, ConceptKind
from bot.number_mention import NUMBER_WORDS
from bot.phrases.speech import TAGS
from bot.preamble import QUESTION_WORDS
from bot.text import Token

# Words that rule out the few words after them.
_NEGATIONS = ("khong", "ko", "k", "khoi", "dung")
_NOT_WANTED = (
    "lay", "can", "noi", "hoi", "tinh", "dua", "ghi", "neu", "bao",
    "phai ty", "phai ti", "phai so", "phai phan", "phai toc", "phai muc",
)  # fmt: skip
_SET_ASIDE_WORDS = tuple(
    words.split()
    for words in (
        *(f"{negation} {unwanted}" for negation in _NEGATIONS for unwanted in _NOT_WANTED),
        "chu khong", "chu ko", "chu k", "dung cho", "dung gui", "ko phai",
        "khoi ty", "khoi ti", "khoi phan", "khoi so", "khoi muc", "khoi toc", "khoi ten",
        "not the percentage", "rather than",
    )
)  # fmt: skip
_REFUSED = frozenset({"lay", "can", "hoi", "noi", "phai", "tinh", "khoi"})  # không lấy %, không phải %
_SET_ASIDE = {first: [mark for mark in _SET_ASIDE_WORDS if mark[0] == first] for first, *_ in _SET_ASIDE_WORDS}
_EACH = frozenset({"tung", "moi", "theo"})
_BRANCHES = frozenset({"nganh", "khu", "linh", "nhom", "chi"})  # ba khu vực, bốn ngành, năm chỉ tiêu
_KINDS = frozenset({"nganh", "khu", "linh", "nhom", "loai", "mang", "chi"})  # từng ngành, theo khu vực, lĩnh vực nào
_TELL = frozenset({"ke", "neu"})  # kể ba khu vực, nêu bốn chỉ tiêu
_SEVERAL = frozenset({"hai", "ba", "bon", "bay", "cac", "nhung", "het", "ra"})
_PLURAL = _EACH | _BRANCHES | _TELL | {"nhung", "cac", "nao", "danh"}  # one of these stands in all that `_plural` reads
_HOW = frozenset({"co", "the", "muc", "chung", "nhu", "luc", "khi", "hoi"})  # cỡ nào, thế nào: how, and not which
STATED = frozenset({Ask.CHANGE, Ask.PLAN, Ask.PLAN_SHARE})  # what a statement to be checked speaks of
_COUNTING = frozenset({"may", "nhieu", "nhiu", "bn"})
_ASKING_ENDS = frozenset({"khong", "chua"})
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
_YEAR_DIGITS = 4
_WISHES = frozenset({"muon", "mong"})
_DEMANDS = frozenset({("de", "nghi"), ("yeu", "cau"), ("giao",), ("giao", "cho"), ("nhac",), ("nhac", "nho")})
_AS_SAID = frozenset({("theo", "loi"), ("theo", "y")})
_MUST = "phai"
_GIVEN_TO = ("giao",)
PLANS = frozenset({"plan", "target", "ask_plan", "budget_estimate"})
REACH = 7  # words a negation or a plural reaches


def asked(words: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon, ruled: Container[int]) -> frozenset[Ask]:
    """Everything the hits ask for, less what the message rules out."""
    wanted = [h for h in wanted_of(hits, ruled) if not _is_superlative(words, h, lexicon)]
    asks = asks_of(wanted, lexicon) | _plural(words) | _more(words)
    asks |= _which_person(words)
    if not asks and words and words[0].folded in _AUXILIARIES and lexicon.is_english(words):
        judged = any(ConceptKind.JUDGEMENT in lexicon.kinds(h) for h in hits)
        asks = frozenset({Ask.CHECK, Ask.STATUS} if judged else {Ask.CHECK})
    if _publisher(words):
        asks = asks - {Ask.NAMES, Ask.PERSON, Ask.LIST} | {Ask.ORGANISER}
    folded = {w.folded for w in words}
    told = asks <= STATED | {Ask.VALUE} and folded.isdisjoint(_COUNTING)
    told = told or folded.isdisjoint(QUESTION_WORDS | _ASKING_ENDS)
    return asks | _tag(words) if told else asks


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
    plans = (words[h.start].start for h in hits if not PLANS.isdisjoint(h.concepts))
    if any(0 <= start - end <= 1 for start in plans for end in signs):
        return frozenset({Ask.PERCENT, Ask.PLAN_SHARE})
    return frozenset({Ask.PERCENT}) if signs else frozenset()


def _refuses(before: Sequence[Token]) -> bool:
    """`không lấy %`, `khỏi ghi %`: whether the words before a sign say that it is not asked for."""
    folded = [t.folded for t in before]
    return folded[-1] in _REFUSED or folded[0] in _NEGATIONS


def _numbered(before: Token, sign: Token) -> bool:
    """Whether the sign belongs to the number before it; a year with a gap after it is no per cent."""
    year = len(before.text) == len("2023") and before.text.startswith("20") and before.end < sign.start
    return before.is_number and not year


def _plural(words: Sequence[Token]) -> frozenset[Ask]:
    """`những … nào`, `các … gì`: several are asked for."""
    folded = [w.folded for w in words]
    if _PLURAL.isdisjoint(folded):
        return frozenset()
    several = any(
        w in ("nhung", "cac") and any(q in ("nao", "gi") for q in folded[i + 2 : i + REACH])
        for i, w in enumerate(folded)
    )
    kinds = [w for w in folded if w != "cac"]  # theo các khu vực is theo khu vực
    each = any(a in _EACH and b in _KINDS for a, b in pairwise(kinds))
    counted = any(
        (a in NUMBER_WORDS or (a.isdecimal() and len(a) < _YEAR_DIGITS)) and b in _BRANCHES for a, b in pairwise(folded)
    )
    nao = {i for i, w in enumerate(folded) if w == "nao" and i and folded[i - 1] not in _HOW}
    which = any(w in _KINDS and nao & set(range(i + 1, i + 6)) for i, w in enumerate(folded))
    named = ("danh", "sach") in set(pairwise(folded)) and any(
        a in ("cac", "nhung") and b in _BRANCHES for a, b in pairwise(folded)
    )
    told = named or any(a in _TELL and (b in _SEVERAL or b.isdecimal()) for o, a, b in _triples(folded) if o != "thong")
    return frozenset({Ask.LIST}) if several or each or which or told or counted else frozenset()


def _triples(folded: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each word with the one before it, empty for the first, and the one after it."""
    return zip(("", *folded), folded, folded[1:], strict=False)


def _which_person(words: Sequence[Token]) -> frozenset[Ask]:
    """`lãnh đạo tỉnh nào`: which of them is asked, whatever stands between."""
    folded = [w.folded for w in words]
    found = any(
        pair in _PERSONS and "nao" in folded[i + 2 : i + 2 + _BETWEEN] for i, pair in enumerate(pairwise(folded))
    )
    return frozenset({Ask.PERSON}) if found else frozenset()


def _publisher(words: Sequence[Token]) -> bool:
    """`cơ quan nào … công bố`, `do bên nào đưa ra`, `lấy từ đơn vị nào`: who held it or gave it out."""
    folded = [w.folded for w in words]
    asked_for = [i for i, word in enumerate(folded) if word in _GIVERS and "nao" in folded[i + 1 : i + _BETWEEN + 1]]
    given = any(pair in GIVING for i in asked_for for pair in pairwise(folded[i + 2 : i + REACH]))
    given = given or any(said in _BY_WHOM for said in zip(folded, folded[1:], folded[2:], folded[3:], strict=False))
    return given or any(folded[at : at + 2] == ["lay", "tu"] for i in asked_for for at in (i - 2, i - 3) if at >= 0)


def _tag(words: Sequence[Token]) -> frozenset[Ask]:
    """A particle that turns a statement into a question: `chủ trì là ông … à?`"""
    last = words[-1].text.casefold() if words else ""
    return frozenset({Ask.CHECK}) if last in TAGS else frozenset()


def _more(words: Sequence[Token]) -> frozenset[Ask]:
    """`thêm mấy xã nữa thì …`: what is yet to come is asked for."""
    folded = [w.folded for w in words]
    halves = {i for i, pair in enumerate(pairwise(folded)) if pair[0] == "nua" and pair[1] in _HALF}  # nửa đầu năm
    folded = ["" if i in halves else w for i, w in enumerate(folded)]
    counted = (i for i, w in enumerate(folded) if w in _COUNTING)
    if {("con", "bao"), ("con", "may")} & set(pairwise(folded)) and ("phai", "lam") in set(pairwise(folded)):
        return frozenset({Ask.REMAINING})
    return frozenset({Ask.REMAINING}) if any("nua" in folded[i + 1 : i + _MORE] for i in counted) else frozenset()


def ruled_out(words: Sequence[Token], breaks: Sequence[int]) -> frozenset[int]:
    """The words that a negation sets aside, up to the next mark: `không lấy phần trăm`, `không phải số 9 tháng`."""
    folded = [w.folded for w in words]
    if _SET_ASIDE.keys().isdisjoint(folded):
        return frozenset()
    return frozenset(
        i
        for at in range(len(folded) - 1)
        if any(folded[at : at + len(mark)] == mark for mark in _SET_ASIDE.get(folded[at], ()))
        for i in range(at + 1, min([at + REACH, *(b for b in breaks if b > at + 1)]))
    )


def had_already(words: Sequence[Token]) -> frozenset[int]:
    """`…, tỷ trọng thì tôi biết rồi`, `…, tôi không cần số xã`: what is not wanted, from the mark before it on."""
    if _SIGNS.isdisjoint(w.folded for w in words):
        return frozenset()
    # A gap wider than a space holds a mark.
    start = next((i for i in range(len(words) - 1, 0, -1) if words[i].start - words[i - 1].end > 1), 0)
    said = [w.folded for w in words[start:]]
    done = (said[-1:] == ["roi"] and bool(_HAVING & set(said[-_BETWEEN:]))) or tuple(said[-_PAIR:]) in _DISMISSED
    opening = said[1:] if said[:1] and said[0] in _ASKERS else said
    only = ("chi", "co") in set(pairwise(said)) and opening is not said
    refused = len(opening) > _PAIR and opening[0] in _NEGATIONS and opening[1] in _REFUSED
    return frozenset(range(start, len(words))) if start and (done or only or refused) else frozenset()


def wanted_of(hits: Sequence[Hit], ruled: Container[int]) -> list[Hit]:
    """Hits without those that a negation rules out: `chứ không cần tỷ lệ kế hoạch`."""
    return [h for h in hits if h.start not in ruled]


def someone_wishes(words: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """Whether an office is said to wish for something, of which no amount is asked."""
    offices = (h for h in hits if ConceptKind.OFFICE in lexicon.kinds(h))
    counted = {"nhieu", "may", "bn"} & {w.folded for w in words}
    return not counted and any(words[h.end].folded in _WISHES for h in offices if h.end < len(words))


def someone_said(words: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """`… theo lời Bí thư`: whether something is asked about as an office put it."""
    offices = (h for h in hits if ConceptKind.OFFICE in lexicon.kinds(h))
    return any(tuple(w.folded for w in words[max(0, h.start - 2) : h.start]) in _AS_SAID for h in offices)


def someone_demands(words: Sequence[Token], hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """Whether an office or a person is followed by something to be done, or asks for it."""
    kinds = [lexicon.kinds(h) for h in hits]
    spoken = [tuple(w.folded for w in words[h.start : h.end]) for h in hits]
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
