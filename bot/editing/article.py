"""An article as plain text: NFC, paragraphs, and offsets that everything drafted from it can point at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError, UsageError
from bot.phrases import editing as words

MAX_BYTES = 5_000_000

_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_WEB_NAMES = frozenset({".html", ".htm", ".xhtml"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_UNSEEN = re.compile("[\x80-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
_WRAPPED = range(60, 131)  # a text file broken by an editor's width has lines of about this length


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` stands at `start`..`end` of the article."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Article:
    """`text` is what every offset counts in. The other fields come from a saved page's own head, when it has them."""

    name: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    url: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None  # year-month-day


def read_article(path: Path) -> Article:
    """The article in a txt or saved html file.

    Raises UsageError when the file cannot be opened, KnowledgeError when its content is no article.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(words.cannot_open(str(path), error.strerror or type(error).__name__)) from None
    return article_of(path.name, content)


def article_of(name: str, content: bytes) -> Article:
    """The article in the bytes of a file called `name`.

    Raises KnowledgeError when it is too large, binary, not UTF-8, or has no text.
    """
    text = _decoded(name, content)
    web = Path(name).suffix.lower() in _WEB_NAMES or _MARKUP.match(text) is not None
    article = _page(name, text) if web else _article(name, text)
    if not any(c.isalpha() for c in article.text):
        raise KnowledgeError(words.no_text(name) if web else words.empty_article(name))
    return article


def _decoded(name: str, content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise KnowledgeError(words.article_too_large(name, MAX_BYTES // 1_000_000))
    if content.startswith(_UTF16) or content[1:2] == b"\x00":
        raise KnowledgeError(words.not_utf8(name))
    if content.startswith(b"%PDF") or b"\x00" in content:
        raise KnowledgeError(words.not_text(name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Letters of another code page are still mostly ASCII; a picture or an archive is not.
        odd = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c" for byte in content[:4096])
        raise KnowledgeError(words.not_text(name) if odd > 8 else words.not_utf8(name)) from None
    if _CONTROL.search(text):
        raise KnowledgeError(words.not_text(name))
    return text


def _page(name: str, markup: str) -> Article:
    # An import that costs more than reading a whole text file.
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        markup, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True
    )
    body = (found.text if found else None) or ""
    title = (found.title if found else None) or None
    text = body if not title or title in body[: 2 * len(title)] else f"{title}\n\n{body}"
    return _article(
        name,
        text,
        title=unicodedata.normalize("NFC", title) if title else None,
        url=(found.url if found else None) or None,
        author=(found.author if found else None) or None,
        publisher=(found.sitename if found else None) or None,
        published=_printed_day((found.date if found else None) or "", markup),
    )


def _printed_day(day: str, markup: str) -> str | None:
    """The day the extractor found, if the page really prints it: from a lone year it makes a first of January."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return None
    year, month, number = day.split("-")
    printed = rf"{day}|(?<!\d)0?{int(number)}[/.-]0?{int(month)}[/.-]{year}(?!\d)"
    return day if re.search(printed, markup) else None


def _article(name: str, text: str, **head: str | None) -> Article:
    text = re.sub(r"\r\n?|[\x0b\x0c\u2028\u2029]", "\n", text)
    text = re.sub(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+", " ", _UNSEEN.sub("", text))
    text = unicodedata.normalize("NFC", text)
    return Article(name, text, tuple(_paragraphs(text)), **head)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Lines are paragraphs, except in a block whose lines were broken by width."""
    block: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]*(?:\n|$)", text):
        words = line.group().strip()
        if words:
            start = line.start() + line.group().index(words)
            block.append((start, start + len(words)))
        elif block:
            yield from _block(text, block)
            block = []
    yield from _block(text, block)


def _block(text: str, lines: list[tuple[int, int]]) -> Iterator[Paragraph]:
    if len(lines) > 2 and all(end - start in _WRAPPED for start, end in lines[:-1]):
        lines = [(lines[0][0], lines[-1][1])]
    for start, end in lines:
        yield Paragraph(start, end, text[start:end])
