"""What `check` tells an editor: what is wrong, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable

SEVERITY = {"error": "lỗi", "warning": "cảnh báo", "note": "ghi chú"}

BINARY = (
    "đây không phải tệp chữ (có thể là tệp nén, ảnh, PDF hay Word đổi tên); hãy lưu lại dạng văn bản YAML, mã UTF-8"
)
UTF16 = "tệp lưu bằng mã UTF-16; hãy lưu lại bằng mã UTF-8 (không BOM)"
BYTE_ORDER_MARK = "tệp có dấu BOM ở đầu; hãy lưu lại bằng mã UTF-8 (không BOM)"
NOT_UTF8 = "chữ ở đây không phải mã UTF-8; hãy lưu lại cả tệp bằng mã UTF-8 (không BOM)"
ALIAS = "không dùng dấu * để trỏ tới chỗ khác; hãy viết lại nội dung, hoặc đặt giá trị trong nháy nếu * là chữ thường"
ANCHOR = "không dùng dấu & để đặt nhãn; hãy bỏ đi, hoặc đặt giá trị trong nháy nếu & là chữ thường"
TAG = "không dùng thẻ bắt đầu bằng dấu !; hãy bỏ đi, hoặc đặt giá trị trong nháy nếu ! là chữ thường"
MULTIPLE_DOCUMENTS = "mỗi tệp chỉ chứa một tài liệu; hãy bỏ dòng --- này hoặc tách thành hai tệp"
KEY_NOT_TEXT = "khoá phải là một từ, ví dụ `subject:`"
EMPTY_FILE = "tệp trống; xem tệp mẫu trong knowledge/README.md"
EMPTY_VALUE = "~ và null được giữ nguyên là chữ; không có giá trị thì xoá cả dòng"
OUTSIDE = "liên kết trỏ ra ngoài thư mục tri thức; hãy chép hẳn tệp vào đây"
NOT_A_FILE = "đây không phải một tệp thường"
UNREVIEWED = "chỗ bản nháp còn ghi KIỂM TRA; xem lại theo bài nguồn, sửa rồi xoá dấu này thì tệp mới được dùng"
EXTENSION = "tệp đuôi .yml không được đọc; hãy đổi đuôi thành .yaml"

_SYNTAX = (
    (
        "mapping values are not allowed",
        "có dấu hai chấm ngoài chỗ: câu có dấu `: ` phải đặt trong nháy, hoặc dòng bị lùi sai",
    ),
    ("cannot start any token", "ký tự này không được đứng đầu giá trị; hãy đặt giá trị trong nháy, ví dụ unit: '%'"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau khoá, hoặc dòng này bị lùi sai"),
    ("did not find expected key", "dòng này lùi không khớp với các dòng trên, hoặc nháy chưa đóng đúng chỗ"),
    (
        "did not find expected '-'",
        "trong danh sách mỗi mục phải bắt đầu bằng `- `, các khoá của một mục phải thẳng cột nhau",
    ),
    (
        "did not find expected ',' or",
        "thiếu dấu phẩy hay dấu đóng ngoặc; giá trị có dấu ngoặc hay dấu phẩy phải đặt trong nháy",
    ),
    ("found unexpected end of stream", "nháy hay ngoặc mở ở đây chưa được đóng"),
    ("unexpected document indicator", "nháy hay ngoặc chưa đóng trước dòng ---"),
    ("block sequence entries are not allowed", "dấu `- ` không được đứng ở đây; danh sách phải xuống dòng sau khoá"),
    ("did not find expected node content", "thiếu giá trị ở đây, hoặc thừa dấu phẩy"),
    ("unknown escape character", "trong nháy kép không dùng dấu \\; hãy dùng nháy đơn"),
    ("did not find expected alphabetic", "dấu & hay * đứng đầu giá trị phải đặt trong nháy"),
    ("unknown directive", "dòng không được bắt đầu bằng dấu %; hãy đặt trong nháy"),
    ("did not find expected <document start>", "sau tài liệu còn chữ thừa; kiểm tra dòng này có lùi đúng không"),
)


def syntax(problem: str, character: str) -> str:
    """A libyaml complaint, about the place where `character` stands, in an editor's words."""
    if character == "\t":
        return "dòng có dấu Tab; hãy lùi dòng bằng dấu cách"
    for part, message in _SYNTAX:
        if part in problem:
            return message
    return "không đọc được YAML ở đây; kiểm tra cách lùi dòng, dấu hai chấm và dấu nháy"


