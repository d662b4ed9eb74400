"""Little words that only their marks tell from others: who is asking, what for, and that something is asked."""

TAGS = ("à", "hả", "ư", "á")  # … là ông A à?
PURPOSE = "để"
ASKERS = ("tôi", "em", "anh", "chị", "cháu", "mình", "bác", "sếp", "i", "my", "we", "our", "me")
ASKING = ("hỏi", "cần", "ghi", "nhờ", "nghị")  # Thanh tra cần …, Phó giám đốc hỏi …, … đề nghị …
TELLING = ("bảo", "nhờ", "giao", "kêu", "sai", "đòi")  # trưởng phòng bảo tra …
FINDING = ("tra", "tìm", "hỏi", "lấy", "xem", "kiếm")
HERE = ("đây",)  # phóng viên báo tỉnh đây, …
TOLD = ("biết", "hỏi", "xin", "xem", "số", "con")  # cho biết, cho hỏi, cho xin, cho số
YET = "mà"  # mai đi họp mà chưa có số liệu …
DOING = ("đang", "sắp", "vừa")
RULING_OUT = "phải"  # không phải 9 tháng
SETTING_APART = (
    "không phải", "ko phải", "k phải", "không thuộc", "không có", "chứ không", "chứ ko", "ngoài",
    "non", "not", "besides",
)  # fmt: skip
# Behind a number: how many of what follows it.
SCALE_WORDS = ("nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "thousand", "million", "billion")
