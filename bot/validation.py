"""pydantic's complaints turned into problems an editor can act on: the place in the file and what would be right."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from bot.document import nearest_place
from bot.phrases import check as words
from bot.phrases.schema import MEANING
from bot.problem import Problem
from bot.yaml_source import MAX_PROBLEMS, Steps, positions

_HOMES = {"Figure": "figures", "Source": "source", "Person": "people", "Group": "groups", "Fact": "facts"}


def explain(error: ValidationError, model: type[BaseModel], content: bytes, file: str) -> tuple[Problem, ...]:
    """Every complaint about one file, in the order of its lines; at most MAX_PROBLEMS and a word about the rest."""
    places = positions(content)
    problems = []
    complaints = [one for one in error.errors(include_url=False) if not _echo(one)]
    for complaint in complaints[:MAX_PROBLEMS]:
        steps: Steps = complaint["loc"]
        kind = complaint["type"]
        rule, message = _explained(kind, steps, complaint, model)
        place = nearest_place(places, steps)
        on_key = kind == "extra_forbidden" or steps not in places
        line, column = (place.key_line, place.key_column) if on_key else (place.line, place.column)
        problems.append(Problem(file, line, column, rule, message))
    if len(complaints) > MAX_PROBLEMS:
        problems.append(Problem(file, 1, 1, "too-many-problems", words.too_many(MAX_PROBLEMS)))
    return tuple(sorted(problems))


def _echo(complaint: Any) -> bool:
    """A list is also called too short when its items are wrong; that is told already."""
    return bool(complaint["type"] == "too_short" and len(complaint["input"]) >= complaint["ctx"]["min_length"])


def _explained(kind: str, steps: Steps, complaint: Any, model: type[BaseModel]) -> tuple[str, str]:
    """Rule and message of one complaint."""
    key = next((step for step in reversed(steps) if isinstance(step, str)), "")
    value = complaint["input"]
    context = complaint.get("ctx", {})
    if kind == "extra_forbidden":
        return "unknown-key", _unknown_key(key, _model_at(model, steps[:-1]), model)
    if kind == "missing":
        home = _model_at(model, steps[:-1])
        return "missing-key", words.missing_key(key, MEANING.get(home.__name__, {}).get(key, "") if home else "")
    if value == "" or kind == "string_too_short":
        return "empty-value", words.empty(key)
    if kind in ("enum", "literal_error") and isinstance(value, str):
        allowed = _choices(model, steps)
        return "unknown-value", words.not_a_choice(value, _nearest(value, allowed), allowed)
    if kind == "string_pattern_mismatch":
        underscore = "_" in str(context.get("pattern", ""))
        return "id", words.wants_concept_id(str(value)) if underscore else words.wants_id(str(value))
    if kind == "string_too_long":
        return "too-long", words.too_long(key, len(value), context["max_length"])
    if kind == "value_error":
        return "format", str(context["error"])
    if kind == "too_short":
        return "empty-value", words.wants_items(key)
    if kind in ("tuple_type", "list_type"):
        return "shape", words.wants_list(key)
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "shape", words.wants_mapping(key)
    if not isinstance(value, str):
        return "shape", words.wants_text(key)
    return "format", words.other(key)


def _unknown_key(key: str, home: type[BaseModel] | None, top: type[BaseModel]) -> str:
    allowed = tuple(home.model_fields) if home else ()
    if key.isdecimal():
        return words.split_decimal(key)
    near = _nearest(key, allowed)
    if near is None:
        models = {other.__name__: other for other in _models_within(top)}
        for name, place in _HOMES.items():
            if name in models and key in models[name].model_fields:
                return words.key_of_another_place(key, place)
    return words.unknown_key(key, near, allowed)


def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    return next(iter(difflib.get_close_matches(name, names, 1, 0.6)), None)


def _model_at(model: type[BaseModel], steps: Steps) -> type[BaseModel] | None:
    """The model that the steps lead into."""
    found: type[BaseModel] | None = model
    for step in steps:
        if found is None:
            return None
        if isinstance(step, str):
            field = found.model_fields.get(step)
            found = next(_models_of(field.annotation), None) if field else None
    return found


def _models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _models_of(part)


def _models_within(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in _models_of(field.annotation):
            yield from _models_within(inner)


def _choices(model: type[BaseModel], steps: Steps) -> tuple[str, ...]:
    """The words a choice accepts."""
    *before, last = [step for step in steps if isinstance(step, str)]
    home = _model_at(model, tuple(before))
    return tuple(_words_of(home.model_fields[last].annotation)) if home else ()


def _words_of(annotation: Any) -> Iterator[str]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from (choice.value for choice in annotation)
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in typing.get_args(annotation):
            yield from _words_of(part)
