"""What is said when a number or a period in a file cannot be read."""

from __future__ import annotations

BAD_NUMBER = "số phải viết kiểu Việt Nam: 97.052 (hàng nghìn) hoặc 39,7 (thập phân)"
BAD_PERIOD = "kỳ phải có dạng 2023, 2023-Q2, 2023-H1, 2023-9M, 2023-07 hoặc 2023-07-05"


def bad_year(year: int) -> str:
    return f"năm {year} không hợp lý"


def bad_month(month: int) -> str:
    return f"tháng {month} không có trong lịch"


def bad_day(day: int, month: int, year: int) -> str:
    return f"ngày {day}/{month}/{year} không có trong lịch"
