"""The sixty indicators of the synthetic country: what provinces report, and the names officials have for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is reported. Each province uses one of `names` all the time; a question may use any of them."""

    names: tuple[str, ...]
    unit: str
    low: float
    high: float
    decimals: int
    planned: bool  # whether there is a plan to be measured by


def indicators() -> tuple[Indicator, ...]:
    """All of them, in a fixed order: numbers are drawn by their place in it."""
    return tuple(
        Indicator(tuple(name.strip() for name in names.split("|")), unit, low, high, decimals, planned)
        for names, unit, low, high, decimals, planned in _ROWS
    )


_ROWS: tuple[tuple[str, str, float, float, int, bool], ...] = (
    ("giá trị sản xuất công nghiệp | GTSX công nghiệp | giá trị SXCN", "tỷ đồng", 2_000, 250_000, 0, True),
    ("tổng sản phẩm trên địa bàn (GRDP) | GRDP | tổng sản phẩm trên địa bàn", "tỷ đồng", 5_000, 90_000, 0, True),
    ("GRDP bình quân đầu người | GRDP đầu người", "triệu đồng", 30, 180, 1, False),
    ("thu ngân sách nhà nước | thu ngân sách | thu NSNN", "tỷ đồng", 500, 40_000, 0, True),
    ("chi ngân sách nhà nước | chi ngân sách | chi NSNN", "tỷ đồng", 800, 30_000, 0, True),
    ("thu nội địa | tổng thu nội địa", "tỷ đồng", 400, 30_000, 0, True),
    ("thu từ hoạt động xuất nhập khẩu | thu từ xuất nhập khẩu | thu hải quan", "tỷ đồng", 5, 9_000, 0, True),
    ("thu tiền sử dụng đất | tiền sử dụng đất", "tỷ đồng", 50, 6_000, 0, True),
    ("chi thường xuyên | chi TX", "tỷ đồng", 400, 9_000, 0, True),
    ("chi đầu tư phát triển | chi ĐTPT", "tỷ đồng", 200, 8_000, 0, True),
    ("nợ thuế | nợ đọng thuế", "tỷ đồng", 50, 3_000, 0, False),
    ("kim ngạch xuất khẩu | xuất khẩu | giá trị xuất khẩu", "triệu USD", 20, 9_000, 1, True),
    ("kim ngạch nhập khẩu | nhập khẩu | giá trị nhập khẩu", "triệu USD", 20, 8_000, 1, False),
    ("tổng mức bán lẻ hàng hoá và doanh thu dịch vụ | tổng mức bán lẻ", "tỷ đồng", 1_500, 60_000, 0, True),
    ("vốn FDI thực hiện | FDI thực hiện", "triệu USD", 5, 900, 1, True),
    ("dự án FDI cấp mới | FDI cấp mới", "dự án", 1, 60, 0, False),
    ("giải ngân vốn đầu tư công | giải ngân đầu tư công", "tỷ đồng", 200, 9_000, 0, True),
    ("tổng vốn đầu tư toàn xã hội | vốn đầu tư toàn xã hội", "tỷ đồng", 2_000, 50_000, 0, True),
    ("giá trị sản xuất nông, lâm nghiệp, thuỷ sản | GTSX nông lâm thuỷ sản", "tỷ đồng", 900, 20_000, 0, True),
    ("sản lượng lương thực có hạt | sản lượng lương thực", "nghìn tấn", 30, 1_800, 1, True),
    ("độ che phủ rừng | tỷ lệ che phủ rừng", "%", 5, 73, 1, False),
    ("diện tích trồng rừng | trồng rừng tập trung | trồng rừng mới", "ha", 100, 9_000, 0, True),
    ("đàn lợn | tổng đàn lợn", "nghìn con", 50, 1_400, 1, False),
    ("đàn gia cầm | tổng đàn gia cầm", "nghìn con", 900, 30_000, 0, False),
    ("nuôi trồng thuỷ sản | sản lượng nuôi trồng thuỷ sản", "tấn", 400, 90_000, 0, True),
    ("doanh thu du lịch | tổng thu từ khách du lịch", "tỷ đồng", 30, 9_000, 0, True),
    ("khách du lịch quốc tế | khách quốc tế", "lượt", 200, 900_000, 0, False),
    ("khách du lịch nội địa | khách nội địa", "lượt", 9_000, 3_000_000, 0, False),
    ("tỷ lệ hộ nghèo | tỷ lệ nghèo", "%", 0.4, 30, 2, False),
    ("số hộ cận nghèo | hộ cận nghèo", "hộ", 900, 40_000, 0, False),
    ("tỷ lệ thất nghiệp | thất nghiệp", "%", 0.5, 6, 2, False),
    ("giải quyết việc làm | tạo việc làm mới", "lao động", 1_500, 40_000, 0, True),
    ("tỷ lệ lao động qua đào tạo | lao động qua đào tạo", "%", 35, 78, 1, False),
    ("thu nhập bình quân đầu người | thu nhập bình quân", "triệu đồng", 20, 110, 1, False),
    ("xuất khẩu lao động | đưa lao động đi nước ngoài", "người", 50, 9_000, 0, True),
    ("số vụ tai nạn giao thông | tai nạn giao thông | TNGT", "vụ", 5, 400, 0, False),
    ("số vụ cháy | vụ cháy", "vụ", 1, 90, 0, False),
    ("xã đạt chuẩn nông thôn mới | xã đạt chuẩn NTM | xã nông thôn mới", "xã", 10, 300, 0, True),
    ("xã nông thôn mới nâng cao | xã NTM nâng cao", "xã", 1, 150, 0, True),
    ("sản phẩm OCOP | OCOP", "sản phẩm", 10, 700, 0, False),
    ("kết nạp đảng viên | phát triển đảng viên | đảng viên mới kết nạp", "đảng viên", 200, 4_000, 0, True),
    ("dân số | quy mô dân số", "nghìn người", 300, 9_000, 1, False),
    ("cấp giấy chứng nhận quyền sử dụng đất | cấp sổ đỏ", "giấy", 900, 60_000, 0, False),
    ("nhà ở xã hội | số căn nhà ở xã hội", "căn", 50, 6_000, 0, True),
    ("dư nợ tín dụng | tổng dư nợ", "tỷ đồng", 9_000, 600_000, 0, False),
    ("nợ xấu | nợ xấu ngân hàng", "tỷ đồng", 90, 6_000, 0, False),
    ("tín dụng chính sách | tín dụng chính sách xã hội", "tỷ đồng", 900, 9_000, 0, False),
    ("doanh nghiệp thành lập mới | DN thành lập mới", "doanh nghiệp", 50, 9_000, 0, True),
    ("doanh nghiệp tạm ngừng hoạt động | doanh nghiệp tạm ngừng", "doanh nghiệp", 20, 4_000, 0, False),
    ("doanh nghiệp giải thể | doanh nghiệp phá sản", "doanh nghiệp", 5, 900, 0, False),
    ("vốn đăng ký của doanh nghiệp | vốn đăng ký doanh nghiệp", "tỷ đồng", 300, 60_000, 0, False),
    ("bảo hiểm y tế | số người tham gia bảo hiểm y tế | BHYT", "nghìn người", 280, 8_500, 1, False),
    ("bảo hiểm xã hội | số người tham gia bảo hiểm xã hội | BHXH", "nghìn người", 20, 2_500, 1, False),
    ("bảo hiểm thất nghiệp | BHTN", "nghìn người", 15, 2_200, 1, False),
    ("giường bệnh | số giường bệnh", "giường", 900, 40_000, 0, False),
    ("trường đạt chuẩn quốc gia | trường chuẩn quốc gia", "trường", 90, 1_600, 0, True),
    ("học sinh giỏi quốc gia | HSG quốc gia", "học sinh", 10, 900, 0, False),
    ("dịch vụ công trực tuyến | DVC trực tuyến", "dịch vụ", 200, 1_900, 0, False),
    ("chỉ số cải cách hành chính | chỉ số CCHC", "điểm", 60, 95, 2, False),
    ("hành khách vận chuyển | vận tải hành khách", "nghìn lượt", 300, 60_000, 1, False),
)
