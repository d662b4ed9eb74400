"""The subject of an amount: the words around it with times, scopes, cues and connectives taken off."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.editing.numbers import Amount
from bot.editing.units import is_measured, without_scale
from bot.text import fold, fold_in_place
from bot.time_mention import TimeMention, TimeRole
from bot.timeline import find_times

# Words that lead to an amount and say nothing about its subject; taken off the end again and again.
_CUE = re.compile(
    r"(?:\b(?:(?:tăng|giảm|nhích)(?: thêm)?(?: mạnh| nhẹ| khá| cao| nhanh| sâu)?|tức là|tức|ước thực hiện"
    r"|ước tính|ước|đạt được|mới đạt|chỉ đạt|đạt tỷ lệ|đạt|chỉ bằng|mới bằng|mới được"
    r"|(?<!mặt )bằng|chỉ|tăng trưởng|tăng thêm|tăng|giảm bớt|giảm|gấp|vượt|là|có|được|gồm"
    r"|bao gồm|khoảng|còn|ở mức|mức|hoàn thành|thực hiện được|chiếm tỷ trọng|chiếm tỷ lệ|chiếm|thứ|xếp|đứng"
    r"|duy trì|tương đương|tương ứng"
    r"|lên|xuống|từ|đến|tới|trên|hơn|gần|dưới|xấp xỉ|cao hơn|thấp hơn|đã|hiện|lần lượt|và|nhưng|trong đó|như"
    r"|nhất là|về đích|vị trí|hạng"
    r"|kế hoạch năm|kế hoạch|chỉ tiêu|mục tiêu|dự toán|thêm|tròn|chừng|ngót|so với|so|đã thu|về|hết|tính)"
    r"|[(),:;.…–-])\s*$",
    re.I,
)
_COPULA = re.compile(r"\b(?:đạt|là|ước|ước tính|(?<!mặt )bằng|còn|mức|lên|xuống|khoảng|chiếm|tăng|giảm)\b[^,]*$", re.I)
_LEADING = re.compile(
    r"^(?:[\s(),:;.…–+*•-]+|(?:theo đó|trong đó|bên cạnh đó|cùng với đó|ngoài ra|đồng thời|đặc biệt|riêng"
    r"|cụ thể|kết quả|qua đó|nhờ đó|tuy nhiên"
    r"|đáng chú ý|hiện nay|hiện|như vậy|song song|nổi bật|cùng với|tính chung|tính riêng|tính|lũy kế|luỹ kế|và"
    r"|với|gồm|bao gồm|nhất là|như|còn"
    r"|đã|có|đang|từ|xảy ra|trong năm|trong kỳ|trong quý|trong tháng|trong|ước|hết|đến|tới|của|vẫn|thì|mà|do|để"
    r"|nên|nâng|là|được|ở|tại|trên"
    r"|cho|phấn đấu)(?=[\s,:;]|$))\s*",
    re.I,
)
_SCOPE = re.compile(
    r"^((?:toàn|cả)\s(?:tỉnh|huyện|thành phố|thị xã|xã|ngành|quốc|nước|khối|Đảng bộ tỉnh|Đảng bộ huyện|Đảng bộ"
    r"|đảng bộ|vùng|khu vực)"
    r"|(?:trên )?địa bàn(?: toàn)? (?:tỉnh|huyện|thành phố)|(?:các )?(?:tỉnh|huyện)(?= (?:đã|có|đạt|kết nạp|thu"
    r"|giải)))\b[\s,]*",
    re.I,
)
_ACT = re.compile(
    r"\s(?:đã |đang |được |tiếp tục |sẽ )*(?:kiểm tra|giám sát|thi hành|kết nạp|thực hiện|giải quyết|xử lý"
    r"|tổ chức|lập mới|thành lập|giải ngân|bắt"
    r"|phát hiện|khởi tố|cấp(?= giấy| phép| sổ)|trồng|sáp nhập|ban hành|xây dựng|tiếp nhận|tặng|trao|hỗ trợ"
    r"|thu hút|xóa|xoá|vận động|huy động|khai trừ|ủng hộ)\b"
)
_BODY = re.compile(
    r"^(?:các |toàn |lực lượng |ngành )*(?:cấp ủy|cấp uỷ|UBKT|ủy ban|uỷ ban|đảng ủy|đảng uỷ|đảng bộ|chi bộ|ban"
    r"|sở|ngành|công an|UBND|HĐND|mặt trận|hội"
    r"|đoàn|khối|tỉnh|huyện|địa phương|cơ quan|đơn vị|cấp|tòa án|viện|bộ|lực lượng|đồn|cục|chi cục|xã|phường"
    r"|thành phố)\b",
    re.I,
)
_VERB = re.compile(
    r"\b(?:đạt|tăng|giảm|được|có|là|đã|phát triển|duy trì|tiếp tục|phục hồi|bảo đảm|đảm bảo|ổn định|chú trọng"
    r"|quan tâm|diễn ra|hoàn thành)\b",
    re.I,
)
_ADVERB = re.compile(
    r"^(?:theo|căn cứ|thực hiện (?:nghị quyết|kết luận|chỉ thị|đề án)|nhờ|với (?:sự|tinh thần|quyết tâm)"
    r"|sau khi|so với|từ đầu|trước|bên cạnh|để|nhằm|đối với)\b",
    re.I,
)
_TOPIC = re.compile(
    r"^\s*(?:[-–+*•]\s*)?(?:(?:Về|Đối với|Trong lĩnh vực|Lĩnh vực|Công tác"
    r"|Trong công tác)\s+(?P<topic>[^,:;.()\d]{3,60})[,:]"
    r"|(?<=[-–+*•]\s)(?P<header>[^,:;.()\d]{3,50}):)"
)
# Measures that mean nothing without the thing they measure.
_SECONDARY = re.compile(
    r"^(?:đóng góp|trị giá|tổng trị giá|tổng kinh phí|kinh phí|tổng vốn(?: đăng ký| đầu tư)?|vốn đăng ký"
    r"|số vốn(?: đăng ký)?|vốn|số tiền|tổng số tiền"
    r"|tổng số|số lượng|tổng mức đầu tư|tổng diện tích|diện tích|tổng giá trị|giá trị|số|nâng tổng số|tổng"
    r"|tỷ lệ|năng suất|sản lượng|doanh thu"
    r"|tổng vốn đăng ký|làm chết|bị thương|số doanh nghiệp)$",
    re.I,
)
# Left alone, these go on with the subject before them.
_CARRIES = re.compile(r"bình quân(?: chung)?|tính chung|cả năm|tổng cộng|trung bình|chung|hay|tương đương", re.I)
_TOLD = re.compile(r"(?:báo cáo|cho biết|thông tin|kết quả|sau|gồm|cụ thể|nêu rõ|như|là)\s*:\s*$", re.I)
_TARGETS = frozenset({"chi tieu", "ke hoach", "du toan", "muc tieu"})
_GENERIC = re.compile(r"^(?:thực hiện|triển khai|tiến hành|tổ chức)(?: với| đối với)?$", re.I)
_AFTER_END = re.compile(
    r"[,;:.()…]|\s(?:và|với)\s(?=(?:trên|hơn|gần|khoảng)?\s?\d)|\s(?:để|nhằm|so với|so cùng|tăng|giảm"
    r"|(?<!mặt )bằng|ước|với|trong đó|gấp|chiếm|tương ứng|lên|từ|như|theo)(?=\s)"
    r"|\s(?:và|đồng thời)\s(?:tăng|giảm|bằng|đạt)|\sđạt\s(?=\d|trên|gần|hơn)"
)
_DANGLING = re.compile(
    r"[\s\"“”]*\b(?:tại|ở|với|cho|của|trên|là|có|trong|và|được|từ|do|đạt|đến|cùng|gồm|theo|thực hiện"
    r"|trong tổng số|đối với)\s*$",
    re.I,
)
_DATE = re.compile(r"\d{1,2}\s?[/-]\s?\d{1,2}(?:[/-]\d{4})?")
_FULL_DAY = re.compile(r"\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?", re.I)
_WITH = re.compile(r".{8,}\svới\s(?=(?:tổng|số|tỷ|mức|doanh thu|vốn|diện tích|kinh phí)\b)")
_REMARK = re.compile(r"\(([^()\d]{2,60})\)")
_BRACKETS = str.maketrans("‹›", "()")
_TIME_WORD = re.compile(r"quý|tháng|năm|nửa|ngày|nay|\d{1,2}\s?[/-]\s?\d", re.I)
_PLANNED = re.compile(
    r"(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|giá so sánh|nghị quyết|nhiệm vụ|phấn đấu|so với)(?:\s(?:của|cho|cả"
    r"|đến|vốn|trong))*\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Content:
    """The subject in the words before an amount: `text` (or nothing), whose it is, whether a verb like đạt led on."""

    text: str
    scope: str | None
    start: int
    copula: bool


def times_in(text: str, anchor: dt.date, taken: Sequence[Amount], *, plans: bool = False) -> tuple[TimeMention, ...]:
    """Times that news text names; amounts (3/5) and words that only fold like a time (quỹ đầu tư) are left out.

    Times of plans (`nhiệm vụ 6 tháng cuối năm`) are left out too, unless `plans`.
    """
    days = [day.span() for day in _FULL_DAY.finditer(text)]
    found = find_times(fold_in_place(text), anchor, anchor)
    return tuple(
        time
        for time in found
        if _TIME_WORD.search(text[time.start : time.end])
        and time.role in (TimeRole.SUBJECT, TimeRole.NOW)
        and (plans or not _PLANNED.search(text[: time.start]))
        and not text[time.start - 1 : time.start].isalnum()
        and (time.day or not any(time.start < end and start < time.end for start, end in days))
        and not any(time.start < amount.digits_end and amount.start < time.end for amount in taken)
    )


def topic_of(sentence: str) -> str | None:
    """`Về giám sát chuyên đề, …`: what the whole sentence is about."""
    found = _TOPIC.match(sentence)
    named = (found["topic"] or found["header"]).strip() if found else ""
    return named if named and not _VERB.search(named) else None


def content_before(text: str, start: int, end: int, times: tuple[TimeMention, ...]) -> Content:
    """The words of `text` from `start` to `end` that can name a subject."""
    letters = list(text[start:end])
    for time in times:
        for place in range(max(time.start, start), min(time.end, end)):
            letters[place - start] = " "
    # A remark in brackets belongs to the noun before it: Tổng sản phẩm trên địa bàn (GRDP).
    words = _REMARK.sub(lambda found: f"‹{found[1]}›", "".join(letters))
    words = _DATE.sub(lambda found: " " * len(found.group()), words)
    topic = _TOPIC.match(words)
    if topic and topic_of(words):
        words = " " * topic.end() + words[topic.end() :]
    cut = _last_part(words)
    words, start = words[cut:], start + cut
    copula = _COPULA.search(words) is not None
    while found := _CUE.search(words):
        words = words[: found.start()]
    scope = None
    while (found := _LEADING.match(words) or _SCOPE.match(words)) and found.end():
        if found.re is _SCOPE:
            scope = found[1]
        words, start = words[found.end() :], start + found.end()
    act = _ACT.search(" " + words)
    if act and 0 < act.start() <= 60 and _BODY.match(words) and len(words[: act.start()].split()) <= 8:
        scope = words[: act.start()].strip().removesuffix(" đã")
        start += act.start()
        words = words[act.start() :]
    words = re.sub(r"^\s*(?:đã|được|đang|tiếp tục|sẽ)\s+", "", re.sub(r"\s+", " ", words).strip())
    if measured_with := _WITH.match(words):
        words = words[measured_with.end() :]
    words = words.translate(_BRACKETS).strip(' ,:;-–"“”')
    if _CARRIES.fullmatch(words):
        words = ""
    return Content(words, scope, start, copula)


def _last_part(words: str) -> int:
    """Where the last clause begins: after the last comma, unless commas only list nouns (nông, lâm và thuỷ sản)."""
    pieces = [(piece.start(), piece.group()) for piece in re.finditer(r"[^,:;()]+", words)]
    full = [(at, piece) for at, piece in pieces if piece.strip()]
    if not full:
        return 0
    if words.rstrip()[-1:] in (",", ";") or _TOLD.search(words):
        return len(words)
    at, last = full[-1]
    rest = full[:-1]
    while rest:
        before_at, before = rest.pop()
        joined = words[before_at + len(before) : at].strip() == ","
        short = (
            len(_LEADING.sub("", before.strip()).split()) <= 4
            and not _VERB.search(before)
            and not _ADVERB.match(before.strip())
        )
        noun_list = (
            " và " in words[at : at + len(last) + 40]
            or (len(rest) and len(before.split()) <= 2)
            or not _VERB.search(last)
        )
        if not (joined and short and noun_list) or _SCOPE.match(before.strip() + " "):
            break
        at = before_at
    return at


def words_after(text: str, start: int, limit: int) -> tuple[str, int]:
    """What follows a counted noun and belongs to it (`đạt chuẩn nông thôn mới`), and where that ends."""
    found = _AFTER_END.search(text, start, limit)
    end = found.start() if found else limit
    words = text[start:end]
    while dangling := _DANGLING.search(words):
        words = words[: dangling.start()]
    return " ".join(words.split()), start + len(words)


def is_secondary(words: str) -> bool:
    """Whether the words measure something named before rather than name it themselves."""
    return _SECONDARY.match(words) is not None


def is_generic(words: str) -> bool:
    """Whether the words only say that the sentence's topic was carried out."""
    return _GENERIC.match(words) is not None


def join(content: Content, unit: str, after: str) -> str:
    """The subject of a counted amount."""
    noun = "" if is_measured(unit) else without_scale(unit)
    if content.copula and content.text:
        return content.text
    known = fold(noun) in fold(content.text) or (bool(content.text) and fold(noun) in _TARGETS)
    words = [content.text, "" if known else noun, after]
    return " ".join(word for word in words if word)
