"""JSON Schemas of the knowledge files, made from the models: VS Code completes and explains keys with them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.model import Briefing, QuestionFile, Thesaurus
from bot.period import Period
from bot.phrases import schema as words

# Looser than the models where a pattern cannot say it all: check has the last word, this only guides the hand.
NUMBER = r"^[-−+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$"
DATE = r"^\d{4}-\d{2}-\d{2}$"
PERIOD = r"^\d{4}(-(Q[1-4]|H[12]|([1-9]|1[0-2])M|(0[1-9]|1[0-2])(-\d{2})?))?$"

FILES: dict[str, type[BaseModel]] = {
    "schema.json": Briefing,
    "schema-thesaurus.json": Thesaurus,
    "schema-questions.json": QuestionFile,
}


def briefing_schema() -> dict[str, Any]:
    """The JSON Schema (draft 7) of a file in knowledge/briefings."""
    return file_schema(Briefing)


def file_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (draft 7) of a file that holds one such model."""
    definitions: dict[str, Any] = {}
    top = _object(model, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": words.TITLES[model.__name__],
        **top,
        "definitions": dict(sorted(definitions.items())),
    }


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as its file keeps it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _object(model: type[BaseModel], definitions: dict[str, Any]) -> dict[str, Any]:
    properties = {}
    for key, field in model.model_fields.items():
        told = words.MEANING[model.__name__][key]
        shape = _shape(field.annotation, field.metadata, definitions)
        form = shape.pop("description", "")
        if "$ref" in shape:  # draft 7 ignores whatever stands beside a $ref
            shape = {"allOf": [shape]}
        properties[key] = {"description": f"{told} {form}".strip(), **shape}
    required = [key for key, field in model.model_fields.items() if field.is_required()]
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _shape(annotation: Any, metadata: Iterable[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a value may look like. Plain YAML numbers are allowed where an editor need not quote."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extra = get_args(annotation)
        return _shape(inner, (*extra, *metadata), definitions)
    if origin in (Union, UnionType):
        kept = [part for part in get_args(annotation) if part is not NoneType]
        return _shape(kept[0], metadata, definitions)
    if origin is tuple:
        item = _shape(get_args(annotation)[0], (), definitions)
        return {"type": "array", "items": item, **_limits(metadata, "minItems", "maxItems")}
    if origin is Literal:
        return {"enum": list(get_args(annotation))}
    if issubclass(annotation, StrEnum):
        return {"enum": [choice.value for choice in annotation]}
    if issubclass(annotation, BaseModel):
        if annotation.__name__ not in definitions:
            definitions[annotation.__name__] = {}  # stands for itself while its own parts are described
            definitions[annotation.__name__] = _object(annotation, definitions)
        return {"$ref": f"#/definitions/{annotation.__name__}"}
    if annotation is Decimal:
        return {"type": ["string", "number"], "pattern": NUMBER, "description": words.NUMBER}
    if annotation is dt.date:
        return {"type": "string", "pattern": DATE, "description": words.DATE}
    if annotation is Period:
        return {"type": ["string", "integer"], "pattern": PERIOD, "description": words.PERIOD}
    return {"type": "string", **_limits(metadata, "minLength", "maxLength")}


def _limits(metadata: Iterable[Any], least: str, most: str) -> dict[str, Any]:
    """Lengths and pattern, as pydantic keeps them in the metadata of a field or of an annotation."""
    found: dict[str, Any] = {}
    for one in metadata:
        if isinstance(one, FieldInfo):
            found |= _limits(one.metadata, least, most)
            continue
        for name, attribute in ((least, "min_length"), (most, "max_length"), ("pattern", "pattern")):
            value = getattr(one, attribute, None)
            if value is not None:
                found[name] = value
    return found
