"""Rules that must stay silent on what is right, however close it comes to what is wrong."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from bot.check import errors_first, run_checks
from bot.knowledge import read
from bot.problem import Problem

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2025, 11, 23)

HEAD = """slug: hai
title: Giao ban quý II năm 2023
kind: giao ban
date: 2023-07-05
period: 2023-Q2
place: Mẫu
source:
  title: Giao ban quý II
  publisher: Cổng thông tin tỉnh Mẫu
  url: https://mau.gov.vn/giao-ban-quy-2-2023
facts:
"""


def checked(tmp_path: Path, facts: str) -> list[Problem]:
    directory = Path(shutil.copytree(Path(__file__).parent / "broken" / "whole", tmp_path / "knowledge"))
    (directory / "briefings" / "hai.yaml").write_text(HEAD + facts)
    return run_checks(read(directory), TODAY)


@pytest.mark.parametrize(
    "statement",
    [
        "Đến ngày 30/6, 6 tháng đầu năm 2023 đạt kết quả tốt.",
        "Theo Nghị quyết số 05-NQ/TU ngày 1/7/2022, Kế hoạch 135/KH-UBND và Thông tư 12/2022/TT-BTC.",
        "Trong các tháng 1, 2, 3 và quý 2/2023; giai đoạn 2021-2025, năm học 2022-2023.",
        "Phòng chống Covid-19 dọc QL37, quốc lộ 3; lúc 15 giờ 30; kỳ họp thứ 12; Đề án 06; Chương trình 135.",
        "Kết nạp 780 đảng viên, đạt 45,20 % và hụt 3,9 %.",
    ],
)
def test_numbers_that_are_no_figures(tmp_path: Path, statement: str) -> None:
    """Dates, documents, roads, ordinals and the entry's own figures are no figures hidden in prose."""
    facts = f"""
  - id: mot
    subject: đảng viên mới
    statement: {statement}
    figures:
      - {{aspect: value, number: 780, unit: đảng viên}}
      - {{aspect: plan_share, number: "45,2", unit: "%"}}
      - {{aspect: change, number: "-3,9", unit: "%"}}
"""
    assert checked(tmp_path, facts) == []


def test_figures_beside_words_of_time(tmp_path: Path) -> None:
    """A figure that follows a word of time or stands in a ratio is still a figure."""
    facts = """
  - id: mot
    subject: đảng viên mới
    statement: Trong tháng 780 đảng viên được kết nạp, tổng số 821/1.450 chỉ tiêu, thu 25tỷ.
"""
    found = [problem.message.split()[3] for problem in checked(tmp_path, facts)]
    assert sorted(found) == ["1.450", "25", "780", "821"]


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [("108", "126", "85,7"), ("821", "1.450", "56,62"), ("2", "3", "66,7"), ("2", "3", "66,6"), ("1", "3", "33")],
)
def test_shares_rounded_or_cut(tmp_path: Path, part: str, whole: str, share: str) -> None:
    """A share may be rounded or cut to the decimals it was given with."""
    facts = f"""
  - id: mot
    subject: xã đạt chuẩn
    figures:
      - {{aspect: value, number: {part}, unit: xã, of: {whole}}}
      - {{aspect: share, number: "{share}", unit: "%"}}
"""
    assert checked(tmp_path, facts) == []


def test_neighbours_are_not_duplicates(tmp_path: Path) -> None:
    """Subjects one word apart, parts of a whole, two denominators and other periods stand side by side."""
    facts = """
  - id: xuat-khau
    subject: giá trị xuất khẩu
    figures:
      - {aspect: value, number: 300, unit: triệu USD}
  - id: nhap-khau
    subject: giá trị nhập khẩu
    figures:
      - {aspect: value, number: 200, unit: triệu USD}
  - id: giai-ngan
    subject: giải ngân vốn đầu tư công
    figures:
      - {aspect: plan_share, number: "40", unit: "%", against: kế hoạch Trung ương giao}
      - {aspect: plan_share, number: "35", unit: "%", against: kế hoạch HĐND tỉnh giao}
  - id: ho-ngheo
    subject: số hộ nghèo
    figures:
      - {aspect: value, number: 100, unit: hộ}
  - id: ho-can-ngheo
    subject: số hộ cận nghèo
    figures:
      - {aspect: value, number: 90, unit: hộ}
  - id: ho-ngheo-6-thang
    subject: số hộ nghèo
    period: 2023-H1
    figures:
      - {aspect: value, number: 95, unit: hộ}
  - id: ho-ngheo-mien-nui
    subject: số hộ nghèo
    scope: vùng miền núi
    part_of: ho-ngheo
    figures:
      - {aspect: value, number: 60, unit: hộ, of: 100}
"""
    assert checked(tmp_path, facts) == []


def test_same_amount_in_other_units_is_no_contradiction(tmp_path: Path) -> None:
    """405 nghìn tỷ đồng and 405.000 tỷ đồng are one amount, and gần 695 agrees with 694,8."""
    facts = """
  - id: mot
    subject: giá trị sản xuất
    figures:
      - {aspect: value, number: 405, unit: nghìn tỷ đồng}
      - {aspect: value, number: 405.000, unit: tỷ đồng}
  - id: hai-muc
    subject: giá trị công nghiệp
    figures:
      - {aspect: value, number: 695, unit: nghìn tỷ đồng, qualifier: gần}
      - {aspect: value, number: "694,8", unit: nghìn tỷ đồng}
"""
    assert checked(tmp_path, facts) == []


def test_shipped_briefings_have_no_false_alarm() -> None:
    """On the six real briefings the rules find what the sources themselves disagree about, and nothing else."""
    found = [p for p in run_checks(read(ROOT / "knowledge"), TODAY) if "/briefings/" in p.file]
    assert {problem.rule for problem in found if problem.severity != "note"} <= {"wrong-change"}
    assert [problem for problem in found if problem.severity == "error"] == []
    assert len([problem for problem in found if problem.rule == "disagreement"]) >= 2


def test_errors_come_first() -> None:
    """A reader who sees only the beginning sees the errors."""
    note, error = Problem("a", 1, 1, "x", "x", "note"), Problem("b", 1, 1, "x", "x", "error")
    assert errors_first([note, error]) == [error, note]
