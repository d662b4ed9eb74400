"""What the operator reads when a setting is missing or wrong. No line ever repeats a value: it may be a secret."""

MISSING = {
    "BOT_TOKEN": "lấy mã của bot từ @BotFather rồi ghi BOT_TOKEN=… vào tệp .env hoặc biến môi trường",
    "WEBHOOK_SECRET": "có WEBHOOK_URL thì phải có WEBHOOK_SECRET, 6–256 ký tự A–Z, a–z, 0–9, _ và -",
}
UNREADABLE_ENV_FILE = "Tệp .env không đọc được: tệp phải là văn bản UTF-8 mà người chạy bot có quyền đọc."

WRONG = {
    "BOT_TOKEN": "phải có dạng 123456:ABC… đúng như @BotFather đã cấp",
    "BOT_API_URL": "phải là địa chỉ http(s) và kết thúc bằng /bot",
    "BOT_FILE_URL": "phải là địa chỉ http(s) và kết thúc bằng /file/bot",
    "BOT_ADMINS": "phải là các mã số người dùng Telegram (số dương), cách nhau bằng dấu phẩy",
    "BOT_ACCESS": "chỉ nhận invited (theo lời mời) hoặc open (ai cũng hỏi được)",
    "DATABASE_URL": "phải bắt đầu bằng sqlite+aiosqlite:/// (kèm đường dẫn tệp) hoặc postgresql+asyncpg://",
    "KNOWLEDGE_DIR": "phải là đường dẫn một thư mục",
    "WEBHOOK_URL": "phải là địa chỉ đầy đủ bắt đầu bằng https://",
    "WEBHOOK_SECRET": "phải dài 6–256 ký tự, chỉ gồm A–Z, a–z, 0–9, _ và -",
    "WEB_HOST": "phải là tên máy hoặc địa chỉ IP, không có dấu cách",
    "WEB_PORT": "phải là số nguyên từ 1 đến 65535",
    "LOG_RETENTION_DAYS": "phải là số ngày nguyên từ 1 đến 36500",
    "LOG_LEVEL": "chỉ nhận DEBUG, INFO, WARNING, ERROR hoặc CRITICAL",
}


def wrong_setting(name: str) -> str:
    """One line saying what `name` must look like."""
    return f"{name} không hợp lệ: {WRONG[name]}."


def missing_setting(name: str) -> str:
    """One line saying how to give `name`."""
    return f"{name} chưa được đặt: {MISSING[name]}."
