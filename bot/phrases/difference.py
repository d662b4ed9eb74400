"""How a change of a knowledge file is told in words."""

from __future__ import annotations

NOTHING = "(trống)"
ORDER, OTHER_ORDER = "thứ tự cũ", "thứ tự mới"
FIELDS = {
    "title": "tên",
    "kind": "loại",
    "aliases": "tên khác",
    "organiser": "cơ quan tổ chức",
    "number": "số",
    "date": "ngày",
    "session": "buổi",
    "venue": "địa điểm",
    "period": "kỳ",
    "covers": "kỳ báo cáo",
    "looks_ahead": "kỳ bàn tới",
    "place": "nơi",
    "purpose": "mục đích",
    "discussion": "trao đổi",
    "note": "ghi chú",
    "source": "nguồn",
    "extra_sources": "nguồn khác",
    "subject": "chủ đề",
    "statement": "nội dung",
    "also_periods": "kỳ khác",
    "scope": "phạm vi",
    "examples": "câu hỏi mẫu",
    "topics": "nhóm chủ đề",
    "review_by": "ngày xem lại",
    "superseded_by": "mục thay thế",
    "figures": "số liệu",
    "part_of": "thuộc mục",
    "by": "người nói",
    "to": "gửi tới",
    "name": "tên",
    "titles": "chức danh",
    "roles": "vai trò",
    "spoke": "phát biểu",
    "count": "số lượng",
    "unit": "đơn vị",
    "label": "tên",
    "phrasings": "cách nói",
    "english": "tiếng Anh",
    "implies": "bao hàm",
    "contrasts": "đối lập",
    "asks": "hỏi về",
    "domain": "lĩnh vực",
    "expect": "mục trả lời",
}


def new_file(title: str) -> str:
    return f"📄 Tệp mới: {title}"


def file_gone(title: str) -> str:
    return f"🗑 Bỏ cả tệp: {title}"


def added(title: str) -> str:
    return f"➕ Thêm: {title}"


def changed(title: str) -> str:
    return f"✏️ Sửa: {title}"


def removed(title: str) -> str:
    return f"➖ Bỏ: {title}"


def indented(line: str) -> str:
    return f"↳ {line}"


def field_changed(field: str, before: str, after: str) -> str:
    return f"{field}: {before} → {after}"
