"""The people an article names: who they are and what they did at the meeting, as far as the words say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.editing.article import Article
from bot.editing.wordlist import word_set
from bot.text import fold

Role = Literal["chair", "speaker", "director", "reporter", "concluder", "attendee"]

_HONORIFIC = re.compile(r"\b(?:[Cc]ác )?(?:[Đđ]ồng chí|[Đđ]/c|Ông|Bà|ông|bà)\b:?\s+")
_OFFICE = re.compile(
    r"(?:nguyên |quyền |Quyền )?(?:(?:Tỉnh|Thành|Huyện|Thị|Đảng) (?:ủy|uỷ) viên|Ủy viên|Uỷ viên|Phó|Bí thư"
    r"|Chủ tịch|Chủ nhiệm|Trưởng|Giám đốc|Chánh"
    r"|Cục trưởng|Chi cục trưởng|Tổng|Thường trực|Viện trưởng|Đại tá|Thượng tá|Thiếu tướng|Trung tướng"
    r"|Hiệu trưởng|Đại biểu|Thứ trưởng|Bộ trưởng)\b"
)
_VERB = re.compile(
    r"\s(?P<verb>đồng chủ trì|chủ trì|điều hành|trình bày|báo cáo|phát biểu chỉ đạo|phát biểu kết luận"
    r"|phát biểu|kết luận|yêu cầu|đề nghị"
    r"|chỉ đạo|nhấn mạnh|lưu ý|giao|quán triệt|tham dự|dự|cho biết|khẳng định|đánh giá|thông báo|thông tin|cùng"
    r"|đã|làm|tiếp tục|thừa|và (?:các|đồng chí|ông|bà))\b"
)
_ROLES: tuple[tuple[str, Role], ...] = (
    ("chủ trì", "chair"), ("điều hành", "chair"), ("kết luận", "concluder"), ("phát biểu chỉ đạo", "director"),
    ("yêu cầu", "director"), ("đề nghị", "director"), ("chỉ đạo", "director"), ("nhấn mạnh", "director"),
    ("lưu ý", "director"), ("giao", "director"), ("quán triệt", "director"), ("trình bày", "reporter"),
    ("báo cáo", "reporter"), ("phát biểu", "speaker"), ("cho biết", "speaker"), ("dự", "attendee"),
)  # fmt: skip
_BEFORE: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"(?:chủ trì của|[Cc]hủ trì (?:hội nghị|phiên họp|buổi họp|cuộc họp)?\s*(?:có|là)|do)\s*$"), "chair"),
    (re.compile(r"(?:[Dd]ự|tham dự)[^.;]{0,60}$"), "attendee"),
    (re.compile(r"[Kk]ết luận[^.;]{0,40},\s*$"), "concluder"),
    (re.compile(r"[Pp]hát biểu chỉ đạo[^.;]{0,40},\s*$"), "director"),
)
_SURNAMES = word_set(
    """
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly trinh dinh doan dao luong ta mai ha cao
    truong trieu lam nong chu quach la thai nghiem ma be hua vi to kieu luu phung ton tang khuong giang bach au ninh
    thach danh son quan ong thi lo lu sung vang dam tong kim ung luc vien mac cu ba
    """
)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """`start`..`end` is where the article first gives the name; titles as the article spells them."""

    name: str
    titles: tuple[str, ...]
    roles: tuple[Role, ...]
    start: int
    end: int


def persons_of(article: Article) -> tuple[NamedPerson, ...]:
    """Everyone named with a title or an honorific, in the order of the text."""
    found: dict[str, NamedPerson] = {}
    for paragraph in article.paragraphs:
        for seen in _seen(paragraph.text):
            key = fold(seen.name)
            known = found.get(key)
            if known is None:
                found[key] = replace(seen, start=paragraph.start + seen.start, end=paragraph.start + seen.end)
                continue
            more = tuple(title for title in seen.titles if not _told(title, known.titles))
            roles = tuple(dict.fromkeys((*known.roles, *seen.roles)))
            found[key] = replace(known, titles=known.titles + more, roles=roles)
    return tuple(found.values())


def speaker(sentence: str, people: tuple[NamedPerson, ...]) -> NamedPerson | None:
    """Whoever a sentence names, by name or by an office only one of them holds."""
    folded = fold(sentence)
    named = [(folded.find(fold(one.name)), one) for one in people if fold(one.name) in folded]
    if named:
        return min(named, key=lambda pair: pair[0])[1]
    held = [
        one
        for one in people
        if any(re.search(rf"(?:dong chi|ong|ba) {re.escape(fold(title))}\b", folded) for title in one.titles)
    ]
    return held[0] if len(held) == 1 else None


def _told(title: str, titles: tuple[str, ...]) -> bool:
    return any(fold(title) in fold(known) for known in titles)


def _seen(text: str) -> Iterator[NamedPerson]:
    for honorific in _HONORIFIC.finditer(text):
        listed = honorific.group().lstrip()[:3].casefold() == "các"
        at = honorific.end()
        together: list[NamedPerson] = []
        while True:
            one = _one(text, at, honorific.start())
            if one is None:
                break
            seen, at = one
            together.append(seen)
            following = re.match(r"\s*[;,]\s*", text[at:])
            if not listed or not following:
                break
            at += following.end()
        last = together[-1].roles if together else ()
        for seen in together:
            yield replace(seen, roles=seen.roles or last)


def _one(text: str, at: int, before: int) -> tuple[NamedPerson, int] | None:
    """One person whose name or title begins at `at`, and where the words about them end."""
    name, start, end = _name_at(text, at)
    titles: list[str] = []
    if not name:
        office = _OFFICE.match(text, at)
        found = _name_behind(text, at) if office else None
        if found is None:
            return None
        name, start, end = found
        titles.append(" ".join(text[at:start].split()))
    verb: str | None = None
    while (piece := re.match(r"\s*,\s*((?:[^,;.:()]|\([^()]*\)|\.(?=\S))+)", text[end:])) and _OFFICE.match(
        piece[1].lstrip()
    ):
        cut = _VERB.search(piece[1])
        titles.append(" ".join((piece[1][: cut.start()] if cut else piece[1]).split()))
        end += piece.start(1) + (cut.start() if cut else len(piece[1]))
        if cut:
            break
    following = _VERB.match(text, end)
    if following:
        verb = following["verb"]
    return NamedPerson(
        name,
        tuple(titles),
        _roles(verb, text[max(0, before - 70) : before], text[end : end + 60]),
        start,
        start + len(name),
    ), end


def _roles(verb: str | None, before: str, after: str) -> tuple[Role, ...]:
    sentence = before[max((before.rfind(mark) for mark in ".;\n"), default=-1) + 1 :]
    found: list[Role] = [role for pattern, role in _BEFORE if pattern.search(sentence)]
    if verb:
        words = verb if verb not in ("đã", "cùng", "tiếp tục") else after
        found += [role for word, role in _ROLES if re.search(rf"\b{word}\b", words)][:2]
    if "director" in found and "speaker" in found:
        found.remove("speaker")
    return tuple(dict.fromkeys(found))


def _name_at(text: str, at: int) -> tuple[str, int, int]:
    """Two to five words in capitals, one after another; empty when there are none."""
    end = proper_run(text, at, _LONGEST_NAME)
    if " " not in text[at:end] or _OFFICE.match(text, at):
        return "", at, at
    return text[at:end], at, end


def proper_run(text: str, at: int, most: int) -> int:
    """Where the words in capitals that begin at `at` end; `at` itself when there are none."""
    end, place = at, at
    while most and (word := _WORD.match(text, place)) and _proper(word.group()):
        end, place, most = word.end(), word.end() + 1, most - 1
        if text[end : end + 1] != " ":
            break
    return end


def _name_behind(text: str, at: int) -> tuple[str, int, int] | None:
    """The name after a title without a comma: `Bí thư Tỉnh uỷ Nguyễn Thanh Hải`."""
    stop = re.search(r"[,;.:()\n]", text[at:])
    end = at + (stop.start() if stop else len(text) - at)
    words = list(_WORD.finditer(text, at, min(end, at + 160)))
    for place, word in enumerate(words):
        if fold(word.group()) not in _SURNAMES or not _proper(word.group()) or place == 0:
            continue
        run = place
        while run < len(words) and _proper(words[run].group()):
            run += 1
        ends = run == len(words) or words[run].group().islower()
        if 2 <= run - place <= _LONGEST_NAME and ends:
            return text[word.start() : words[run - 1].end()], word.start(), words[run - 1].end()
    return None


def _proper(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or word[1:].islower())
