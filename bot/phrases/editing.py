"""The words of the editor's desk: reading an article, drafting from it, and checking entries against it."""

from __future__ import annotations


def cannot_open(path: str, reason: str) -> str:
    return f"Không mở được tệp {path}: {reason}"


def article_too_large(name: str, megabytes: int) -> str:
    return f"{name}: tệp lớn hơn {megabytes} MB; chỉ lưu phần bài viết rồi thử lại"


def not_text(name: str) -> str:
    return f"{name}: đây không phải tệp chữ (có thể là Word, PDF, ảnh hay tệp nén); hãy lưu bài thành .txt hoặc .html"


def not_utf8(name: str) -> str:
    return f"{name}: chữ không phải mã UTF-8; hãy mở tệp và lưu lại với mã UTF-8"


def empty_article(name: str) -> str:
    return f"{name}: tệp không có chữ nào"


def no_text(name: str) -> str:
    return f"{name}: không tìm thấy bài viết trong trang; hãy chép nội dung bài vào tệp .txt"


# The draft

CHECK = "KIỂM TRA"
MODELINE = "yaml-language-server: $schema=../schema.json"
REWRITE = "viết lại bằng lời của mình"
NOT_IN_ARTICLE = "bài không ghi; điền vào rồi xoá dấu này"
NO_PERIOD = "bài không ghi kỳ của mục này; nếu khác kỳ của cuộc họp thì thêm period"
RANK_UNIT = "hạng"
SUBJECT_SHORT = "đặt lại chủ đề cho ngắn gọn, đúng tên gọi"
SPEAKER_UNKNOWN = "bài không ghi ai nói; điền id của một người ở mục people"
TITLE_UNKNOWN = "bài không ghi chức vụ"
PART_OF = "có phải một phần của mục này không"
FROM_PAGE = "lấy theo phần đầu trang, không phải lời bài"
PUBLISHER = "tên cổng, báo, đài đăng bài"
GROUP = "đối tượng dự họp, hay là số liệu"
DATE_MISSING = "date: bài không ghi ngày họp; có thì thêm, dạng năm-tháng-ngày"
OUTLOOK = "nhiệm vụ thời gian tới mà bài không ghi ai nói, nên chưa đưa vào mục nào"
DIRECTIVE_FIGURE = "con số trong lời chỉ đạo; nếu là chỉ tiêu cần tra cứu thì thêm một mục facts (aspect: plan)"

DOUBTS = {
    "percent": "bài thiếu dấu %",
    "derived": "bài viết dạng “bằng … so với …”, đã đổi ra mức tăng giảm",
    "direction": "bài không nói rõ tăng hay giảm",
    "measure": "bài không nói gấp so với gì",
    "share": "bài không ghi tỷ lệ này tính trên cái gì (kế hoạch hay tổng số)",
    "earlier": "mức trước khi thay đổi, không phải kết quả kỳ này",
    "range": "bài ghi một khoảng, đây là một đầu của khoảng đó",
    "subject": "chủ đề lấy từ câu trước",
    "vague-subject": "chủ đề chưa rõ nói về cái gì",
    "long-subject": "chủ đề dài, rút gọn lại",
    "unit": "đơn vị bài không ghi đủ hoặc chưa gặp",
    "no-unit": "bài không ghi đơn vị",
    "point": "bài dùng dấu chấm thập phân",
    "kind": "loại cuộc họp",
    "title": "tiêu đề",
    "no-year": "bài chỉ ghi ngày và tháng, không có năm",
    "year-title": "năm lấy theo tiêu đề",
    "year-text": "năm lấy theo chỗ khác trong bài",
    "year-url": "năm lấy theo địa chỉ trang",
    "year-page": "năm lấy theo ngày đăng của trang",
    "time": "kỳ lấy theo vế câu hoặc câu trước",
    "period-year": "không rõ năm của kỳ này",
    "period": "kỳ không nằm trong tiêu đề",
    "place": "tên tỉnh, thành phố không có trong danh mục",
    "url": "địa chỉ thấy trong bài",
    "site": "chỉ biết trang chủ; tìm địa chỉ riêng của bài",
    "page": FROM_PAGE,
    "author": "tên ở cuối bài",
}


