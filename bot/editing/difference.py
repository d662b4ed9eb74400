"""What a change of one knowledge file does, in words an editor can check against the article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from pydantic import BaseModel

from bot.knowledge_files import Model
from bot.model import Briefing, Concept, EntryBase, ExpectedAnswer, Figure, Group, Person, QuestionFile, Thesaurus
from bot.number import format_number
from bot.period import Period
from bot.phrases import answers
from bot.phrases import difference as words

# Section of a file → its items; everything else of the file is its head.
_SECTIONS = ("people", "groups", "facts", "difficulties", "directives", "concepts", "questions")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """Finished lines; the counts are of items, the head of the file not counted."""

    lines: tuple[str, ...]
    added: int = 0
    changed: int = 0
    removed: int = 0


def difference(before: Model | None, after: Model | None) -> Difference:
    """From one content of a file to another; None stands for no file."""
    old, new = _items(before), _items(after)
    added = [key for key in new if key not in old]
    removed = [key for key in old if key not in new]
    changed = [key for key in new if key in old and new[key] != old[key]]
    lines = [*_head(before, after)]
    lines += [words.added(_title(new[key])) for key in added]
    for key in changed:
        lines.append(words.changed(_title(new[key])))
        lines += [words.indented(line) for line in _fields(old[key], new[key])]
    lines += [words.removed(_title(old[key])) for key in removed]
    return Difference(tuple(lines), len(added), len(changed), len(removed))


def _items(model: Model | None) -> Mapping[tuple[str, str], BaseModel]:
    """Every item by its section and name."""
    if model is None:
        return {}
    sections = ((name, getattr(model, name, ())) for name in _SECTIONS)
    return {(name, _key(item)): item for name, items in sections for item in cast(Iterable[BaseModel], items)}


def _key(item: BaseModel) -> str:
    return str(item.ask if isinstance(item, ExpectedAnswer) else getattr(item, "id", ""))


def _head(before: Model | None, after: Model | None) -> Iterator[str]:
    if before is None and after is not None:
        yield words.new_file(_title(after))
    elif before is not None and after is None:
        yield words.file_gone(_title(before))
    elif before is not None and after is not None:
        yield from _fields(before, after, leaving_out=_SECTIONS)


def _fields(old: BaseModel, new: BaseModel, leaving_out: tuple[str, ...] = ()) -> Iterator[str]:
    """One line for every field that differs."""
    names = (name for name in type(new).model_fields if name not in leaving_out)
    for name in names:
        was, now = getattr(old, name, None), getattr(new, name)
        if was != now:
            yield words.field_changed(words.FIELDS.get(name, name), *_told_apart(was, now))


def _told_apart(was: object, now: object) -> tuple[str, str]:
    """Both values, of lists only what differs; in more detail when they would look the same."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        was, now = tuple(one for one in was if one not in now), tuple(one for one in now if one not in was)
        if not was and not now:
            return words.ORDER, words.OTHER_ORDER
    short = _shown(was), _shown(now)
    return short if short[0] != short[1] else (_shown(was, detailed=True), _shown(now, detailed=True))


def _title(item: BaseModel) -> str:
    """What a line calls an item: its name and, for a fact, its first figure."""
    if isinstance(item, EntryBase):
        figures = getattr(item, "figures", ())
        told = "; ".join(answers.figure(figure) for figure in figures[:2])
        return f"{item.subject} — {told}" if told else item.subject
    if isinstance(item, Person | Group):
        return item.name
    if isinstance(item, Concept):
        return item.label
    if isinstance(item, ExpectedAnswer):
        return item.ask
    if isinstance(item, Briefing):
        return item.title
    if isinstance(item, Thesaurus):
        return item.domain
    return item.briefing if isinstance(item, QuestionFile) else ""


def _shown(value: object, *, detailed: bool = False) -> str:
    """A value as one short line; in detail, of figures too every field."""
    if value is None or value == ():
        return words.NOTHING
    if isinstance(value, Figure) and not detailed:
        text = answers.figure(value)
    elif isinstance(value, Period):
        text = answers.period(value)
    elif isinstance(value, tuple):
        text = "; ".join(_shown(one, detailed=detailed) for one in value)
    elif isinstance(value, BaseModel):
        fields = ((name, getattr(value, name)) for name in type(value).model_fields)
        text = ", ".join(_shown(one) for _, one in fields if one not in (None, ()))
    else:
        text = _plain(value)
    longest = _LONGEST * 4 if detailed else _LONGEST
    return text if len(text) <= longest else text[:longest].rstrip() + "…"


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return answers.day(value)
    return format_number(value) if isinstance(value, Decimal) else str(value)
