"""What the bot says in a conversation, apart from the answers themselves."""

from __future__ import annotations

SOURCE = "Nguồn"
DID_YOU_MEAN = "Ý bạn là:"
SEE_ALSO = "Xem thêm:"

# Commands as Telegram's menu shows them, by the least role that may use them.
COMMANDS = {
    "hop": "Các kỳ họp, báo cáo đang có",
    "chude": "Xem theo chủ đề",
    "xoa": "Quên câu vừa hỏi, bắt đầu chuyện khác",
    "help": "Cách hỏi",
}
ADMIN_COMMANDS = {
    "nhatky": "Nhật ký câu hỏi",
    "moi": "Mời người dùng mới",
    "quyen": "Danh sách người dùng, gỡ quyền",
}

START_LEAD = "Chào anh/chị!"
START_ABOUT = (
    "Tôi trả lời câu hỏi về các kỳ giao ban, phiên họp và báo cáo của tỉnh: số liệu, khó khăn, chỉ đạo, "
    "kèm nguồn. Cứ gõ câu hỏi, có dấu hay không dấu đều được."
)
EXAMPLES = (
    "giá trị sản xuất công nghiệp 6 tháng 2023 được bao nhiêu?",
    "cong nghiep dat bao nhieu % ke hoach",
    "Bí thư chỉ đạo gì về giải ngân đầu tư công?",
)
HELP_LEAD = "Cách hỏi"
HELP_ABOUT = (
    "Gõ như đang nhắn tin: hỏi số liệu, tỷ lệ so với kế hoạch, tăng giảm, khó khăn, chỉ đạo, ai nói, họp ngày nào. "
    "Muốn kỳ nào thì nêu kỳ đó; không nêu, tôi lấy kỳ mới nhất. Hỏi nối câu trước cũng được (“còn quý 3?”)."
)
HELP_FOOTER = "Tôi chỉ nói điều đã có nguồn. Không có số liệu, tôi sẽ nói là không có."
TRY_LEAD = "Ví dụ"

HOP_LEAD = "Các kỳ họp, báo cáo"
HOP_ABOUT = "Chọn một kỳ để xem tổng quan."
HOP_EMPTY = "Chưa có kỳ họp nào trong kho dữ liệu."
TOPICS_LEAD = "Chủ đề"
TOPICS_ABOUT = "Chọn một chủ đề để xem có gì."
TOPICS_EMPTY = "Chưa có chủ đề nào trong kho dữ liệu."
NEWER, OLDER = "‹ Trước", "Sau ›"

FORGOTTEN = "Đã quên câu vừa hỏi. Anh/chị hỏi chuyện khác nhé."
THANKS_UP = "Cảm ơn anh/chị!"
THANKS_DOWN = "Đã ghi nhận để sửa. Cảm ơn anh/chị!"

STRANGER = "Bot này chỉ phục vụ cán bộ được mời. Anh/chị nhờ quản trị viên gửi đường dẫn mời nhé."
ADMINS_ONLY = "Lệnh này chỉ dành cho quản trị viên."
PRIVATE_ONLY = "Lệnh này chỉ dùng khi trò chuyện riêng với bot."
UNKNOWN_COMMAND = "Tôi chưa biết lệnh này. Gõ /help để xem cách dùng, hoặc cứ gõ thẳng câu hỏi."
STALE_BUTTON = "Nút này đã cũ. Anh/chị hỏi lại giúp tôi nhé."
NOT_YOUR_BUTTON = "Nút này dành cho người đã hỏi. Anh/chị hãy tự hỏi để có nút của mình."

EMPTY = "Tôi chưa thấy câu hỏi nào. Anh/chị gõ bằng chữ giúp tôi, ví dụ: số đảng viên kết nạp quý 2?"
NOT_VIETNAMESE = "Tôi chỉ đọc được tiếng Việt. Anh/chị gõ lại câu hỏi giúp tôi nhé."
NOT_TEXT = "Tôi chỉ đọc được chữ. Anh/chị gõ câu hỏi giúp tôi nhé."
TROUBLE = (
    "Tôi đang gặp trục trặc nên chưa trả lời được câu này. Quản trị viên sẽ thấy lỗi; anh/chị thử hỏi lại sau nhé."
)


def too_fast(seconds: float) -> str:
    """`seconds` until the person may ask again."""
    return f"Anh/chị hỏi nhanh quá, đợi khoảng {max(1, round(seconds))} giây rồi hỏi tiếp nhé."


