"""What the words before and after an amount say about it: how exact it is, and what it is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.editing.numbers import Amount
from bot.editing.units import is_ratio
from bot.model import Aspect, Qualifier

_QUALIFIER = re.compile(
    r"\b(?P<word>trên|hơn|gần|dưới|khoảng|xấp xỉ|chừng|ngót|tròn|đạt|tới)\s*$|\b(?P<estimate>ước(?: tính)?)\s*$", re.I
)
_ESTIMATE = re.compile(r"(?<!mong )(?<!quy )(?<!thỏa )(?<!công )(?<!giao )\bước\b(?! mơ| nguyện| muốn)", re.I)
# Where the words about one figure end and those about the next begin.
_STOP = (
    r"(?=\s*(?:[,;:()]|$|\.(?:\s|$)|…"
    r"|\s(?:và|nhưng|đồng thời)\s(?:tăng|giảm|bằng|đạt|gấp|vượt|ước|cao|thấp|chiếm|hoàn thành|đứng|xếp|\d)"
    r"|\s(?:trong đó|tăng|giảm|bằng|đạt|gấp|ước đạt|vượt|cao hơn|thấp hơn)\s(?!chuẩn|và)))"
)
_PLAN_WORDS = (
    r"(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|kịch bản|KH(?=\W)|[Nn]ghị quyết|số giao|số vốn|tổng vốn|tổng số vốn"
    r"|tổng kế hoạch)"
)
_SAME_WORDS = (
    r"(?:cùng kỳ|cùng thời điểm|bình quân|(?:năm|tháng|quý|kỳ|vụ|đầu năm|cuối năm|thời điểm|nhiệm kỳ)\s*"
    r"(?:trước|ngoái|liền kề|\d{4}|\d{1,2}|[IV]+\b|đầu năm|cuối năm)|đầu năm|cuối năm)"
)
_PLAN_TAIL = re.compile(rf"\s*(?:so với |so |với |của )?(?P<what>{_PLAN_WORDS}[^,;:()]*?){_STOP}")
_SAME_TAIL = re.compile(rf"\s*(?:so với|so|với)?\s*(?P<what>{_SAME_WORDS}[^,;:()]*?){_STOP}", re.I)
_OTHER_TAIL = re.compile(rf"\s*so (?:với )?(?P<what>[^,;:()]+?){_STOP}", re.I)
_WHOLE_TAIL = re.compile(
    rf"\s*(?:trong |so với |trên )?(?P<what>(?:tổng|toàn ngành|cơ cấu|quy mô)\s?[^,;:()]*?){_STOP}", re.I
)
_ABOUT_TAIL = re.compile(rf"\s*về (?P<what>[^,;:()]+?){_STOP}", re.I)
_SAME_BEFORE = re.compile(r"so (?:với )?(?P<what>cùng kỳ[^,;:()]*?|năm trước)[,\s]*(?:tăng|giảm)\s*$", re.I)

_UP = r"(?:tăng trưởng|tăng bình quân|tăng thêm|tăng lên|tăng|cao hơn|nhiều hơn|vượt mức|vượt|gấp|nhích)"
_DOWN = r"(?:tăng trưởng âm|giảm bớt|sụt giảm|giảm|sụt|thấp hơn|ít hơn|hụt|âm)"
_CHANGE = re.compile(
    rf"\b(?P<way>{_DOWN}|{_UP})(?:\s(?:nhẹ|mạnh|khá|cao|nhanh|sâu|được|tới|thêm))*(?P<than>\s(?!từ\b|lên\b|còn\b"
    rf"|xuống\b)[^,;()]{{3,40}})?\s*$",
    re.I,
)
_RANK = re.compile(r"(?:\bthứ|(?:xếp|đứng)\s(?:ở\s)?(?:hạng|vị trí|vị thứ)|vị trí(?: số)?|thứ hạng)\s*$", re.I)
_LEVEL = re.compile(r"(?:\bcòn|\bxuống|\blên|(?:tăng|giảm|nâng|rút)\s(?:lên|đến|tới)|\bmức|\btừ)\s*$", re.I)
_FROM = re.compile(r"(?:tăng|giảm|nâng|từ mức)\s*(?:\w+\s)?từ\s*$", re.I)
_PLAN = re.compile(
    r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|kịch bản)(?:\s+(?:năm|cả|giao|được|đề|đặt|ra|tăng|trưởng|\d{4}"
    r"|đạt|là|trên|của|tỉnh|từ))*\s*:?\s*$",
    re.I,
)
_SHARE = re.compile(r"chiếm(?:\s(?:tỷ trọng|tỷ lệ|tới))?\s*$|\b(?:tỷ trọng|cơ cấu)\b[^,;]*$", re.I)
_EQUAL = re.compile(r"(?:(?<!mặt )bằng|tương đương|tương ứng)(?: với)?\s*$", re.I)
_REACH = re.compile(r"(?:đạt|hoàn thành|thực hiện|được|đạt tỷ lệ)\s*$", re.I)
_GROWTH = re.compile(r"tăng trưởng|tốc độ (?:tăng|giảm)|mức (?:tăng|giảm)", re.I)

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Saying:
    """How an amount is meant. `number` is signed; `derived` says it was computed from what is written.

    `tail_end` is where the words that belong to it end; `about` names what of the subject is compared.
    """

    aspect: Aspect
    number: Decimal
    unit: str
    tail_end: int
    qualifier: Qualifier | None = None
    against: str | None = None
    about: str | None = None
    derived: bool = False
    earlier: bool = False  # the level it rose or fell from
    doubts: tuple[str, ...] = ()


def qualifier_of(before: str) -> tuple[Qualifier | None, str]:
    """The qualifier that ends `before`, and what stands before it."""
    word, rest = "", before
    found = _QUALIFIER.search(rest)
    if found and found["word"] and found["word"].casefold() not in ("đạt", "tròn", "tới"):
        word, rest = found["word"].casefold(), rest[: found.start()]
    estimated = _ESTIMATE.search(rest) is not None
    nearly, over = word in ("gần", "ngót"), word in ("trên", "hơn")
    if estimated and (nearly or over or not word):
        return (
            Qualifier.ESTIMATED_NEARLY if nearly else Qualifier.ESTIMATED_OVER if over else Qualifier.ESTIMATED
        ), rest
    if not word:
        return None, rest
    return Qualifier({"ngót": "gần", "chừng": "khoảng"}.get(word, word)), rest


@dataclass(frozen=True, slots=True)
class Context:
    """An amount with the words `before` it; `text` up to `limit` may belong to it.

    `follows_ratio` and `follows_value` say what the amount before it was, when nothing but cue words stands between.
    """

    text: str
    before: str
    amount: Amount
    limit: int
    follows_ratio: bool = False
    follows_value: bool = False


def saying_of(context: Context) -> Saying:
    """What one amount says."""
    qualifier, cue = qualifier_of(context.before)
    amount = context.amount
    if _RANK.search(cue):
        found = _says(amount, Aspect.RANK)
    elif is_ratio(amount.unit):
        found = _ratio(context, cue)
    else:
        found = _amount(context, cue)
    return replace(found, qualifier=qualifier)


def comparison_start(before: str) -> int | None:
    """Where words that only compare begin: `thấp hơn bình quân cả nước`, `so với cùng kỳ giảm` name no subject."""
    _, cue = qualifier_of(before)
    change, same = _CHANGE.search(cue), _SAME_BEFORE.search(cue)
    if same:
        return same.start()
    return change.start() if change and change["than"] and _compares(change) else None


def _says(amount: Amount, aspect: Aspect, tail: re.Match[str] | None = None) -> Saying:
    end = amount.end + (tail.end("what") if tail else 0)
    return Saying(aspect, amount.number, amount.unit, end, against=_tidy(tail["what"]) if tail else None)


def _tidy(words: str) -> str:
    return re.sub(r"\s(?:và|với|cùng)$", "", " ".join(words.split()))


def _amount(context: Context, cue: str) -> Saying:
    """Money, weights and things counted."""
    amount = context.amount
    after = context.text[amount.end : context.limit]
    bare = _PLAN_TAIL.match(context.text[amount.digits_end : context.limit])
    if bare and amount.of is None and context.follows_value and (_EQUAL.search(cue) or _REACH.search(cue)):
        found = replace(_says(amount, Aspect.PLAN_SHARE, bare), unit="%", doubts=("percent",))
        return replace(found, tail_end=amount.digits_end + bare.end("what"))
    if _FROM.search(cue):
        return replace(_says(amount, Aspect.VALUE), earlier=True, doubts=("earlier",))
    if _PLAN.search(cue):
        return _says(amount, Aspect.PLAN)
    change = _CHANGE.search(cue)
    if not change or change["than"]:
        return _says(amount, Aspect.VALUE)
    found = _says(amount, Aspect.CHANGE, _SAME_TAIL.match(after) or _OTHER_TAIL.match(after))
    before = _SAME_BEFORE.search(cue)
    return replace(
        found,
        number=-amount.number if _falls(change) else amount.number,
        against=found.against or (before["what"].strip() if before else None),
    )


def _ratio(context: Context, cue: str) -> Saying:
    """Per cent, points of it, and times."""
    amount = context.amount
    after = context.text[amount.end : context.limit]
    plan, same = _PLAN_TAIL.match(after), _SAME_TAIL.match(after)
    tail = plan or same or _OTHER_TAIL.match(after)
    change = _CHANGE.search(cue)
    if _PLAN.search(cue):
        return _says(amount, Aspect.PLAN)
    if _FROM.search(cue):
        return replace(_says(amount, Aspect.VALUE), earlier=True, doubts=("earlier",))
    if _LEVEL.search(cue) and not (change and not change["than"]) and not _GROWTH.search(cue):
        return _says(amount, Aspect.VALUE)
    if change and _compares(change):
        return _change(amount, change, tail, _ABOUT_TAIL.match(after))
    if amount.signed:
        return _says(amount, Aspect.CHANGE, tail)
    if amount.unit == "lần":
        return replace(
            _says(amount, Aspect.CHANGE if tail else Aspect.VALUE, tail), doubts=() if tail else ("measure",)
        )
    if plan:
        return _says(amount, Aspect.PLAN_SHARE, plan)
    if same and amount.unit == "%" and (_EQUAL.search(cue) or _REACH.search(cue)):
        found = _says(amount, Aspect.CHANGE, same)
        return replace(found, number=amount.number - HUNDRED, derived=True, doubts=("derived",))
    if same:
        return replace(_says(amount, Aspect.CHANGE, same), doubts=("direction",))
    whole = _WHOLE_TAIL.match(after)
    if whole or _SHARE.search(cue):
        return _says(amount, Aspect.SHARE, whole)
    if amount.unit == "%" and (context.follows_ratio or context.follows_value):
        return replace(_says(amount, Aspect.SHARE), doubts=() if context.follows_ratio else ("share",))
    return _says(amount, Aspect.CHANGE if _GROWTH.search(cue) else Aspect.VALUE)


def _change(amount: Amount, change: re.Match[str], tail: re.Match[str] | None, about: re.Match[str] | None) -> Saying:
    found = _says(amount, Aspect.CHANGE, tail or about)
    than = change["than"].strip() if change["than"] else None
    return replace(
        found,
        number=-abs(amount.number) if _falls(change) else amount.number,
        against=(found.against if tail else None) or than,
        about=about["what"] if about and not tail else None,
    )


def _falls(change: re.Match[str]) -> bool:
    return re.fullmatch(_DOWN, change["way"], re.I) is not None


def _compares(change: re.Match[str]) -> bool:
    """`thấp hơn bình quân chung 2,1 điểm` compares; `tăng trưởng GRDP đạt 7%` names its subject after the word."""
    return not change["than"] or change["way"].casefold().endswith("hơn")
