"""The day a meeting was held, the year that goes without saying, and the address of the article."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bot.editing.article import Article, Paragraph

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the place it was read from; `doubt` names why an editor should look."""

    value: str
    span: Span
    doubt: str | None = None


_HELD = re.compile(
    r"\b(?P<session>sáng|chiều|tối)?\s*(?:ngày|nay|,)*\s*\(?(?P<day>\d{1,2})\s*(?:[/.-]|tháng)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.-]|năm)\s*(?P<year>(?:19|20)\d\d))?(?![\d%]|[.,]\d)",
    re.I,
)
_NAMED_DAY = re.compile(r"sáng|chiều|tối|ngày|hôm|\(", re.I)
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_OTHER_YEAR = re.compile(
    r"(?:cùng kỳ|so với|so sánh|giá)(?:\s(?:năm|quý|tháng|[IV]+|\d{1,2}))*[\s/]*(?:19|20)\d\d|https?://\S+", re.I
)
_URL_YEAR = re.compile(r"/(20\d\d)(?:0[1-9]|1[0-2])?/")
_URL = re.compile(r"https?://[^\s,;)\]]+")
_SITE = re.compile(r"^\s*(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net)\s*$")


def held_on(
    article: Article, head: Paragraph, opening: list[tuple[int, str]]
) -> tuple[Said | None, str | None, dt.date | None, int | None]:
    """The day, morning or afternoon, and the year with what it was inferred from."""
    inferred = _inferred_year(article, head, opening)
    year = inferred[0] if inferred else None
    for start, text in opening:
        for found in _HELD.finditer(text):
            if not _NAMED_DAY.search(found.group()) and not _NAMED_DAY.search(
                text[max(0, found.start() - 6) : found.start()]
            ):
                continue
            session = found["session"].casefold() if found["session"] else None
            span = (start + found.start(), start + found.end())
            named = int(found["year"]) if found["year"] else None
            try:
                day = dt.date(named or year or 2024, int(found["month"]), int(found["day"]))
            except ValueError:
                continue
            if named or year:
                return (
                    Said(day.isoformat(), span, None if named else inferred[1] if inferred else None),
                    session,
                    day,
                    named or year,
                )
            return Said("", span, "no-year"), session, None, None
    return None, None, None, year


def _inferred_year(article: Article, head: Paragraph, opening: list[tuple[int, str]]) -> tuple[int, str] | None:
    """(year, where it was found): the headline, the first words, the address, the head of the page, the body."""
    first = "\n".join(text for _, text in opening)
    url = address_of(article)
    in_url = _URL_YEAR.search(url.value) if url else None
    if found := _YEAR.search(_OTHER_YEAR.sub("", head.text)):
        return int(found.group()), "year-title"
    if found := _YEAR.search(_OTHER_YEAR.sub("", first)):
        return int(found.group()), "year-text"
    if in_url:
        return int(in_url[1]), "year-url"
    if article.published and article.published[:4].isdecimal():
        return int(article.published[:4]), "year-page"
    body = _YEAR.search(_OTHER_YEAR.sub("", article.text))
    return (int(body.group()), "year-text") if body else None


def address_of(article: Article) -> Said | None:
    """The page's own address, one given in the text, or the site's front page."""
    if article.url:
        return Said(article.url, (0, 0), "page")
    found = _URL.search(article.text)
    if found:
        return Said(found.group(), found.span(), "url")
    site = next((one for one in article.paragraphs if _SITE.match(one.text)), None)
    return Said(f"https://{site.text.strip()}", (site.start, site.end), "site") if site else None
