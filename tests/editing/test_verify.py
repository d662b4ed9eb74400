"""Every figure, name and day of a briefing is looked up in its source; what is missing is named with its line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.editing.commands import verify_command
from bot.errors import KnowledgeError, UsageError
from tests.editing.measure import QUARTER_TWO, ROOT

SOURCE = """\
Giao ban các đảng bộ trực thuộc Tỉnh ủy quý II năm 2023

Chiều ngày 05/7, đồng chí Lê Văn Thử, Ủy viên Ban Chấp hành Trung ương Đảng chủ trì họp với 09 cơ quan.

Thu ngân sách ước đạt trên 97.052 tỷ đồng, bằng 80,8% so với cùng kỳ, bằng 39,7 kế hoạch;
xuất khẩu đạt 1,5 tỷ USD, giảm 17%; toàn tỉnh có 108/126 xã đạt chuẩn nông thôn mới; có tổng số 1.250 đảng viên.
"""
BRIEFING = """slug: mau
title: Giao ban quý II năm 2023
kind: giao ban
date: "2023-07-05"
session: chiều
period: 2023-Q2
place: Mẫu
source:
  title: Giao ban
  publisher: Cổng
  url: https://mau.gov.vn/1
people:
  - id: le-van-thu
    name: Lê Văn Thử
    titles:
      - Uỷ viên BCH Trung ương Đảng
groups:
  - id: co-quan
    name: các cơ quan
    count: "9"
    unit: cơ quan
facts:
  - id: thu-ngan-sach
    subject: thu ngân sách
    figures:
      - {aspect: value, number: "97052", unit: tỷ đồng, qualifier: ước trên}
      - {aspect: change, number: "-19,2", unit: "%", against: cùng kỳ}
      - {aspect: plan_share, number: "39,7", unit: "%"}
  - id: xuat-khau
    subject: xuất khẩu
    figures:
      - {aspect: value, number: "1.500", unit: triệu USD}
      - {aspect: change, number: "-17", unit: "%"}
  - id: nong-thon-moi
    subject: xã đạt chuẩn nông thôn mới
    figures:
      - {aspect: value, number: "108", unit: xã, of: "126"}