def pressed(label: str) -> str:
    """How the log shows a press on a button."""
    return f"▸ {label}"


ROLES = {"official": "cán bộ", "editor": "biên tập viên", "admin": "quản trị viên"}
INVITE_LEAD = "Mời người dùng mới"
INVITE_ABOUT = "Chọn vai trò. Mỗi đường dẫn mời chỉ dùng được một lần và có hạn."
INVITE_READY = "Đường dẫn mời"


def invitation(role: str, link: str, expires: str) -> str:
    """What an admin forwards; `expires` is a finished date."""
    return f"Vai trò: {ROLES[role]}. Dùng một lần, đến {expires}. Gửi người được mời:\n{link}"


def start_text(payload: str) -> str:
    """The words that do what the link would, for a server that gives bots no link."""
    return f"/start {payload}"


_LINKS = {
    "used": "Đường dẫn này đã có người dùng.",
    "expired": "Đường dẫn này đã hết hạn.",
    "unknown": "Đường dẫn này không dùng được.",
}


def joined(outcome: str, role: str | None) -> str:
    """Said to whoever opened a link: what became of it, and what they may do now."""
    if outcome == "welcome" and role:
        return f"Chào mừng! Anh/chị đã được cấp quyền {ROLES[role]}."
    if outcome == "already" and role:
        return f"Anh/chị đã có quyền {ROLES[role]} rồi."
    asking = "" if role else " Nhờ quản trị viên gửi đường dẫn mới nhé."
    return f"{_LINKS.get(outcome, _LINKS['unknown'])}{asking}"


PEOPLE_LEAD = "Người dùng"
PEOPLE_EMPTY = "Chưa có ai được mời."
PEOPLE_ABOUT = "Bấm vào tên để gỡ quyền."
KEEP = "Thôi"


def person_line(name: str, role: str, since: str) -> str:
    """One line of the list of people; `since` is a finished date."""
    return f"{name} — {ROLES[role]}, từ {since}"


def remove_button(name: str) -> str:
    return f"Gỡ {name}"


def really_remove(name: str, role: str) -> str:
    return f"Gỡ quyền {ROLES[role]} của {name}?"


def removal(change: str, name: str) -> str:
    """What became of a removal."""
    said = {
        "done": f"Đã gỡ quyền của {name}.",
        "unknown": "Người này không còn trong danh sách.",
        "fixed": f"{name} được ghi trong BOT_ADMINS nên chỉ gỡ được ở đó.",
        "last_admin": f"{name} là quản trị viên cuối cùng nên không gỡ được; hãy mời quản trị viên khác trước.",
    }
    return said.get(change, ADMINS_ONLY)


LOG_LEAD = "Nhật ký câu hỏi"
LOG_EMPTY = "Chưa có câu hỏi nào."
LOG_FILTERS = {"": "Tất cả", "found": "Có", "unsure": "Chưa chắc", "none": "Không có"}
LOG_MARKS = {"found": "✅", "unsure": "❔", "none": "➖"}
FEEDBACK_MARKS = {1: " 👍", -1: " 👎", None: ""}


def log_line(when: str, who: str, text: str) -> str:
    """One question in the log; `when` is finished local time, `who` a pseudonym."""
    return f"{when} · {who}: {text}"


def dead_updates(count: int) -> str:
    """A line above the log when updates were given up on."""
    return f"⚠️ {count} tin nhắn xử lý lỗi nhiều lần, đang được giữ lại."


def claim(link: str) -> str:
    """What `run` prints when nobody can administer the bot yet; `link` may also be words to send to the bot."""
    return f"Chưa có quản trị viên. Mở đường dẫn này, hoặc gửi dòng này cho bot, để nhận quyền (dùng một lần):\n{link}"


SECOND_POLLER = "Đã có một tiến trình khác đang nhận tin của bot này. Hãy dừng tiến trình kia rồi chạy lại."
REFUSED_BY_TELEGRAM = "Máy chủ Telegram từ chối BOT_TOKEN nhiều lần liên tiếp. Hãy kiểm tra BOT_TOKEN và BOT_API_URL."
PORT_TAKEN = "WEB_HOST/WEB_PORT đang bị chương trình khác chiếm hoặc không mở được."


def knowledge_refused(count: int) -> str:
    """Reported when a saved change is broken and the old knowledge stays in force."""
    return f"Dữ liệu vừa lưu có {count} lỗi; bot vẫn dùng bản tốt gần nhất."
