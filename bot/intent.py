"""What a message asks, once its times, its numbers and the plan it speaks of are known beside its words.

One rule a function: each takes what was asked so far and gives it back, changed where the rule applies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.asking import PLANS, STATED, asked_by_signs, someone_demands, someone_said, someone_wishes
from bot.lexicon import Hit, Lexicon
from bot.model import Ask, ConceptKind
from bot.number_mention import NumberMention
from bot.once import once
from bot.segments import is_amount
from bot.text import Words
from bot.time_mention import TimeMention, TimeRole

COMPARING = frozenset({"hon", "kem", "than"})  # xuất khẩu lớn hơn nhập khẩu, kém nhập khẩu, more than imports
_OPEN_ASKS = frozenset({Ask.LIST, Ask.CAUSE, Ask.STATUS, Ask.SOLUTION})  # what may be asked about a task too
_HOW_FAR = frozenset({Ask.VALUE, Ask.PLAN, Ask.CHANGE})  # ở mức nào, nâng lên điều gì
_OF_EACH = frozenset({("moi", "thang"), ("moi", "quy"), ("moi", "ngay"), ("moi", "tuan"), ("hang", "thang")})
_AMOUNTS = frozenset({Ask.VALUE, Ask.COUNT, Ask.MONEY})
_NO_AVERAGE = frozenset({Ask.SERIES, Ask.CHANGE, Ask.PERCENT, Ask.PLAN_SHARE, Ask.PLAN})
_OR = "hay"
_YET = "chua"
_JUDGING = frozenset({ConceptKind.JUDGEMENT, ConceptKind.QUALIFIER})
_TARGETS = frozenset({"target", "key_figures"})


class _Read(NamedTuple):
    words: Words
    hits: Sequence[Hit]
    times: Sequence[tuple[int, int, TimeMention]]
    numbers: Sequence[NumberMention]
    signs: Sequence[int]
    lexicon: Lexicon


class Read(_Read):
    """All of a message that decides what it asks; `numbers` without those that name a meeting."""

    @once
    def concepts(self) -> frozenset[str]:
        return frozenset([c for h in self.hits for c in h.concepts])

    @once
    def plans(self) -> set[int]:
        """The words at which a plan or a target is named."""
        if PLANS.isdisjoint(self.concepts):
            return set()
        return {h.start for h in self.hits if not PLANS.isdisjoint(h.concepts)}

    @once
    def against(self) -> bool:
        """Whether something is held against another time."""
        return any(m.role is TimeRole.AGAINST for _, _, m in self.times)

    def names(self, concept: str) -> bool:
        return concept in self.concepts


def settled(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """Everything the message asks; `asks` is what its phrases ask for by themselves."""
    for rule in _RULES:
        asks = rule(asks, read)
    return asks


def _to_whom(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`yêu cầu phân tích nguyên nhân nhắm tới ai`: whom a task is given to is told by the task, not by who gave it."""
    return asks - {Ask.PERSON} if Ask.DIRECTIVE in asks and read.names("ask_target_body") else asks


