"""The words of computed figures: always with the figures they came from."""

from decimal import Decimal

from bot.number import format_number

BODIES = "đơn vị"
POINTS = "điểm phần trăm"
COMPUTED = "Tính từ các số liệu sau"


def amount(number: Decimal, unit: str) -> str:
    return f"{format_number(number)}{'' if unit == '%' else ' '}{unit}"


def about(number: Decimal, unit: str) -> str:
    return f"khoảng {amount(number, unit)}"


def year_before(amount: str) -> str:
    return f"cùng kỳ năm trước: {amount}"


def planned(amount: str) -> str:
    return f"kế hoạch cả năm: {amount}"


def short_of_plan(percent: Decimal) -> str:
    return f"còn {amount(percent, '%')} kế hoạch"


def rest_share(percent: Decimal) -> str:
    return f"còn {amount(percent, '%')}"


def difference(whole: Decimal, part: Decimal, unit: str) -> str:
    return f"{format_number(whole)} − {format_number(part)} {unit}"


def rest(amount: str) -> str:
    return f"còn thiếu {amount}"


def still_needed(amount: str) -> str:
    return f"còn cần {amount} trong phần còn lại của năm"


def total(reached: str, needed: str) -> str:
    return f"{reached} + {needed}"


def times(number: Decimal) -> str:
    return f"gấp khoảng {amount(number, 'lần')}"


def ratio(value: str, share: str) -> str:
    return f"{value}; {share}"


def of_whole(part: str, whole: str) -> str:
    return f"{part} trên {whole}"


def monthly(number: Decimal, unit: str) -> str:
    return f"{amount(number, unit)} mỗi tháng"


def over_months(value: str, months: int) -> str:
    return f"{value} trong {months} tháng"


def sum_of(number: Decimal, unit: str, *, rough: bool = False) -> str:
    return f"Cộng lại: {about(number, unit) if rough else amount(number, unit)}"


def gap_of(number: Decimal, unit: str, *, rough: bool = False) -> str:
    unit = POINTS if unit == "%" else unit
    return f"Chênh lệch: {about(number, unit) if rough else amount(number, unit)}"


def short_of_target(points: Decimal) -> str:
    return f"còn {amount(points, POINTS)} mới đạt mục tiêu"
