"""What the operator reads from `python -m bot log`."""

from __future__ import annotations

# What stands for a value in the help.
TASK, FILE, DAYS, WHO, DAY, WORDS = "VIỆC", "TỆP", "SỐ_NGÀY", "NGƯỜI", "NGÀY", "CHỮ"

PURGE_NEEDS_FILTER = "Chưa nói xoá những dòng nào: cần --older-than SỐ_NGÀY hoặc --who BIỆT_DANH."
SHARED_PSEUDONYM = "Biệt danh này trùng giữa nhiều người; hãy dùng mã số người dùng (--who SỐ)."
PURGE_NEEDS_ONE = "Hãy chọn một: --older-than SỐ_NGÀY, --who NGƯỜI, hoặc cả hai."
UNWRITABLE = "Không ghi được tệp xuất: hãy chọn tên tệp mới ở thư mục có quyền ghi (tệp có sẵn không bị ghi đè)."

DESCRIPTION = "Xem, lọc, xuất và xoá nhật ký câu hỏi. Chạy được cả khi bot đang hoạt động."
EPILOG = """ví dụ:
  giaoban log list                          20 câu hỏi mới nhất
  giaoban log list --status none --since 7d câu chưa trả lời được trong 7 ngày qua
  giaoban log list --contains "ngan sach"   câu có chữ "ngân sách" (không cần dấu)
  giaoban log show 128                      mọi chi tiết của câu số 128
  giaoban log export -o nhat-ky.csv         mở được bằng Excel
  giaoban log purge --older-than 365        chỉ đếm; thêm --yes để xoá thật
  giaoban log stats --since 30d             thống kê 30 ngày qua

Nhật ký nằm trong cơ sở dữ liệu của DATABASE_URL (biến môi trường hoặc tệp .env)."""

HELP = {
    "log": "nhật ký câu hỏi: xem, lọc, xuất, xoá, thống kê",
    "list": "liệt kê câu hỏi, mới nhất trước",
    "show": "mọi chi tiết của một câu hỏi, kể cả lý do trả lời",
    "export": "xuất ra CSV hoặc JSONL, cũ nhất trước",
    "purge": "xoá câu hỏi cũ hoặc mọi câu của một người; mặc định chỉ đếm",
    "stats": "thống kê số câu, số người, tỷ lệ trả lời, thời gian trả lời",
    "--status": "chỉ những câu có kết quả này: found (có trả lời), unsure (phải hỏi lại), none (không có số liệu)",
    "--since": "từ ngày này (2026-03-01 hoặc 01/03/2026) hoặc từ bấy nhiêu ngày trước (7d)",
    "--until": "trước ngày này; viết như --since",
    "--contains": "chỉ những câu có các chữ này; không phân biệt hoa thường, không cần dấu",
    "--who": "chỉ một người: biệt danh (CB-…) hoặc mã số người dùng Telegram",
    "--feedback": "chỉ những câu được bấm hữu ích (up) hoặc không hữu ích (down)",
    "--page": "trang thứ mấy (mặc định 1)",
    "--limit": "bao nhiêu dòng một trang, 1–500 (mặc định 20)",
    "--json": "in ra JSON thay cho bảng",
    "id": "số thứ tự của câu hỏi, như trong log list",
    "--format": "csv (mặc định) hoặc jsonl",
    "--output": "ghi vào tệp mới này; không có thì in ra màn hình",
    "--older-than": "những câu cũ hơn số ngày này",
    "--yes": "xoá thật, không chỉ đếm",
}

EXAMPLES = {
    "list": "ví dụ:\n  giaoban log list --status unsure --who CB-7K2QM4 --page 2",
    "show": "ví dụ:\n  giaoban log show 128 --json",
    "export": "ví dụ:\n  giaoban log export --since 01/01/2026 --format jsonl -o nhat-ky.jsonl",
    "purge": (
        "ví dụ:\n  giaoban log purge --older-than 365         đếm câu cũ hơn một năm\n"
        "  giaoban log purge --who CB-7K2QM4 --yes    quên hẳn một người"
    ),
    "stats": "ví dụ:\n  giaoban log stats --since 30d",
}

COLUMNS = ("Số", "Lúc", "Ai", "Câu hỏi", "Kết quả", "Mục", "ms")
STATUSES = {"found": "có", "unsure": "hỏi lại", "none": "không có"}
FEEDBACK = {1: "hữu ích", -1: "không hữu ích", None: "chưa có"}
EMPTY = "Không có câu hỏi nào khớp."
FIELDS = {
    "id": "Số",
    "asked_at": "Lúc",
    "pseudonym": "Ai",
    "user_id": "Mã người dùng",
    "chat_id": "Mã cuộc trò chuyện",
    "update_id": "Mã cập nhật",
    "text": "Câu hỏi",
    "status": "Kết quả",
    "entries": "Mục",
    "scores": "Điểm",
    "feedback": "Đánh giá",
    "milliseconds": "Thời gian (ms)",
    "knowledge": "Bản tri thức",
    "reason": "Lý do",
}


def wrong_day(given: str) -> str:
    """`given` is neither a day nor a number of days."""
    return f"không hiểu «{given}»: hãy viết 2026-03-01, 01/03/2026 hoặc 7d"


def wrong_number(lowest: int, highest: int) -> str:
    """Not a whole number between the two."""
    return f"phải là số nguyên từ {lowest} đến {highest}"


def page_line(page: int, pages: int, rows: int) -> str:
    """Under a list: where we are."""
    return f"Trang {page}/{pages} · {rows} câu"


def no_row(log_id: int) -> str:
    """There is no question of that number."""
    return f"Không có câu hỏi số {log_id}."


def purge_line(rows: int, dry_run: bool) -> str:
    """What a purge did or would do."""
    return f"Sẽ xoá {rows} câu. Thêm --yes để xoá thật." if dry_run else f"Đã xoá {rows} câu."


def exported_line(rows: int) -> str:
    """How much was written to a file."""
    return f"Đã xuất {rows} câu."


STATS = {
    "questions": "Số câu hỏi",
    "people": "Số người hỏi",
    "helpful": "Bấm hữu ích",
    "unhelpful": "Bấm không hữu ích",
    "median_ms": "Thời gian trung vị (ms)",
    "p95_ms": "Thời gian phân vị 95 (ms)",
}
