"""The words of the command line: help, tables, and what to do when a command cannot be carried out."""

from collections.abc import Mapping


def unreadable_file(path: str) -> str:
    return f"Không đọc được tệp {path}: kiểm tra đường dẫn và bảng mã UTF-8"


def bad_question_line(path: str, line: int) -> str:
    return f"{path}:{line}: dòng này không phải một câu hỏi hợp lệ (JSON có q, expect)"


def bad_input_line(line: int) -> str:
    return f'Dòng {line} không phải một câu hỏi: mỗi dòng cần một đối tượng JSON như {{"q": "câu hỏi"}}'


PROMPT = "Hỏi> "
LEAVE = frozenset({"thoát", "thoat", "exit", "quit", "/thoat"})
GOODBYE = "Tạm biệt."


def no_such_choice(count: int) -> str:
    return f"Danh sách chỉ có số 1 đến {count}; gõ một số trong đó, hoặc gõ câu hỏi."


def chat_welcome(briefings: int) -> str:
    return (
        f"Trợ lý giao ban: {briefings} cuộc họp, báo cáo. Gõ câu hỏi rồi Enter; gõ số để mở gợi ý; "
        "/hop, /chude để xem có gì; gõ “thoát” để dừng."
    )


def how_to_connect() -> str:
    return (
        "Chưa có BOT_TOKEN nên mở hội thoại ngay tại đây. Muốn nối Telegram: lấy token từ @BotFather, "
        "ghi BOT_TOKEN=… vào tệp .env rồi chạy lại make run."
    )


def score_row(name: str, row: Mapping[str, float]) -> str:
    label = {"all": "tất cả", "answer": "có đáp án", "none": "không có đáp án"}.get(name, name.removeprefix("style:"))
    return (
        f"{label:20} {row['n']:5.0f} câu  đúng {row['passed_percent']:5.1f} %  ngập ngừng {row['weak']:3.0f}  "
        f"sai mà chắc {row['wrong_percent']:5.1f} % (số sai dẫn đầu: {row['wrong_lead']:.0f})"
    )


def failure(expect: str, style: str, text: str, status: str, lead: str, wrong: bool) -> str:
    return f"{'SAI ' if wrong else 'hụt '} [{expect}/{style}] {text} → {status}: {lead}"


COMMAND = "LỆNH"
DESCRIPTION = "Trợ lý trả lời về các cuộc giao ban, phiên họp, hội nghị từ kho tri thức đã biên tập."
EPILOG = """Ví dụ:
  python -m bot ask "kết nạp được bao nhiêu đảng viên 6 tháng đầu năm?"
  python -m bot chat
  python -m bot check
  python -m bot eval tests/questions/heldout.jsonl -v"""
HELP = {
    "run": "chạy bot Telegram (nhận tin liên tục, hoặc webhook khi có WEBHOOK_URL)",
    "chat": "hội thoại ngay trong cửa sổ lệnh, không cần token",
    "ask": "trả lời một câu; mã thoát 0 có, 3 chưa chắc, 4 không có, 2 dùng sai",
    "eval": "chấm điểm các tệp câu hỏi JSONL",
    "check": "kiểm tra kho tri thức; mã thoát 0 sạch, 1 có lỗi",
    "schema": "in JSON Schema của tệp cuộc họp",
    "draft": "soạn nháp YAML từ một bài báo (txt, html)",
    "verify": "đối chiếu từng con số của một cuộc họp với bài nguồn",
    "--or-chat": "chưa có BOT_TOKEN thì mở hội thoại trong cửa sổ lệnh",
    "--knowledge": "thư mục kho tri thức (mặc định: KNOWLEDGE_DIR, không có thì knowledge/)",
    "--briefing": "chỉ dùng cuộc họp có slug này (dùng nhiều lần được)",
    "--json": "in kết quả dạng JSON",
    "--jsonl": 'đọc mỗi dòng một {"q": "…", "chat": "…"} từ đầu vào chuẩn, trả mỗi dòng một kết quả',
    "-v": "liệt kê cả những câu chưa đạt",
    "question": "câu hỏi, đặt trong dấu nháy",
    "files": "tệp câu hỏi JSONL",
    "directory": "thư mục kho tri thức cần kiểm tra",
    "--format": "dạng báo cáo: text, github hoặc json",
    "article": "tệp bài báo (txt hoặc html đã lưu)",
    "-o": "ghi ra tệp này thay vì in ra màn hình",
    "briefing": "slug của cuộc họp, hoặc đường dẫn tệp YAML",
    "--source": "tệp bài nguồn để đối chiếu",
}
NEED_QUESTION = 'Thiếu câu hỏi: python -m bot ask "câu hỏi", hoặc --jsonl để đọc từ đầu vào chuẩn'
CHECK_CLEAN = "Kho tri thức không có lỗi."


def problem_count(errors: int, warnings: int, notes: int) -> str:
    return f"{errors} lỗi, {warnings} cảnh báo, {notes} ghi chú."


def interrupted() -> str:
    return "Đã dừng."
