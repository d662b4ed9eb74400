"""How a meeting's own data is spoken of: the views under which a date, a chair or a list can be asked for."""

# Words that belong to any briefing and so need no entry of their own.
CONTEXT = (
    "hội nghị", "cuộc họp", "báo cáo", "số liệu", "toàn tỉnh", "tỉnh", "địa bàn tỉnh", "địa phương",
    "tỉnh ta", "cả tỉnh", "Nhân dân", "người dân", "Đảng bộ tỉnh", "Tỉnh uỷ", "đồng chí", "đại biểu",
)  # fmt: skip
PEOPLE_CONTEXT = (
    "dự họp",
    "tham dự",
    "có mặt",
    "tham gia",
    "thành phần",
    "đồng chí",
    "lãnh đạo",
    "chức vụ",
    "chức danh",
    "họ tên",
    "người",
)
CHAIR = ("chủ trì hội nghị", "chủ trì", "chủ toạ", "điều hành hội nghị")
SPEAKER = ("phát biểu", "phát biểu tại hội nghị")
DIRECTOR = ("phát biểu chỉ đạo hội nghị", "phát biểu kết luận", "kết luận hội nghị", *SPEAKER)
REPORTER = ("trình bày báo cáo", "báo cáo tại hội nghị")
DATE = ("ngày họp", "thời gian họp", "hội nghị diễn ra", "tổ chức hội nghị")
PARTICIPANTS = ("thành phần dự họp", "đại biểu tham dự", "thành phần tham dự hội nghị")
PURPOSE = ("mục đích hội nghị", "nội dung hội nghị", "mục tiêu cuộc họp")
DISCUSSION = ("đại biểu trao đổi, thảo luận", "ý kiến thảo luận của đại biểu")
PERIOD = ("kỳ báo cáo", "kỳ đánh giá")
OUTLOOK = ("nhiệm vụ thời gian tới", "triển khai nhiệm vụ")
VENUE = ("địa điểm họp", "nơi họp")
DIRECTIVE = (
    "chỉ đạo, đề nghị, yêu cầu, giao nhiệm vụ, phát biểu, ý kiến, chính sách, nhiệm vụ, định hướng, "
    "các sở, ngành, các cấp, các ngành, các cơ quan, đơn vị, địa phương"
)
DIFFICULTY = "khó khăn, hạn chế, tồn tại, vướng mắc, tình hình"
ADDRESS = ("đồng chí", "đ/c", "ông", "bà", "anh", "chị", "bác", "chú", "cô", "Mr", "Ms", "Mrs", "comrade")
SOURCE = ("nguồn bài viết", "bài viết", "bài báo", "tác giả bài viết", "phóng viên viết bài", "cơ quan đăng bài")
ORGANISER = ("cơ quan tổ chức", "đơn vị tổ chức", "cơ quan công bố")
MONTHS = "tháng"
YEAR = "năm"

NOT_YET = "chưa"
ABBREVIATED = (
    "tổng số, số lượng, tỷ lệ, kế hoạch, dự toán, chỉ tiêu, chương trình, hội nghị, báo cáo, so cùng kỳ, hết năm"
)
