"""An `Answer` as Telegram HTML messages, or as plain text for a terminal, from the same lines.

A message is cut into logical spans first and turned into markup last, so no cut can fall inside a tag or
an entity. Telegram counts 4,096 UTF-16 units after parsing and 100 entities; we stop a little earlier.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, zip_longest
from typing import Literal

from bot.outcome import Answer, Card, Citation, Found, Part, Suggestion
from bot.phrases import chat as phrases

MESSAGE_UNITS = 4000
MESSAGE_ENTITIES = 90

Style = Literal["plain", "bold", "italic", "link"]
_TAGS = {"bold": "b", "italic": "i"}
_BULLET = "• "
# Control characters but the end of a line, halves of characters, and overrides: these would let a quoted question
# reorder the words of an answer around it.
_REFUSED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `url` only for links."""

    text: str
    style: Style = "plain"
    url: str = ""


Row = tuple[Span, ...]  # one line of a message; empty means a blank line
Block = tuple[Row, ...]  # lines that belong together, such as one card


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to send with parse mode HTML; the suggestions become its buttons."""

    html: str
    suggestions: tuple[Suggestion, ...] = ()


def clean(text: str) -> str:
    """`text` without characters that Telegram refuses or that could disturb their neighbours."""
    return _REFUSED.sub("", text)


def messages(answer: Answer) -> tuple[Outgoing, ...]:
    """The whole reply. Parts share a message until one brings buttons, which must stay under their question."""
    sent: list[Outgoing] = []
    blocks: list[Block] = []
    for part in answer.parts:
        blocks += _blocks(_cards(part))
        if part.suggestions:
            sent += _outgoing(blocks, part.suggestions)
            blocks = []
    return (*sent, *_outgoing(blocks, ()))


def card_messages(cards: Sequence[Card], suggestions: tuple[Suggestion, ...] = ()) -> tuple[Outgoing, ...]:
    """Cards that are no answer (help, lists, the log) in the same layout."""
    return tuple(_outgoing(_blocks(cards), suggestions))


def plain(answer: Answer) -> str:
    """The whole reply as plain text, parts separated by an empty line."""
    return "\n\n".join(plain_part(part) for part in answer.parts)


def plain_part(part: Part, *, suggestions: bool = True) -> str:
    """One part as plain text, with its suggestions numbered below unless told otherwise."""
    blocks = [_plain_block(card, last) for card, last in _with_closing(_cards(part))]
    if suggestions and part.suggestions:
        heading = phrases.SEE_ALSO if isinstance(part, Found) else phrases.DID_YOU_MEAN
        choices = (f"  {number}. {clean(s.label)}" for number, s in enumerate(part.suggestions, 1))
        blocks.append("\n".join((heading, *choices)))
    return "\n\n".join(blocks)


def _cards(part: Part) -> tuple[Card, ...]:
    return part.cards if isinstance(part, Found) else (part.card,)


def _with_closing(cards: Sequence[Card]) -> Iterator[tuple[Card, bool]]:
    """Each card, and whether it shows where it comes from: neighbours from one source say so once."""
    for card, following in zip_longest(cards, cards[1:]):
        same = following and (card.footer, card.citations) == (following.footer, following.citations)
        yield card, not same


def _blocks(cards: Sequence[Card]) -> list[Block]:
    return [tuple(_rows(card, last)) for card, last in _with_closing(cards)]


def _rows(card: Card, closing: bool) -> Iterator[Row]:
    if card.lead:
        yield (Span(clean(card.lead), "bold"),)
    if card.about:
        yield (Span(clean(card.about)),)
    if card.lines:
        yield from [()] if card.lead or card.about else []
        for line in card.lines:
            if _is_heading(line):
                yield ()
            yield (Span(_listed(line)),)
    if closing and (card.footer or card.citations):
        yield ()
        if card.footer:
            yield (Span(clean(card.footer), "italic"),)
        for citation in card.citations:
            yield (
                Span(f"{phrases.SOURCE}: "),
                Span(clean(citation.title), "link", citation.url),
                Span(f" ({_origin(citation)})"),
            )


def _is_heading(line: str) -> bool:
    """A line that announces the ones below it."""
    return line.endswith(":")


def _listed(line: str) -> str:
    return clean(line) if _is_heading(line) else _BULLET + clean(line)


def _plain_block(card: Card, closing: bool) -> str:
    lines = [clean(text) for text in (card.lead, card.about) if text]
    lines += [_listed(line) for line in card.lines]
    if closing:
        lines += [clean(card.footer)] if card.footer else []
        lines += [f"{phrases.SOURCE}: {clean(c.title)} — {_origin(c)} — {c.url}" for c in card.citations]
    return "\n".join(lines)


def _origin(citation: Citation) -> str:
    published = citation.published.strftime("%d/%m/%Y") if citation.published else ""
    return clean(", ".join(filter(None, (citation.publisher, published))))


def _outgoing(blocks: Iterable[Block], suggestions: tuple[Suggestion, ...]) -> Iterator[Outgoing]:
    """The blocks as messages; the buttons go under the last one, where the reader ends."""
    pages = list(_pages(blocks))
    for number, page in enumerate(pages, 1):
        text = "\n".join("".join(_markup(span) for span in row) for row in page)
        yield Outgoing(text, suggestions if number == len(pages) else ())


def _pages(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks packed into messages: whole where one fits, else by line, else by word."""
    page: list[Row] = []
    for block in blocks:
        joined = [*page, (), *block] if page else [*dropwhile(_is_blank, block)]
        if _fits(joined):
            page = joined
            continue
        if page:
            yield tuple(page)
            page = []
        for row in (piece for whole in block for piece in _wrap(whole)):
            if not _fits([*page, row]):
                yield tuple(page)
                page = []
            if page or row:
                page.append(row)
    if page:
        yield tuple(page)


def _is_blank(row: Row) -> bool:
    return not row


def _fits(rows: Sequence[Row]) -> bool:
    spans = [span for row in rows for span in row]
    units = sum(_units(span.text) for span in spans) + len(rows)
    return units <= MESSAGE_UNITS and sum(span.style != "plain" for span in spans) <= MESSAGE_ENTITIES


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _wrap(row: Row) -> Iterator[Row]:
    """The row in pieces that fit a message each; styles and links continue in the next piece."""
    if _fits([row]):
        yield row
        return
    for span in row:
        text = span.text
        while text:
            # An astral character takes two units, so half the limit always fits.
            cut = len(text) if _fits([(Span(text),)]) else _cut(text, MESSAGE_UNITS // 2)
            yield (Span(text[:cut], span.style, span.url),)
            text = text[cut:].lstrip()


def _cut(text: str, limit: int) -> int:
    """Where to cut: after the last space before `limit`, else before a base letter, else at `limit`."""
    space = max(text.rfind(" ", 0, limit), text.rfind("\n", 0, limit))
    if space > 0:
        return space
    return next((at for at in range(limit, limit - 16, -1) if not unicodedata.combining(text[at])), limit)


def _markup(span: Span) -> str:
    text = html.escape(span.text, quote=False)
    if span.style == "link":
        return f'<a href="{html.escape(span.url)}">{text}</a>'
    tag = _TAGS.get(span.style)
    return f"<{tag}>{text}</{tag}>" if tag and text else text
