"""What the editors' desk says in Telegram: files, problems, differences, changes and unanswered questions."""

from __future__ import annotations

from collections.abc import Sequence

COMMANDS = {
    "khotri": "Kho tri thức: xem, tải, sửa tệp",
    "chuatraloi": "Câu hỏi chưa trả lời được",
    "hoantac": "Hoàn tác lần sửa gần nhất",
}
EDITORS_ONLY = "Lệnh này chỉ dành cho biên tập viên."

# Files that cannot be used
NOT_READABLE = "Tệp này chưa đọc được."


def strange_ending(name: str) -> str:
    return f"Tôi chưa dùng được tệp {name}. Hãy gửi tệp .yaml của kho tri thức, hoặc bài báo .txt, .html để soạn nháp."


def unknown_folder(name: str, folders: Sequence[str]) -> str:
    return f"{name} không thuộc kho tri thức. Các thư mục của kho: {', '.join(folders)}."


def unknown_kind(name: str) -> str:
    return (
        f"Không rõ {name} là tệp gì: tệp cuộc họp phải có slug, tệp câu hỏi thử phải có questions, "
        "tệp từ điển phải có concepts. Bấm /khotri để tải một tệp mẫu đang dùng."
    )


def bad_name(name: str) -> str:
    return f"Tên tệp {name} không dùng được: chỉ chữ thường không dấu, số và gạch nối, ví dụ giao-ban-quy-2-2023.yaml."


