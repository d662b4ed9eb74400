"""What `check` says about the meaning of entries, phrasings and questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.period import Period

_NOTED = "; nếu nguồn viết đúng như vậy, thêm note vào con số"

BROKEN_LINK = "liên kết không mở được; ghi địa chỉ thật của bài"
FRONT_PAGE = "liên kết chỉ tới trang chủ; ghi địa chỉ riêng của bài, hoặc thêm note cho biết vì sao không có"
UNDATED = "không có ngày họp (date) lẫn ngày đăng (published); thêm ít nhất một ngày để biết số liệu của lúc nào"
NO_ENTRY = "cuộc họp chưa có mục nào: thêm facts, difficulties hoặc directives"


def day(value: dt.date) -> str:
    return f"{value.day}/{value.month}/{value.year}"


# Dates and periods


def period_not_begun(period: Period, on: dt.date) -> str:
    return (
        f"kỳ {period} chưa bắt đầu vào ngày {day(on)}; sửa kỳ, "
        "hoặc nếu là kế hoạch thì dùng aspect: plan hay ghi kỳ vào looks_ahead"
    )


def as_of_after_meeting(period: Period, on: dt.date) -> str:
    return f"số liệu tính đến ngày {day(period.last)} nhưng cuộc họp ngày {day(on)}; sửa lại ngày"


def other_year(period: Period, years: Sequence[int]) -> str:
    return f"kỳ {period} khác năm của cuộc họp ({', '.join(map(str, years))}); kiểm tra xem có gõ nhầm năm không"


def far_from_period(date: dt.date, period: Period) -> str:
    return f"ngày họp {day(date)} cách xa kỳ {period}; kiểm tra năm của ngày và của kỳ"


def published_before_meeting(published: dt.date, date: dt.date) -> str:
    return f"bài đăng ngày {day(published)}, trước ngày họp {day(date)}; kiểm tra hai ngày"


def looks_back(period: Period, on: dt.date) -> str:
    return f"kỳ {period} đã qua vào ngày {day(on)} nên không thể là nhiệm vụ sắp tới; sửa kỳ hoặc chuyển sang covers"


def in_the_future(date: dt.date) -> str:
    return f"ngày {day(date)} chưa tới; kiểm tra lại"


def review_due(due: dt.date) -> str:
    return f"đã đến hạn xem lại ({day(due)}); kiểm tra số liệu rồi dời review_by hoặc ghi superseded_by"


def superseded_by_older(later: str, its: Period, own: Period) -> str:
    return f"mục thay thế `{later}` có kỳ {its}, cũ hơn kỳ {own} của mục này"


# Units and sums


def nearly_known_unit(unit: str, known: str) -> str:
    return f"đơn vị `{unit}` viết chưa thống nhất; có phải là `{known}`?"


def share_unit(aspect: str, unit: str) -> str:
    return f"aspect: {aspect} phải có đơn vị % (hoặc lần), không phải `{unit}`; nếu là số lượng thì dùng aspect: value"


def part_beyond_whole(part: str, whole: str) -> str:
    return f"{part} trên tổng {whole}: phần lớn hơn tổng hoặc tổng không dương; kiểm tra number và of"


def wrong_share(part: str, whole: str, right: str, given: str) -> str:
    return f"{part} trên {whole} là {right} %, không phải {given} %" + _NOTED


def impossible_share(number: str) -> str:
    return f"tỷ lệ trong tổng số phải từ 0 đến 100 %, không thể là {number} %"


def impossible_plan_share(number: str) -> str:
    return f"tỷ lệ so với kế hoạch không thể âm ({number})"


def impossible_fall(number: str) -> str:
    return f"không thể giảm quá 100 % ({number} %)"


def impossible_rank(number: str) -> str:
    return f"thứ hạng phải là số nguyên từ 1, không thể là {number}"


def part_beyond_fact(part: str, whole: str, where: str) -> str:
    return f"phần {part} lớn hơn tổng {whole} ({where})" + _NOTED


def other_whole(of: str, whole: str, where: str) -> str:
    return f"of: {of} khác với {whole} của mục mà part_of trỏ tới ({where})" + _NOTED


def wrong_change(now: str, before: str, where: str, right: str, given: str) -> str:
    return f"{now} so với {before} cùng kỳ ({where}) là {right} %, không phải {given} %" + _NOTED


def other_plan(given: str, known: str, where: str) -> str:
    beside = f" suy từ {where}" if where else " ghi trong mục"
    return f"giá trị và tỷ lệ ở đây cho ra kế hoạch {given}, khác kế hoạch {known}{beside}" + _NOTED


# The same thing twice


def contradiction(subject: str, one: str, other: str, where: str) -> str:
    return (
        f"“{subject}” ở đây là {one}, ở {where} là {other}, cùng nơi, cùng kỳ, cùng nguồn; "
        "giữ một số, hoặc ghi scope, against hay source cho khác nhau"
    )


def disagreement(subject: str, one: str, other: str, where: str) -> str:
    return f"“{subject}” ở đây là {one}, nguồn khác ({where}) là {other}; người hỏi sẽ thấy cả hai"


def same_subject(subject: str, where: str) -> str:
    return f"“{subject}” đã có ở {where}; gộp lại, hoặc ghi scope hay period cho khác nhau"


def near_subject(subject: str, other: str, where: str) -> str:
    return f"“{subject}” gần như trùng “{other}” ({where}); gộp lại, hoặc đặt tên cho khác hẳn"


def repeated_alias(name: str) -> str:
    return f"tên “{name}” đã có trong mục này; bỏ bớt"


def claimed_alias(name: str, other: str, where: str) -> str:
    return (
        f"tên “{name}” cũng là tên của mục `{other}` ({where}); chỉ để ở một mục, nếu không câu hỏi không biết về đâu"
    )


def figure_in_prose(number: str) -> str:
    return f"statement có số {number} mà figures không có; thêm vào figures để hỏi ra được, hoặc bỏ khỏi câu"


def unused_source(name: str) -> str:
    return f"nguồn thêm `{name}` chưa mục nào dùng; ghi source: {name} ở mục lấy từ nguồn này"


def topic_spelling(topic: str, usual: str) -> str:
    return f"chủ đề “{topic}” nơi khác viết là “{usual}”; viết thống nhất"


# Thesaurus


def shared_phrasing(phrasing: str, other: str, place: str) -> str:
    return f"cách nói “{phrasing}” đã thuộc khái niệm `{other}` ({place}); chỉ để ở một nơi"


def repeated_phrasing(phrasing: str) -> str:
    return f"cách nói “{phrasing}” viết hai lần trong một khái niệm; bỏ bớt"


def dead_phrasing(phrasing: str) -> str:
    return f"cách nói “{phrasing}” không có chữ hay số nào nên không bao giờ khớp; bỏ đi"


def function_word(phrasing: str) -> str:
    return f"“{phrasing}” là từ câu nào cũng có, không thể gọi tên một khái niệm; viết dài hơn hoặc bỏ đi"


def asks_misplaced(kind: str) -> str:
    return f"khái niệm loại {kind} không hỏi điều gì; bỏ asks hoặc đổi kind"


# The editors' questions


def answers_none(question: str, given: Sequence[str]) -> str:
    return f"“{question}” phải không có số liệu, nhưng {', '.join(given)} trả lời"


def unanswered(question: str, wanted: Sequence[str]) -> str:
    return f"“{question}” phải do {', '.join(wanted)} trả lời, nhưng không có câu trả lời; thêm alias cho mục đó"


def steals(question: str, wanted: Sequence[str], stolen: Sequence[str]) -> str:
    return f"“{question}” phải do {', '.join(wanted)} trả lời, nhưng {', '.join(stolen)} giành mất"
