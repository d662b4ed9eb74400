"""The words of answers: periods, figures, cards, and what is said when there is nothing to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from bot.model import Ask, Aspect, Figure
from bot.number import format_number
from bot.period import Period

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
FEW_PARTS = 20  # a part smaller than one in twenty reads better in words than as a ratio


def day(date: dt.date) -> str:
    return f"{date.day}/{date.month}/{date.year}"


def period(value: Period) -> str:
    """`6 tháng đầu năm 2023`, `quý II/2023`, `đến ngày 5/7/2023`."""
    if value.as_of or value.first == value.last:
        return f"đến ngày {day(value.last)}"
    year, first, last = value.year, value.first.month, value.last.month
    if value.first.year != year:
        return f"từ năm {value.first.year} đến năm {year}"
    if (first, last) == (1, 12):
        return f"năm {year}"
    if first == last:
        return f"tháng {first}/{year}"
    if last - first == 2 and first % 3 == 1:
        return f"quý {_ROMAN[last // 3]}/{year}"
    if first == 1:
        return f"{last} tháng đầu năm {year}"
    return f"{last - first + 1} tháng cuối năm {year}" if last == 12 else f"từ tháng {first} đến tháng {last}/{year}"


def amount(number: Decimal, unit: str) -> str:
    """`405 nghìn tỷ đồng`, `39,7%`."""
    return f"{format_number(number)}{'' if unit == '%' else ' '}{unit}"


def figure(value: Figure) -> str:
    """One figure as it is said: qualifier, number, unit, and what it is measured against."""
    qualifier = f"{value.qualifier.value} " if value.qualifier else ""
    if value.aspect is Aspect.CHANGE:
        return change(value, qualifier)
    if value.aspect is Aspect.RANK:
        return f"thứ {format_number(value.number)}" + (f"/{format_number(value.of)}" if value.of else "")
    if value.aspect is Aspect.VALUE and value.of is not None:
        if value.of > FEW_PARTS * value.number:
            return f"{qualifier}{amount(value.number, value.unit)} trong số {format_number(value.of)}"
        return f"{qualifier}{format_number(value.number)}/{amount(value.of, value.unit)}"
    text = f"{qualifier}{amount(value.number, value.unit)}"
    if value.aspect is Aspect.PLAN:
        return f"kế hoạch: {text}" + (f" ({value.against})" if value.against else "")
    return f"{text} {value.against}" if value.against else text


def change(value: Figure, qualifier: str = "") -> str:
    against = f" so với {value.against}" if value.against else " so với cùng kỳ"
    if value.number == 0:
        return f"không đổi{against}"
    verb = "tăng" if value.number > 0 else "giảm"
    return f"{verb} {qualifier}{amount(abs(value.number), value.unit)}{against}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def of_part(when: str, lead: str) -> str:
    """A lead of less than what was named: `6 tháng đầu năm 2023: ước 14,07 tỷ USD`."""
    return f"{capital(when)}: {lead[:1].lower()}{lead[1:]}"


def about(subject: str, when: str, where: str, scope: str | None) -> str:
    """What the lead is: subject, period, scope and place in one line."""
    extent = scope or ""
    if where and where not in extent:
        whole = f"toàn tỉnh {where}"
        extent = (
            extent.replace("toàn tỉnh", whole, 1)
            if "toàn tỉnh" in extent
            else ", ".join(filter(None, (extent, f"tỉnh {where}")))
        )
    return capital(", ".join(part for part in (subject, when, extent) if part))


def listed(parts: Iterable[str]) -> str:
    items = list(parts)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " và " + items[-1]


def said_by(name: str, title: str, to: str | None) -> str:
    return f"{name} ({title})" + (f" — gửi {to}" if to else "")


def briefing(title: str, date: dt.date | None) -> str:
    return f"{title}" + (f" (họp ngày {day(date)})" if date else "")


def note(text: str) -> str:
    return f"Lưu ý: {text}"


def no_figure(subject: str) -> str:
    return f"Không có số liệu về {subject}"


def only_words(statement: str) -> str:
    return f"Nguồn chỉ nêu bằng lời: {statement}"


def no_such_figure(what: str, subject: str) -> str:
    return f"Không có số liệu {what} của {subject}"


ASPECT_NAMES = {
    Aspect.VALUE: "tuyệt đối", Aspect.PLAN_SHARE: "so với kế hoạch", Aspect.PLAN: "kế hoạch",
    Aspect.CHANGE: "tăng, giảm", Aspect.SHARE: "tỷ lệ", Aspect.RANK: "xếp hạng",
}  # fmt: skip
NO_FORECAST = "dự báo"
NO_AVERAGE = "bình quân"

COMPUTED = "Tính từ số liệu gốc"


def computed(text: str) -> str:
    return f"{COMPUTED}: {text}"


CHECK_RIGHT = "Khớp với số trong nguồn."


def check_near(given: str) -> str:
    return f"Sát với nguồn, nơi ghi: {given}."


def check_rounded(asked: str, given: str) -> str:
    return f"Con số trong câu hỏi ({asked}) là số làm tròn; nguồn ghi: {given}."


def check_wrong(asked: str, given: str) -> str:
    return f"Con số trong câu hỏi ({asked}) khác với nguồn; nguồn ghi: {given}."


def against_level(level: str, given: str, *, passed: bool) -> str:
    return f"{'Đã qua' if passed else 'Chưa tới'} mức {level} trong câu hỏi: nguồn ghi {given}."


def check_belongs(asked: str, meaning: str) -> str:
    return f"Trong nguồn, {asked} là: {meaning}."


def check_person(asked: str) -> str:
    return f"Nguồn không ghi {asked} ở vai trò này."


def other_source(text: str, publisher: str) -> str:
    return f"Nguồn khác ghi: {text} ({publisher})"


LATEST = "Câu hỏi không nêu kỳ; đây là số mới nhất hiện có."


def directive_also(text: str) -> str:
    return f"Chỉ đạo liên quan: {text}"


def unknown_words(words: Iterable[str]) -> str:
    return "Không có dữ liệu về " + listed([f"“{w}”" for w in words])


NOTHING = "Không có số liệu này trong các cuộc họp, báo cáo hiện có"
ASK_DIFFERENTLY = (
    "Mời hỏi về số liệu, khó khăn, chỉ đạo hoặc thành phần của một cuộc giao ban; gõ /chude để xem các chủ đề."
)
THANKS = "Không có gì ạ; anh/chị cần thêm số liệu nào thì cứ hỏi"
NO_LIST = "Chưa có danh sách nào để chọn theo số; hãy gõ câu hỏi"
SMALL_TALK = "Tôi chỉ trả lời về số liệu và nội dung các cuộc giao ban, phiên họp, hội nghị đã được biên tập"
TOO_LONG = "Câu hỏi quá dài; mời hỏi gọn trong một, hai câu"
EMPTY = "Mời nhập câu hỏi, ví dụ: kết nạp được bao nhiêu đảng viên?"
UNSURE = "Có mấy mục gần với câu hỏi; mời chọn đúng mục cần xem"


def wrong_place(place: str, own: str) -> str:
    return f"Không có số liệu riêng của {place}; dữ liệu hiện có là của tỉnh {own}"


def wrong_period(asked: str, subject: str) -> str:
    return f"Không có số liệu {asked} về {subject}"


def no_step(subject: str, months: int) -> str:
    return f"Không có số liệu từng {'tháng' if months == 1 else 'quý'} về {subject}"


def other_periods(periods: Iterable[str]) -> str:
    return f"Hiện có: {listed(periods)}."


def open_item(subject: str, when: str) -> str:
    return f"{capital(subject)} — {when}"


def superseded(newer: str, when: str) -> str:
    return f"⚠️ Đã có số mới hơn ({when}): {newer}"


def number_of(number: str) -> str:
    return f"Không có mục nào ghi con số {number}"


DIFFICULTIES = "khó khăn, hạn chế"
DIRECTIVES = "ý kiến chỉ đạo"
RESULTS = "kết quả, số liệu chính"


def list_lead(count: int, what: str) -> str:
    return f"{count} {what}"


def held(session: str | None, date: dt.date) -> str:
    return capital(f"{session + ' ' if session else ''}ngày {day(date)}")


MEETING_DATE = "Thời gian họp"
CHAIR = "Chủ trì"
ATTENDING = "Dự họp"
YES_ATTENDED = "Có dự"
PERIOD_OF_MEETING = "Kỳ của cuộc họp"
COVERED = "Đánh giá kết quả"
PLANNED = "Bàn nhiệm vụ"
PURPOSE = "Mục đích"
DISCUSSED = "Đại biểu trao đổi"
VENUE = "Nơi họp"
PARTS = "phần"
ORGANISER = "Cơ quan tổ chức, công bố"
NO_AUTHOR = "Nguồn không ghi ai viết bài"
NO_CHAIR = "Nguồn không ghi ai chủ trì"
NO_DATE = "Nguồn không ghi ngày họp"
NO_DEADLINE = "Nguồn không ghi thời hạn"
NO_VENUE = "Nguồn không ghi nơi họp"
PARTICIPANTS_LEAD = "Thành phần dự họp"
ROLE_NAMES = {
    "chair": "chủ trì", "director": "phát biểu chỉ đạo", "speaker": "phát biểu", "reporter": "báo cáo",
    "concluder": "kết luận", "attendee": "dự họp",
}  # fmt: skip
ITEMS = "mục liên quan"


def series_row(when: str, figure: str, publisher: str) -> str:
    return f"{capital(when)}: {figure} ({publisher})"


def series_lead(first: str, last: str) -> str:
    return f"{first} → {last}"


def series_span(first: str, last: str) -> str:
    return f"từ {first} đến {last}" if first != last else first


MIXED_PERIODS = "Lưu ý: các kỳ dài ngắn khác nhau, không so trực tiếp được."


def carried(text: str) -> str:
    return f"Hiểu tiếp theo câu trước: {text}"


NO_SUBJECT = "Chưa rõ câu hỏi về chỉ tiêu, nội dung nào"
NO_NAMES = "Nguồn không nêu tên từng nơi, từng người"


def only_counted(subject: str, figures: str) -> str:
    return f"Nguồn chỉ nêu {subject}: {figures}"


def no_such_kind(asks: frozenset[Ask], subject: str) -> str:
    if Ask.DIRECTIVE in asks:
        return f"Không ghi nhận chỉ đạo riêng về {subject}"
    if asks & {Ask.DIFFICULTY, Ask.CAUSE}:
        return f"Không ghi nhận khó khăn, nguyên nhân riêng về {subject}"
    if Ask.SOLUTION in asks:
        return f"Không ghi nhận kiến nghị, giải pháp riêng về {subject}"
    if asks & {Ask.PERSON, Ask.NAMES, Ask.TITLE, Ask.PARTICIPANTS}:
        return f"Không có tên người gắn với {subject}"
    return f"Không có nội dung được hỏi về {subject}"


def author(name: str) -> str:
    return f"tác giả {name}"


AND = " và "


def other_meeting(title: str) -> str:
    return f"Không có dữ liệu của cuộc họp được hỏi; gần nhất là {title}"


def no_such_meeting(number: str) -> str:
    return f"Không có dữ liệu của phiên họp số {number}"


def person_is(name: str, titles: Iterable[str]) -> str:
    return f"{name}: {', '.join(titles)}"


def check_direction(figure: str) -> str:
    return f"Ngược chiều với nguồn; nguồn ghi: {figure}."


def directed_by(name: str) -> str:
    return f"Người phát biểu chỉ đạo được nêu tên: {name}."