def too_big(name: str, size: int, limit: int) -> str:
    return (
        f"Tệp {name} nặng {_megabytes(size)} MB, quá mức {_megabytes(limit)} MB. "
        "Mỗi cuộc họp một tệp; hãy tách ra rồi gửi lại."
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")


def gone_from_telegram(name: str) -> str:
    return f"Tôi không tải được tệp {name} từ Telegram. Anh/chị gửi lại giúp tôi nhé."


def unreadable(name: str, reason: str) -> str:
    return f"Không đọc được {name} trong kho ({reason}). Báo quản trị viên giúp tôi nhé."


def unwritable(reason: str) -> str:
    return f"Không ghi được vào thư mục kho tri thức ({reason}); chưa có gì thay đổi. Báo quản trị viên giúp tôi nhé."


def outside(name: str) -> str:
    return f"{name} là liên kết hoặc nằm ngoài kho tri thức nên không đọc, không sửa được từ đây."


SAME_LEAD = "(ý chính giữ nguyên, phần kèm theo thay đổi)"

# The library and uploads
LIBRARY_LEAD = "Kho tri thức"
LIBRARY_EMPTY = "Kho chưa có tệp nào."
LIBRARY_ABOUT = (
    "Bấm vào tên để nhận tệp đang dùng. Sửa xong gửi lại cho tôi: tôi kiểm tra, nói rõ khác gì rồi mới hỏi có áp dụng "
    "không. Gửi bài báo .txt hoặc .html, tôi soạn nháp."
)
FOLDERS = {"briefings": "cuộc họp", "questions": "câu hỏi thử", "thesaurus": "từ điển"}


def library_about(name: str, page: int, pages: int) -> str:
    return f"{LIBRARY_ABOUT}\nĐang xem: {name}" + (f", trang {page}/{pages}." if pages > 1 else ".")


def current_file(name: str) -> str:
    return f"Bản đang dùng của {name}"


def checking(name: str) -> str:
    return f"Đã nhận {name}. Tôi đang kiểm tra với cả kho, đợi tôi một chút…"


def drafting(name: str) -> str:
    return f"Đã nhận bài {name}. Tôi đang soạn nháp…"


def drafted(facts: int, difficulties: int, directives: int, marks: int) -> str:
    return (
        f"Bản nháp: {facts} số liệu, {difficulties} khó khăn, {directives} chỉ đạo. "
        f"{marks} chỗ ghi “# KIỂM TRA” cần anh/chị xem lại. Sửa xong gửi lại tệp này để kiểm tra và áp dụng."
    )


SAME_AS_NOW = "Tệp này giống hệt bản đang dùng, không có gì để áp dụng."


def refused_lead(name: str, errors: int) -> str:
    return f"{name}: {errors} lỗi, chưa áp dụng được"


REFUSED_ABOUT = "Kho đang dùng không thay đổi. Sửa những chỗ dưới đây rồi gửi lại tệp."


def ready_lead(name: str) -> str:
    return f"{name}: dùng được"


def counts(added_count: int, changed_count: int, removed_count: int) -> str:
    return f"Thêm {added_count}, sửa {changed_count}, bỏ {removed_count} mục."


WARNINGS = "Nên xem lại:"
DIFFERENCE = "Khác bản đang dùng:"
NO_DIFFERENCE = "Chỉ khác chú thích hoặc cách trình bày, nội dung như cũ."


def more(count: int) -> str:
    return f"… và {count} dòng nữa."


def answers_changed(count: int, asked: int, days: int) -> str:
    return f"Câu trả lời đổi ở {count} trong {asked} câu đã hỏi {days} ngày qua:"


def no_answers_changed(asked: int, days: int) -> str:
    if not asked:
        return f"Chưa có câu hỏi nào trong {days} ngày qua để so."
    return f"Không câu nào trong {asked} câu đã hỏi {days} ngày qua đổi câu trả lời."


def changed_answer(question: str, before: str, after: str) -> str:
    return f"“{question}”: {before} → {after}"


APPLY, CANCEL = "✅ Áp dụng", "✖️ Huỷ"
CANCELLED = "Đã huỷ. Kho tri thức không thay đổi."
ALREADY_CANCELLED = "Bản này đã huỷ hoặc đã hết hạn. Gửi lại tệp nếu vẫn cần."
ALREADY_APPLIED = "Bản này đã áp dụng rồi. Muốn bỏ thì dùng /hoantac."
NOT_YOURS = "Bản này do người khác gửi nên chỉ người đó áp dụng hoặc huỷ được."


def applied(name: str) -> str:
    return f"Đã áp dụng {name}. Câu trả lời mới có hiệu lực ngay. Muốn bỏ: /hoantac."


def overtaken(name: str) -> str:
    return (
        f"{name} vừa có người khác sửa sau khi anh/chị tải về kiểm tra, nên tôi chưa áp dụng để không mất phần của họ. "
        "Bấm /khotri tải bản mới, đưa phần sửa của mình vào rồi gửi lại."
    )


def broken_now(name: str) -> str:
    return f"{name}: kho đã thay đổi từ lúc kiểm tra, áp dụng bây giờ sẽ có lỗi"


def announced(who: str, name: str, lines: Sequence[str]) -> str:
    return "\n".join((f"📢 {who} vừa sửa {name}.", *lines))


def announced_undo(who: str, name: str) -> str:
    return f"📢 {who} vừa hoàn tác lần sửa gần nhất của {name}."


NOTHING_TO_UNDO = "Chưa có lần sửa nào để hoàn tác."
UNDO_OVERTAKEN = (
    "Tệp của lần sửa gần nhất đã được sửa thêm bên ngoài bot, nên tôi không hoàn tác để khỏi mất phần đó. "
    "Tải bản đang dùng ở /khotri rồi gửi bản đúng."
)


def undo_broken(name: str) -> str:
    return f"Không hoàn tác được {name}: quay lại bản cũ thì kho có lỗi"


def undone(name: str, when: str) -> str:
    return f"Đã hoàn tác lần sửa {name} lúc {when}. Gửi /hoantac lần nữa để lùi tiếp lần trước đó."


def undone_gone(name: str, when: str) -> str:
    return f"Đã hoàn tác: {name} (thêm lúc {when}) không còn trong kho. Gửi /hoantac lần nữa để lùi tiếp."
