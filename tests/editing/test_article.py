"""Articles are read whole, or refused with a message that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.editing.article import MAX_BYTES, article_of, read_article
from bot.errors import KnowledgeError, UsageError

PAGE = """<!DOCTYPE html><html><head><title>Giao ban quý II năm 2023</title>
<meta property="og:url" content="https://mau.gov.vn/giao-ban"><meta property="og:site_name" content="Cổng Mẫu"></head>
<body><nav>Trang chủ | Liên hệ 0123456789</nav><article><h1>Giao ban quý II năm 2023</h1>
<p>Chiều 5/7, đồng chí Lê Văn Thử, Bí thư Tỉnh uỷ chủ trì giao ban với các cơ quan khối Đảng trong tỉnh.</p>
<p>Giá trị sản xuất công nghiệp đạt 405 nghìn tỷ đồng, tăng 3,9% so với cùng kỳ.</p></article>
<footer>Bản quyền 2019</footer></body></html>"""


def test_a_saved_page_gives_its_article() -> None:
    """Of a saved page the title, the address and the paragraphs remain, and the menu does not."""
    article = article_of("trang.html", PAGE.encode())
    assert article.title == "Giao ban quý II năm 2023"
    assert article.url == "https://mau.gov.vn/giao-ban"
    assert "405 nghìn tỷ đồng" in article.text
    assert "0123456789" not in article.text


def test_the_day_of_publication_is_never_made_up() -> None:
    """A page that prints a year alone has no day of publication; one that prints the day has it."""
    assert article_of("trang.html", PAGE.encode()).published is None
    dated = PAGE.replace("<body>", '<meta property="article:published_time" content="2023-07-06T08:00:00+07:00"><body>')
    assert article_of("trang.html", dated.encode()).published == "2023-07-06"


def test_a_page_is_known_by_its_markup() -> None:
    """A page saved under another name is still read as a page."""
    assert "<p>" not in article_of("bài", PAGE.encode()).text


def test_paragraphs_stand_where_they_say() -> None:
    """Every paragraph is found at its offsets; lines broken by width are one paragraph."""
    wrapped = "\n".join(["chữ " * 20 + "hết"] * 3) + "\n\nĐoạn hai."
    article = article_of("bài.txt", ("\ufeffĐoạn một.\r\n" + "\r\n" + wrapped).encode())
    assert [article.text[one.start : one.end] for one in article.paragraphs] == [one.text for one in article.paragraphs]
    assert len(article.paragraphs) == 3


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("bài.docx", b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)), "không phải tệp chữ"),
        ("bài.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "không phải tệp chữ"),
        ("bài.txt", "Giao ban quý II".encode("utf-16"), "UTF-8"),
        ("bài.txt", "Giao ban quý II".encode("utf-16-le"), "UTF-8"),
        ("bài.txt", b"H\xf4m nay h\xf6p giao ban", "UTF-8"),
        ("bài.txt", b"", "không có chữ"),
        ("bài.txt", b" \n\t\n ", "không có chữ"),
        ("bài.html", b"<html><body></body></html>", "không tìm thấy bài viết"),
        ("bài.txt", b"a" * (MAX_BYTES + 1), "lớn hơn 5 MB"),
    ],
)
def test_what_is_no_article_is_refused(name: str, content: bytes, says: str) -> None:
    """Each kind of bad file has its own message, with the file's name."""
    with pytest.raises(KnowledgeError) as refused:
        article_of(name, content)
    assert says in str(refused.value)
    assert name in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that cannot be opened is a usage error that names it."""
    with pytest.raises(UsageError, match=r"không-có\.txt"):
        read_article(tmp_path / "không-có.txt")
    with pytest.raises(UsageError):
        read_article(tmp_path)
