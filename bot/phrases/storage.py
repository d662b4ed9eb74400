"""What the operator reads when the database cannot be used. No line holds an address, a user name or a password."""

WRONG_URL = (
    "DATABASE_URL không hợp lệ: phải là sqlite+aiosqlite:///đường/dẫn/tệp.db hoặc postgresql+asyncpg://… "
    "(dữ liệu phải nằm trên đĩa)."
)
UNREACHABLE = "Cơ sở dữ liệu không dùng được lúc này (bận, mất kết nối hoặc đầy đĩa); hãy kiểm tra rồi thử lại."
REFUSED = "Cơ sở dữ liệu từ chối: hãy kiểm tra tài khoản, mật khẩu và tên cơ sở dữ liệu trong DATABASE_URL."
NOT_A_DATABASE = "Tệp dữ liệu đã hỏng hoặc không phải tệp SQLite; hãy khôi phục bản sao lưu hoặc chọn tệp khác."
FAILED = "Cơ sở dữ liệu báo lỗi ngoài dự kiến; chi tiết có trong nhật ký kỹ thuật."
NO_FILE = "Chưa có tệp dữ liệu: bot chưa chạy lần nào với DATABASE_URL này."
NO_DIRECTORY = "Không tạo được tệp dữ liệu: hãy kiểm tra quyền ghi ở thư mục nêu trong DATABASE_URL."
FOREIGN = "Cơ sở dữ liệu này có sẵn bảng của chương trình khác; hãy dùng một cơ sở dữ liệu trống."
IN_USE = "Tệp dữ liệu đang được một tiến trình bot khác dùng; mỗi tệp SQLite chỉ phục vụ một bot đang chạy."
CLOSED = "Cơ sở dữ liệu đã đóng."


def too_new(found: int, known: int) -> str:
    """The data were written by a newer program than this one."""
    return (
        f"Dữ liệu thuộc phiên bản {found}, mới hơn chương trình này (biết đến phiên bản {known}); "
        "hãy nâng cấp chương trình, đừng chạy bản cũ."
    )
