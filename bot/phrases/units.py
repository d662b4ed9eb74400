"""Units of measure as the knowledge writes them. Counted nouns (xã, đảng viên) need no list."""

from __future__ import annotations

KNOWN = frozenset(
    {
        "%", "‰", "điểm %", "điểm phần trăm", "lần", "điểm", "bậc",
        "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng", "nghìn tỷ đồng", "triệu tỷ đồng",
        "USD", "nghìn USD", "triệu USD", "tỷ USD",
        "triệu đồng/người", "triệu đồng/người/năm", "triệu đồng/ha", "USD/người",
        "người", "nghìn người", "lượt người", "lượt khách", "nghìn lượt khách", "triệu lượt khách",
        "hộ", "nghìn hộ", "doanh nghiệp", "hợp tác xã", "dự án", "công trình", "nhiệm vụ", "chỉ tiêu",
        "ha", "nghìn ha", "m2", "km2", "m²", "km²", "km", "m", "m3", "m³", "triệu m3", "triệu m³",
        "kg", "tạ", "tấn", "nghìn tấn", "triệu tấn", "tạ/ha", "tấn/ha",
        "MW", "GW", "kWh", "triệu kWh", "tỷ kWh", "lít", "triệu lít",
        "giờ", "ngày", "tháng", "năm", "ngày công",
    }
)  # fmt: skip
