"""The unit that follows a number in news text, in the form the knowledge writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.editing.wordlist import either, word_set
from bot.text import fold

# Counted nouns of provincial news, several words first come first: `tổ chức đảng` must not be read as `tổ chức`.
_COUNTED = """
tổ chức cơ sở đảng|tổ chức đảng|tổ chức|đảng viên|đoàn viên|hội viên|quần chúng|chi bộ|đảng bộ|đảng ủy|đảng uỷ
cấp ủy|cấp uỷ
cán bộ|công chức|viên chức|đồng chí|đại biểu|cử tri|ý kiến|kiến nghị|đơn thư|đơn|hồ sơ|thủ tục hành chính|thủ tục
văn bản
nghị quyết|chỉ thị|quyết định|kết luận|kế hoạch|chương trình|đề án|dự án|công trình|gói thầu|nhiệm vụ|chỉ tiêu
tiêu chí|mục tiêu
mô hình|cơ quan|đơn vị|địa phương|sở, ngành|sở|ngành|phòng|ban|xã, phường, thị trấn|xã, thị trấn|xã, phường|xã
phường|thị trấn
huyện, thành phố, thị xã|huyện, thành phố|huyện, thị xã|huyện|thành phố|tỉnh, thành phố|tỉnh, thành|tỉnh|quốc gia
thôn, bản|thôn, xóm
thôn, tổ dân phố|thôn|xóm|bản|tổ dân phố|khu dân cư|khu công nghiệp|cụm công nghiệp|làng nghề|chủ doanh nghiệp
doanh nghiệp
hợp tác xã|tổ hợp tác|hộ kinh doanh|hộ gia đình|hộ nghèo|hộ cận nghèo|hộ|gia đình|khẩu|nhà đầu tư|lượt hành khách
lượt khách|lượt người|lượt hộ
lượt hồ sơ|lượt|khách|hành khách|lao động|người lao động|người dân|người|học sinh|sinh viên|giáo viên|trẻ em
bệnh nhân|bác sĩ
giường bệnh|trường học|trường|lớp|phòng học|trạm y tế|cơ sở|sản phẩm OCOP|sản phẩm|thương hiệu|nhà tạm
nhà dột nát|căn hộ|căn|ngôi nhà
nhà|phương tiện|ô tô|xe|tuyến đường|tuyến|cầu|cây xanh|cây|con|đối tượng|bị can|bị cáo|vụ việc|vụ án|vụ|ca|cuộc
buổi|đợt|hội nghị
lớp tập huấn|giải pháp|sáng kiến|suất quà|suất|phần quà|học bổng|giấy chứng nhận|tin, bài|tin bài|bài viết|bài
điểm cầu|điểm|bậc|giải
huy chương|lô|thửa|mỏ|giấy phép|nhóm|tổ|đội|câu lạc bộ|thành viên|người dùng|tài khoản|thuê bao|trạm|máy|thiết bị
quân nhân|thanh niên
công dân|gia súc|gia cầm
"""
_MEASURES = """
ha|héc ta|hecta|km2|km²|km|m2|m²|m3|m³|mét vuông|mét khối|mét|m|tấn|tạ|kg|kilôgam|lít|kWh|MWh|MW|GW|kW|mm|cm
giờ|ngày công|phút
"""
_MONEY = r"đồng(?! chí)|VNĐ|VND|USD|đô la Mỹ|đô la|đô-la|EUR|euro|nhân dân tệ"
_SPELLED = {
    "đô la mỹ": "USD", "đô la": "USD", "đô-la": "USD", "usd": "USD", "vnđ": "đồng", "vnd": "đồng", "eur": "EUR",
    "euro": "EUR", "héc ta": "ha", "hecta": "ha", "mét vuông": "m2", "mét khối": "m3",
    "phần trăm": "%", "điểm %": "điểm phần trăm",
}  # fmt: skip


_PERCENT = re.compile(r"\s*(%|phần trăm|‰|điểm phần trăm|điểm %|lần)(?!\w)", re.I)
_SCALED = re.compile(
    r"\s*(?P<scale>(?:nghìn|ngàn|vạn|trăm|triệu)?\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)?)\s*"
    rf"(?P<base>(?:{_MONEY}|{either(_MEASURES)}|{either(_COUNTED)})(?:/[^\W\d]+)*)?(?!\w)",
    re.I,
)
_SCALE_WORD = re.compile(r"(?:nghìn|ngàn|vạn|trăm|triệu|tỷ|tỉ)(?!\w)", re.I)
_WORD = re.compile(r"\s+([^\W\d_]+)")
_MEASURE_WORD = re.compile(rf"(?:{_MONEY}|{either(_MEASURES)})(?:/|$)", re.I)
# Nouns that count whatever follows them; they are units alone.
_CLASSIFIERS = word_set("cái chiếc con cây căn ngôi tờ quyển bộ bức tấm khu điểm mục khoản loại gói quỹ kênh hạng danh")
# Words that end a clause or open a predicate: never a unit.
_NO_NOUN = word_set(
    """
    và với của so tăng giảm bằng đạt là có được trong đó để nhằm tại ở trên dưới hơn gần khoảng trở trước sau đến tới
    từ theo do bị đã đang sẽ còn cũng như nhưng thì mà cho vào ra lên xuống năm tháng quý ngày kế dự cùng ước vượt
    chiếm gồm cả nước khi nếu này kia ấy nay qua các những mỗi
    """
)


@dataclass(frozen=True, slots=True)
class Unit:
    """`text` as the knowledge writes it, ending at `end`; `guessed` when the article leaves part of it out."""

    text: str
    end: int
    guessed: bool = False


def unit_after(text: str, at: int, limit: int) -> Unit | None:
    """The unit that begins at `at`, none of it beyond `limit`; None when what follows is no unit."""
    if found := _PERCENT.match(text, at, limit):
        spelled = " ".join(found[1].casefold().split())
        return Unit(_SPELLED.get(spelled, spelled), found.end())
    found = _SCALED.match(text, at, limit)
    if found and (found["scale"].strip() or found["base"]):
        scale = " ".join(found["scale"].casefold().replace("ngàn", "nghìn").replace("tỉ", "tỷ").split())
        if found["base"]:
            base = _base(found["base"])
            return Unit(f"{scale} {base}".strip(), found.end("base"))
        noun = _noun(text, found.end("scale"), limit)
        if noun and not scale.endswith("tỷ"):
            return Unit(f"{scale} {noun.text}", noun.end, True)
        return Unit(f"{scale} đồng", found.end("scale"), True)
    return _noun(text, at, limit)


def is_measured(unit: str) -> bool:
    """Whether the unit measures (money, weight, area, per cent), so that it says nothing about the subject."""
    bare = without_scale(unit)
    return is_ratio(unit) or not bare or _MEASURE_WORD.match(bare) is not None


def without_scale(unit: str) -> str:
    """`lượt khách` of `triệu lượt khách`."""
    while found := _SCALE_WORD.match(unit):
        unit = unit[found.end() :].lstrip()
    return unit


def is_ratio(unit: str) -> bool:
    """Whether the unit is one of per cent, points of it, or times."""
    return unit in ("%", "‰", "điểm phần trăm", "lần")


def same_unit(one: str, other: str) -> bool:
    """Whether two units count the same thing: `tổ chức` and `tổ chức đảng` do."""
    first, second = sorted((fold(one).split(), fold(other).split()), key=len)
    return first == second or (bool(first) and not is_measured(one) and second[: len(first)] == first)


def _base(spelled: str) -> str:
    base, slash, rest = spelled.partition("/")
    known = _SPELLED.get(base.casefold(), base)
    if known == base and base.isascii() is False:
        known = base[0].lower() + base[1:] if base[1:2].islower() or base[1:2] == " " else base
    return known + slash + rest


def _noun(text: str, at: int, limit: int) -> Unit | None:
    """One or two plain words that no list knows: what is counted, most likely."""
    taken: list[str] = []
    end = at
    while len(taken) < 2 and (found := _WORD.match(text, end, limit)):
        word = found[1]
        if not word.islower() or word in _NO_NOUN:
            break
        taken.append(word)
        end = found.end()
        if word in _CLASSIFIERS:
            break
    return Unit(" ".join(taken), end, True) if taken else None
