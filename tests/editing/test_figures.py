"""Figures come out of news text with the right subject, number, unit and comparison."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from bot.editing.article import article_of
from bot.editing.figures import figures_of
from bot.editing.mention import FigureMention
from bot.model import Aspect
from tests.editing.measure import QUARTER_TWO, expectations, path_of, score

TABLES = expectations()
ENOUGH = 0.9


def figures(text: str) -> tuple[FigureMention, ...]:
    return figures_of(article_of("bài.txt", text.encode()), dt.date(2024, 7, 1))


def test_nine_in_ten_of_each_group(capsys: pytest.CaptureFixture[str]) -> None:
    """At least 90 % of the figures of the given and of the invented articles come out right."""
    for group in ("given", "invented", "fresh", "last"):
        scores = [score(one) for one in TABLES if one["group"] == group and path_of(one["article"]).exists()]
        expected, right = sum(one.expected for one in scores), sum(one.right for one in scores)
        with capsys.disabled():
            print(f"\n{group}: {right}/{expected} figures right ({100 * right / expected:.1f} %)")  # noqa: T201
        assert right / expected >= ENOUGH, [line for one in scores for line in one.missed]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["article"])
def test_nine_in_ten_of_each_article(table: dict[str, object]) -> None:
    """No single article falls below 90 %, and hardly a figure comes out that nobody expects."""
    if not path_of(str(table["article"])).exists():
        pytest.skip(f"{QUARTER_TWO.name} is not beside this repository")
    result = score(table)
    assert result.right / result.expected >= ENOUGH, result.missed
    assert len(result.extra) <= (1 - ENOUGH) * result.expected, result.extra


@pytest.mark.parametrize(
    "text",
    [
        "Chiều 5/7, hội nghị họp tại Thái Nguyên.",
        "Ngày 9 tháng 7 năm 2025, Tỉnh ủy ban hành Nghị quyết số 18-NQ/TW và Đề án 06.",
        "Giai đoạn 2021-2025, nhiệm kỳ 2020 - 2025, quý 2, 6 tháng đầu năm 2023, năm 2024.",
        "Phiên họp thường kỳ thứ 23 khai mạc lúc 8 giờ 30 phút; Quyết định 123/QĐ-UBND; Quốc lộ 3.",
        "Trẻ em từ 6 đến 36 tháng, người từ 60 tuổi; giá so sánh 2010.",
    ],
)
def test_names_with_digits_are_no_figures(text: str) -> None:
    """Dates, documents, years, hours and ages are not taken for figures."""
    assert figures(text) == ()


@pytest.mark.parametrize(
    "text, number, aspect, unit",
    [
        ("Thu ngân sách đạt 900 tỷ đồng, bằng 80,8 % so với cùng kỳ.", "-19.2", Aspect.CHANGE, "%"),
        ("Thu ngân sách đạt 900 tỷ đồng, bằng 108% cùng kỳ.", "8", Aspect.CHANGE, "%"),
        ("Tỷ lệ hộ nghèo giảm còn 0,32%.", "0.32", Aspect.VALUE, "%"),
        ("Tỷ lệ hộ nghèo giảm xuống còn 0,32%.", "0.32", Aspect.VALUE, "%"),
        ("Tỷ lệ hộ nghèo giảm 0,32%.", "-0.32", Aspect.CHANGE, "%"),
        ("Kim ngạch nhập khẩu gấp 1,3 lần so với cùng kỳ.", "1.3", Aspect.CHANGE, "lần"),
        ("Chỉ số PCI xếp thứ 6/34 tỉnh, thành phố.", "6", Aspect.RANK, "tỉnh, thành phố"),
        ("Kinh phí hỗ trợ 25tỷ.", "25", Aspect.VALUE, "tỷ đồng"),
        ("GRDP tăng 5,17% (kế hoạch là 8%).", "8", Aspect.PLAN, "%"),
        ("Sản lượng đạt 5,5 nghìn tấn, bằng 39,6 kế hoạch năm.", "39.6", Aspect.PLAN_SHARE, "%"),
        ("Tỷ lệ giải ngân thấp hơn bình quân cả nước 2,1 điểm %.", "-2.1", Aspect.CHANGE, "điểm phần trăm"),
        ("Khai khoáng tăng trưởng âm 4,3%.", "-4.3", Aspect.CHANGE, "%"),
    ],
)
def test_comparisons(text: str, number: str, aspect: Aspect, unit: str) -> None:
    """Each way of comparing is read as what it means."""
    last = figures(text)[-1]
    assert (last.number, last.aspect, last.unit) == (Decimal(number), aspect, unit)


def test_two_denominators() -> None:
    """One value with two plans keeps both, each with its own words."""
    found = figures("Thu ngân sách đạt 63 tỷ đồng, bằng 52% dự toán Trung ương giao và 48% dự toán HĐND tỉnh giao.")
    assert [(one.aspect, one.against) for one in found[1:]] == [
        (Aspect.PLAN_SHARE, "dự toán Trung ương giao"),
        (Aspect.PLAN_SHARE, "dự toán HĐND tỉnh giao"),
    ]
    assert len({one.group for one in found}) == 1


def test_a_point_for_a_comma_is_marked() -> None:
    """5.17% is read as five, and an editor is asked to look."""
    (found,) = figures("GRDP tăng 5.17% so với cùng kỳ.")
    assert found.number == Decimal("5.17")
    assert "point" in found.doubts


def test_spans_hold_what_they_name() -> None:
    """The span of a figure is its number and its unit, in composed and in decomposed text alike."""
    for text in (
        "Toàn tỉnh kết nạp 780 đảng viên.",
        "Toa\u0300n ti\u0309nh kê\u0301t na\u0323p 780 \u0111a\u0309ng viên.",
    ):
        article = article_of("bài.txt", text.encode())
        (found,) = figures_of(article, dt.date(2024, 7, 1))
        assert article.text[found.start : found.end] == "780 đảng viên"