"""


def run(tmp_path: Path, briefing: str, source: str = SOURCE) -> tuple[int, list[dict[str, object]]]:
    """Exit code and problems of `verify` on a file outside any knowledge."""
    (tmp_path / "mau.yaml").write_text(briefing, encoding="utf-8")
    (tmp_path / "nguồn.txt").write_text(source, encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from bot.editing.commands import verify_command; "
        "sys.exit(verify_command(Path('.'), 'mau.yaml', Path('nguồn.txt'), 'json'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def test_formats_do_not_matter(tmp_path: Path) -> None:
    """97.052 and 97052, 08 and 8, 39,7 without %, 5/7 and 2023-07-05, Uỷ and Ủy, tỷ and triệu USD are found."""
    assert run(tmp_path, BRIEFING) == (0, [])


@pytest.mark.parametrize(
    "old, new, rule, says",
    [
        ('"97052"', '"97053"', "figure", "không thấy 97.053 tỷ đồng"),
        ("unit: tỷ đồng", "unit: triệu đồng", "figure", "đơn vị khác"),
        ("ước trên", "gần", "figure", "ghi “gần”"),
        (", qualifier: ước trên", "", "figure", "ước trên"),
        ('"-19,2"', '"19,2"', "figure", "ngược chiều"),
        ('"-17"', '"17"', "figure", "ngược chiều"),
        ('"39,7"', '"39,6"', "figure", "không thấy 39,6%"),
        ('of: "126"', 'of: "127"', "figure", "không thấy tổng 127"),
        ("name: Lê Văn Thử", "name: Lê Vân Thử", "name", "Lê Vân Thử"),
        ("Uỷ viên BCH Trung ương", "Uỷ viên dự khuyết BCH Trung ương", "name", "dự khuyết"),
        ('"2023-07-05"', '"2023-07-06"', "day", "6/7/2023"),
        ("session: chiều", "session: sáng", "session", "sáng"),
        ('count: "9"', 'count: "10"', "figure", "10 cơ quan"),
        (
            "subject: xuất khẩu\n",
            "subject: xuất khẩu\n    statement: Xuất khẩu có 77 doanh nghiệp tham gia.\n",
            "figure",
            "không thấy 77",
        ),
    ],
)
def test_what_is_missing_is_named_with_its_line(tmp_path: Path, old: str, new: str, rule: str, says: str) -> None:
    """One wrong word or digit in the entries is one error, at its line, saying what the source has."""
    line = BRIEFING[: BRIEFING.index(old)].count("\n") + max(1, new.count("\n"))
    code, problems = run(tmp_path, BRIEFING.replace(old, new, 1))
    errors = [one for one in problems if one["severity"] == "error"]
    assert code == 1
    assert [(one["line"], one["rule"], one["file"]) for one in errors] == [(line, rule, "mau.yaml")]
    assert says in str(errors[0]["message"])


def test_a_figure_of_another_subject_is_doubted(tmp_path: Path) -> None:
    """A number that stands in the source for something else is a warning."""
    code, problems = run(tmp_path, BRIEFING.replace("subject: xuất khẩu", "subject: khách du lịch"))
    assert code == 0
    assert {(one["rule"], one["severity"]) for one in problems} == {("subject", "warning")}


def test_what_no_entry_has_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures of the source without an entry come as a table with their line and subject."""
    (tmp_path / "mau.yaml").write_text(BRIEFING, encoding="utf-8")
    (tmp_path / "nguồn.txt").write_text(SOURCE, encoding="utf-8")
    assert verify_command(tmp_path, str(tmp_path / "mau.yaml"), tmp_path / "nguồn.txt") == 0
    out = capsys.readouterr().out
    assert "dòng 6: 1.250 đảng viên — " in out
    assert "7/8 số liệu của bài đã có mục" in out


def test_entries_of_another_page_are_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry from an extra source is not looked up in the main one, and the count says so."""
    extra = BRIEFING.replace(
        "people:", "extra_sources:\n  - {id: b, title: B, publisher: B, url: https://mau.gov.vn/2}\npeople:"
    )
    extra += "  - {id: khac, subject: việc khác, source: b, figures: [{aspect: value, number: '5', unit: xã}]}\n"
    (tmp_path / "mau.yaml").write_text(extra, encoding="utf-8")
    (tmp_path / "nguồn.txt").write_text(SOURCE, encoding="utf-8")
    assert verify_command(tmp_path, str(tmp_path / "mau.yaml"), tmp_path / "nguồn.txt") == 0
    assert "Bỏ qua 1 mục" in capsys.readouterr().out


def test_a_bad_briefing_is_refused(tmp_path: Path) -> None:
    """A file that is missing, or is no briefing, is an error that names it."""
    (tmp_path / "nguồn.txt").write_text(SOURCE, encoding="utf-8")
    with pytest.raises(UsageError, match=r"khong-co\.yaml"):
        verify_command(tmp_path, str(tmp_path / "khong-co.yaml"), tmp_path / "nguồn.txt")
    (tmp_path / "mau.yaml").write_text("slug: mau\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"mau\.yaml:1"):
        verify_command(tmp_path, str(tmp_path / "mau.yaml"), tmp_path / "nguồn.txt")


def test_the_shipped_briefing_has_nothing_its_source_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    """The Q2/2023 briefing verifies against its article with nothing missing on either side."""
    if not QUARTER_TWO.exists():
        pytest.skip(f"{QUARTER_TWO.name} is not beside this repository")
    assert verify_command(ROOT / "knowledge", "giao-ban-quy-2-2023", QUARTER_TWO) == 0
    out = capsys.readouterr().out
    assert "lỗi" not in out
    assert "10/10 số liệu của bài đã có mục" in out
