"""An entry that another one has replaced: its answer says so first, and shows what the newer entry says."""

from __future__ import annotations

from dataclasses import replace

from bot import cards
from bot.index import Index
from bot.item import Item
from bot.model import EntryBase, public_name
from bot.outcome import Found, Part
from bot.phrases import answers as phrases


def with_newer(part: Part, item: Item, index: Index) -> Part:
    """The same part; when `item` has been replaced, its first card names the newest entry before everything else."""
    newest = _newest(item, index)
    if newest is item or not isinstance(part, Found):
        return part
    first, *others = part.cards
    line = phrases.superseded(cards.item_line(newest, short=False), cards.when(newest))
    cited = dict.fromkeys((*first.citations, *cards.citations([newest])))
    return replace(part, cards=(replace(first, lines=(line, *first.lines), citations=tuple(cited)), *others))


def _newest(item: Item, index: Index) -> Item:
    """The known entry at the end of the way from each entry to the one that replaced it."""
    passed: list[Item] = []
    while item not in passed and isinstance(item.entry, EntryBase) and item.entry.superseded_by:
        passed.append(item)
        item = index.by_id.get(public_name(item.entry.superseded_by, item.briefing.slug), item)
    return item
