"""What `/chuatraloi` says: the questions asked in vain, and what an editor made of each."""

from __future__ import annotations

NOT_EDITABLE = "Tệp này không sửa tự động được; hãy tải về ở /khotri và sửa tay."


def no_such_entry(name: str) -> str:
    return f"Không còn mục {name} trong tệp; mở lại /chuatraloi để xem danh sách mới."


LEAD = "Câu hỏi chưa trả lời được"


def about(days: int, groups: int) -> str:
    return f"{days} ngày qua có {groups} điều được hỏi mà chưa có câu trả lời tốt. Bấm số để xử lý."


def nothing(days: int) -> str:
    return f"{days} ngày qua không có câu nào cần xử lý."


def row(number: int, text: str, count: int, down: int) -> str:
    times = f" — {count} lần" if count > 1 else ""
    return f"{number}. {text}{times}" + (f", 👎 {down}" if down else "")


def heading(count: int) -> str:
    return f"Được hỏi {count} lần, các cách hỏi:"


NOW = {
    "found": "Hiện đang trả lời (nhưng bị chê):",
    "unsure": "Hiện đang hỏi lại, chưa chắc:",
    "none": "Hiện trả lời là không có:",
}
CHOOSE = "Gắn vào mục có sẵn (thêm cách hỏi này vào mục), bỏ qua, hoặc ghi nhận là thật sự không có số liệu."
BACK = "‹ Danh sách"
IGNORE = "🙈 Bỏ qua"
ABSENT = "🚫 Thật sự không có"


def attach(label: str) -> str:
    return f"📎 {label}"


def entry_label(subject: str, period: str, place: str) -> str:
    return f"{subject}, {period}, {place}"


CHECKING = "Tôi đang kiểm tra với cả kho, đợi tôi một chút…"
IGNORED = "Đã bỏ qua. Câu này không hiện lại nữa."
GONE = "Câu này đã được xử lý rồi. Gõ /chuatraloi để xem danh sách mới."


def attached(text: str, label: str) -> str:
    return f"Đã thêm cách hỏi “{text}” vào mục “{label}”. Câu này giờ trả lời được. Muốn bỏ: /hoantac."


def not_enough(text: str, label: str) -> str:
    return (
        f"Thêm “{text}” vào mục “{label}” vẫn chưa làm câu này trả lời được: kỳ, nơi hoặc từ trong câu khác với mục. "
        "Kho không thay đổi. Xem lại mục, hoặc sửa tệp ở /khotri."
    )


def absent(text: str) -> str:
    return f"Đã ghi nhận “{text}” là thật sự không có số liệu; bộ kiểm tra sẽ giữ cho câu này không bị trả lời bừa."


def refused(text: str) -> str:
    return f"Chưa làm được với câu “{text}”: kho sẽ có lỗi"


OVERTAKEN = "Tệp vừa có người khác sửa. Bấm lại lần nữa giúp tôi nhé."
