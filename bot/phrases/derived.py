"""The words of computed figures: always with the figures they came from."""

from decimal import Decimal

from bot.number import format_number


def _amount(number: Decimal, unit: str) -> str:
    return f"{format_number(number)}{'' if unit == '%' else ' '}{unit}"


def about(number: Decimal, unit: str) -> str:
    return f"khoảng {_amount(number, unit)}"


def short_of_plan(percent: Decimal) -> str:
    return f"còn {_amount(percent, '%')} kế hoạch"


def rest_share(percent: Decimal) -> str:
    return f"còn {_amount(percent, '%')}"


def difference(whole: Decimal, part: Decimal, unit: str) -> str:
    return f"{format_number(whole)} − {format_number(part)} {unit}"


def ratio(value: str, share: str) -> str:
    return f"{value}; {share}"


def of_whole(part: str, whole: str) -> str:
    return f"{part} trên {whole}"


def monthly(number: Decimal, unit: str) -> str:
    return f"{_amount(number, unit)} mỗi tháng"


def over_months(value: str, months: int) -> str:
    return f"{value} trong {months} tháng"