def file_name(kind: str, period: str) -> str:
    """The words a briefing's file is named after, from its kind and the YAML form of its period."""
    year, _, part = period.partition("-")
    spoken = {"H1": "6 tháng", "H2": "6 tháng cuối năm", "": "năm"}.get(part)
    if spoken is None:
        spoken = f"quý {part[1:]}" if part[0] == "Q" else f"{part[:-1]} tháng" if part[-1] == "M" else f"tháng {part}"
    return f"{kind} {spoken} {year}"


def check(text: str) -> str:
    return f"{CHECK}: {text}"


def span(start: int, end: int) -> str:
    return f"ký tự {start}–{end}"


def quoted(start: int, end: int, text: str) -> str:
    return f'{span(start, end)}: "{text}"'


def earlier_level(place: str) -> str:
    return f"không đưa vào mức trước khi thay đổi ({place})"


def drafted_from(name: str) -> tuple[str, ...]:
    return (
        f"Bản nháp soạn từ {name}. “ký tự a–b” là chỗ trong bài mà dòng đó lấy ra.",
        f"Xem hết các dấu {CHECK}, sửa hoặc xoá, rồi chạy check và verify trước khi dùng.",
    )


def wrote(path: str, facts: int, difficulties: int, directives: int, marks: int) -> str:
    return (
        f"Đã ghi {path}: {facts} số liệu và kết quả, {difficulties} khó khăn, {directives} chỉ đạo; "
        f"{marks} chỗ cần kiểm tra (tìm “{CHECK}”)."
    )


def already_there(path: str) -> str:
    return f"Tệp {path} đã có; chọn tên khác hoặc xoá tệp cũ trước"


def cannot_write(path: str, reason: str) -> str:
    return f"Không ghi được tệp {path}: {reason}"


# Checking entries against their source


def figure_missing(shown: str) -> str:
    return f"không thấy {shown} trong bài nguồn"


def only_in_name(shown: str) -> str:
    return f"{shown} trong bài nguồn chỉ có trong ngày tháng hay số hiệu, không phải số liệu"


def other_unit(shown: str, written: str) -> str:
    return f"{shown}: bài nguồn ghi đơn vị khác: “{written}”"


def other_qualifier(shown: str, mine: str, its: str, written: str) -> str:
    said = f"ghi “{its}”" if its else "không ghi trên, gần, ước…"
    return f"{shown}: mục này ghi “{mine or 'không có'}” còn bài nguồn {said}: “{written}”"


def other_direction(shown: str, written: str) -> str:
    return f"{shown}: bài nguồn nói ngược chiều tăng giảm hoặc mức khác: “{written}”"


def whole_missing(whole: str, written: str) -> str:
    return f"không thấy tổng {whole} trong bài nguồn: “{written}”"


def other_aspect(mine: str, its: str, written: str) -> str:
    return f"aspect là {mine}, còn bài nguồn có vẻ là {its}: “{written}”; xem lại"


def name_missing(name: str) -> str:
    return f"không thấy “{name}” trong bài nguồn"


def day_missing(day: str) -> str:
    return f"không thấy ngày {day} trong bài nguồn"


def year_missing(year: int) -> str:
    return f"bài nguồn không ghi năm {year}; nếu suy ra từ chỗ khác thì nói rõ trong note"


def session_missing(session: str) -> str:
    return f"bài nguồn không ghi buổi {session} ở ngày họp"


def other_subject(shown: str, subject: str) -> str:
    return f"{shown}: trong bài nguồn con số này nói về “{subject}”; xem lại có nhầm chủ đề không"


def verified(checked: int, errors: int, warnings: int, covered: int, figures: int) -> str:
    found = "Mọi số liệu, tên và ngày đều có trong bài nguồn" if not errors else f"{errors} chỗ không khớp bài nguồn"
    return f"{found} ({checked} chỗ đã đối chiếu, {warnings} cảnh báo). {covered}/{figures} số liệu của bài đã có mục."


def skipped(count: int) -> str:
    return f"Bỏ qua {count} mục lấy từ nguồn khác của cuộc họp."


UNCOVERED = "Số liệu của bài chưa có mục nào"
COLUMNS = ("Dòng", "Số liệu", "Nói về", "So với")


def uncovered_line(line: int, written: str, subject: str, against: str) -> str:
    return f"  dòng {line}: {written} — {subject}" + (f" (so với {against})" if against else "")


def no_such_briefing(name: str) -> str:
    return f"Không thấy tệp cuộc họp {name}"