def _named(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`Chủ tịch chỉ đạo ở phiên 23 tên gì`: who holds the office is asked, not what he said."""
    if Ask.PERSON not in asks or not read.hits or "ask_name" not in read.hits[-1].concepts:
        return asks
    office = any(ConceptKind.OFFICE in read.lexicon.kinds(h) for h in read.hits)
    return asks - {Ask.DIRECTIVE, Ask.SPEECH} if office else asks


def _by_signs(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    signed = asked_by_signs(read.words, read.hits, read.signs)
    return asks - {Ask.PLAN} | signed if Ask.PLAN_SHARE in signed else asks | signed


def _part_of_plan(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`tương ứng mấy phần kế hoạch`, `đạt mấy phần trăm kế hoạch`, `đạt 70% kế hoạch phải không`: its share."""
    if not read.plans:
        return asks
    if read.names("part_of_whole"):
        asks = asks - {Ask.COUNT} | {Ask.PLAN_SHARE}
    percents = (h for h in read.hits if Ask.PERCENT in read.lexicon.asked_by(h))
    if any(h.end in read.plans and read.words[h.end].start - read.words[h.end - 1].end == 1 for h in percents):
        asks = asks - {Ask.PLAN} | {Ask.PLAN_SHARE}
    return asks | {Ask.PLAN_SHARE} if any(n.percent and n.end in read.plans for n in read.numbers) else asks


def _short_of_plan(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`thấp hơn kế hoạch bao nhiêu`: what is yet missing."""
    below = asks & {Ask.VALUE, Ask.PERCENT} and read.names("below_plan")
    if below or any(read.words[at - 1].folded in COMPARING for at in read.plans if at):
        return asks - {Ask.PLAN} | {Ask.REMAINING}
    return asks


def _yet(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`đã đạt 40% dự toán chưa`: whether a figure is reached by now, and not how much is left."""
    if read.numbers and Ask.REMAINING in asks and read.words[-1].folded == _YET:
        return asks - {Ask.REMAINING} | {Ask.CHECK}
    return asks


def _change(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`hơn năm ngoái bao nhiêu`, `so với 9 tháng 2021 thì … hơn mấy phần trăm`: how much it grew."""
    words = read.words
    if any(m.role is TimeRole.AGAINST and words[at - 1].folded in COMPARING for at, _, m in read.times if at):
        asks |= {Ask.CHANGE}
    if read.against and (asks == {Ask.COMPARE} or (Ask.PERCENT in asks and read.names("scale_more_than"))):
        asks |= {Ask.CHANGE}
    if Ask.CHANGE in asks and read.against and not read.plans:
        asks -= {Ask.PLAN_SHARE}  # `đi lên nhanh hay chậm so với nửa đầu năm trước`: how fast is how much it grew
    return asks


def _looked_up(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`số 186,7 nghìn tỷ là của quý nào`: the figure is looked up, and its card has the time."""
    return asks - {Ask.PERIOD} if read.hits and read.numbers else asks


def _each(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`mỗi tháng kết nạp được bao nhiêu`: how much of it there is of each is an average, and no total."""
    if read.words.pairs.isdisjoint(_OF_EACH) or asks & _NO_AVERAGE or not asks & _AMOUNTS:
        return asks
    return asks - {Ask.LIST} | {Ask.AVERAGE}  # unmarked, `mỗi` may be `mọi`


def _wish(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`Bí thư muốn các chỉ tiêu về đích ở mức nào`: what somebody wishes for is a task."""
    if not asks or not asks <= _HOW_FAR:
        return asks
    wished = someone_wishes(read.words, read.hits, read.lexicon) or someone_said(read.words, read.hits, read.lexicon)
    return frozenset({Ask.DIRECTIVE}) if wished else asks


def _demand(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`chủ tịch đề nghị phân tích những gì`, `mấy việc Bí thư giao`: what somebody requires is a task."""
    some = asks == {Ask.COUNT}  # some of them, and not how many
    beside = not _TARGETS.isdisjoint(read.concepts)
    asked = asks - {Ask.PLAN, Ask.RESULT} if beside else asks  # `… khi các chỉ tiêu chính đạt thấp`
    if not (some or asked - {Ask.PERSON} <= _OPEN_ASKS):
        return asks
    wished = Ask.CAUSE in asked and someone_wishes(read.words, read.hits, read.lexicon)
    if not wished and not someone_demands(read.words, read.hits, read.lexicon):
        return asks
    return (frozenset({Ask.LIST}) if some else asked) | {Ask.DIRECTIVE}


def _judgement(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`ổn hay kém`: which of two judgements holds is how it stands."""
    if _OR not in read.words.said:
        return asks
    ors = [at for at, word in enumerate(read.words.folded) if word == _OR]
    judged = [read.lexicon.kinds(h) <= _JUDGING for h in read.hits]
    ends = {h.end for h, known in zip(read.hits, judged, strict=True) if known}
    starts = {h.start for h, known in zip(read.hits, judged, strict=True) if known}
    return asks | {Ask.STATUS} if any(at in ends and at + 1 in starts for at in ors) else asks


def _check(asks: frozenset[Ask], read: Read) -> frozenset[Ask]:
    """`tăng tới 17,1%, rà giúp`: a figure that is stated is to be checked, an amount as an amount."""
    if asks and asks <= STATED and read.numbers:
        asks |= {Ask.CHECK}
    if Ask.CHECK in asks and any(is_amount(read.words, n) for n in read.numbers):
        asks |= {Ask.MONEY}
    return asks


_RULES = (
    _to_whom,
    _named,
    _by_signs,
    _yet,
    _part_of_plan,
    _short_of_plan,
    _change,
    _looked_up,
    _each,
    _wish,
    _demand,
    _judgement,
    _check,
)