def too_large(size: int, limit: int) -> str:
    return (
        f"tệp nặng {_megabytes(size)}, quá mức {_megabytes(limit)}; mỗi cuộc họp một tệp, không dán cả kho vào một tệp"
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def hidden_character(code: int) -> str:
    return f"có ký tự ẩn U+{code:04X} (thường do chép từ trang web); hãy xoá và gõ lại chỗ này"


def too_deep(limit: int) -> str:
    return f"lồng nhau quá {limit} tầng"


def scalar_too_long(length: int, limit: int) -> str:
    return f"giá trị dài {length} ký tự, quá mức {limit}"


def duplicate_key(key: str, line: int) -> str:
    return f"khoá `{key}` đã có ở dòng {line}; chỉ giữ một, hoặc thiếu dấu `- ` mở mục mới"


def unreadable(reason: str) -> str:
    return f"không mở được tệp ({reason})"


def too_many(limit: int) -> str:
    return f"tệp còn nhiều lỗi nữa, chỉ liệt kê {limit} lỗi đầu"


# Shape of a file


def unknown_key(key: str, near: str | None, allowed: Iterable[str]) -> str:
    if near:
        return f"không có khoá `{key}`; có phải là `{near}`?"
    return f"không có khoá `{key}`; ở đây dùng được: {', '.join(allowed)}"


def key_of_another_place(key: str, place: str) -> str:
    return f"khoá `{key}` không đứng ở đây mà đứng trong {place}; kiểm tra cách lùi dòng"


def split_decimal(key: str) -> str:
    return f"dấu phẩy trong ngoặc {{ }} tách `{key}` thành khoá riêng; hãy đặt số trong nháy, ví dụ number: '39,7'"


def missing_key(key: str, meaning: str) -> str:
    return f"thiếu khoá `{key}`" + (f": {meaning}" if meaning else "")


def not_a_choice(value: str, near: str | None, allowed: Iterable[str]) -> str:
    if near:
        return f"`{value}` không dùng được; có phải là `{near}`? Chỉ nhận: {', '.join(allowed)}"
    return f"`{value}` không dùng được; chỉ nhận: {', '.join(allowed)}"


def empty(key: str) -> str:
    return f"`{key}` để trống; điền giá trị hoặc xoá cả dòng"


def too_long(key: str, length: int, limit: int) -> str:
    return f"`{key}` dài {length} ký tự, quá mức {limit}"


def wants_list(key: str) -> str:
    return f"`{key}` phải là danh sách: mỗi mục một dòng bắt đầu bằng `- `, hoặc [mục một, mục hai]"


def wants_text(key: str) -> str:
    return f"`{key}` phải là một dòng chữ; nếu có dấu `: `, `[` hay `{{` thì đặt trong nháy"


def wants_mapping(key: str) -> str:
    return (
        f"`{key}` phải là nhóm các dòng `khoá: giá trị` lùi vào trong"
        if key
        else "tệp phải gồm các dòng `khoá: giá trị`"
    )


def wants_items(key: str) -> str:
    return f"`{key}` cần ít nhất một mục"


def wants_id(value: str) -> str:
    return f"`{value}` phải là chữ thường không dấu, số và gạch nối, ví dụ gia-tri-san-xuat"


def wants_concept_id(value: str) -> str:
    return f"`{value}` phải là chữ thường không dấu, số và gạch dưới, ví dụ giai_ngan"


def other(key: str) -> str:
    return f"`{key}` không đúng dạng"


# Names that point at each other


def no_directory(directory: str) -> str:
    return f"không thấy thư mục tri thức {directory}; đặt KNOWLEDGE_DIR hoặc --knowledge cho đúng"


def no_briefings(directory: str) -> str:
    return f"thư mục {directory}/briefings chưa có tệp .yaml nào"


def unusable(count: int, first: str) -> str:
    return f"tri thức có {count} lỗi, đầu tiên: {first}"


def unknown_briefing(slug: str, near: str | None) -> str:
    return f"không có cuộc họp `{slug}`" + (f"; có phải là `{near}`?" if near else "")


def file_name(slug: str, stem: str) -> str:
    return f"slug `{slug}` phải trùng tên tệp; đổi thành `{stem}` hoặc đổi tên tệp thành {slug}.yaml"


def duplicate_id(name: str, line: int) -> str:
    return f"id `{name}` đã dùng ở dòng {line}; mỗi mục, người, nhóm trong một tệp phải có id riêng"


def duplicate_slug(slug: str, file: str) -> str:
    return f"slug `{slug}` đã dùng trong {file}"


def unknown_reference(key: str, name: str, near: str | None, kind: str) -> str:
    return f"`{key}: {name}`: không có {kind} nào tên như vậy" + (f"; có phải là `{near}`?" if near else "")


FACT = "số liệu (facts)"
PERSON = "người (people)"
EXTRA_SOURCE = "nguồn (extra_sources)"
ENTRY = "mục (viết id nếu cùng tệp, <slug>/<id> nếu ở tệp khác)"
CONCEPT = "khái niệm"
BRIEFING = "cuộc họp"


def circle(key: str, names: Iterable[str]) -> str:
    return f"`{key}` đi thành vòng: {' → '.join(names)}"


FACT_WITHOUT_WORDS = "số liệu không có figures thì phải có statement nói bằng lời"


def duplicate_concept(name: str, place: str) -> str:
    return f"khái niệm `{name}` đã có ở {place}"


def one_sided_contrast(name: str, other: str) -> str:
    return (
        f"`{name}` đối lập với `{other}` nhưng `{other}` không ghi ngược lại; thêm `{name}` vào contrasts của `{other}`"
    )


def contrast_with_itself(name: str) -> str:
    return f"`{name}` không thể đối lập với chính nó"
