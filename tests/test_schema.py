"""The JSON Schemas editors work with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.schema import FILES, briefing_schema, file_schema, schema_text
from bot.yaml_source import parse

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_current(name: str) -> None:
    """The schema kept in the repository is the one the models make; otherwise run `make schema`."""
    assert (KNOWLEDGE / name).read_text() == schema_text(file_schema(FILES[name]))


def described(schema: dict[str, Any]) -> list[str]:
    """The names of all keys that carry no explanation."""
    objects = [schema, *schema["definitions"].values()]
    return [key for one in objects for key, value in one["properties"].items() if not value.get("description")]


@pytest.mark.parametrize("model", FILES.values())
def test_every_key_is_explained(model: type) -> None:
    """Every key an editor can type has a Vietnamese explanation."""
    assert described(file_schema(model)) == []


def faults(value: Any, shape: dict[str, Any], top: dict[str, Any], way: str = "") -> list[str]:
    """Where a value breaks the part of JSON Schema that our generator uses."""
    if "allOf" in shape:
        shape = shape["allOf"][0]
    if "$ref" in shape:
        shape = top["definitions"][shape["$ref"].rsplit("/", 1)[-1]]
    if "enum" in shape:
        return [] if value in shape["enum"] else [f"{way}: {value}"]
    if shape["type"] == "array":
        if not isinstance(value, list):
            return [f"{way}: not a list"]
        return [fault for n, item in enumerate(value) for fault in faults(item, shape["items"], top, f"{way}/{n}")]
    if shape["type"] == "object":
        missing = [f"{way}: no {key}" for key in shape["required"] if key not in value]
        unknown = [f"{way}/{key}: unknown" for key in value if key not in shape["properties"]]
        known = [(key, item) for key, item in value.items() if key in shape["properties"]]
        inner = [f for key, item in known for f in faults(item, shape["properties"][key], top, f"{way}/{key}")]
        return missing + unknown + inner
    fits = isinstance(value, str) and re.search(shape.get("pattern", ""), value)
    return [] if fits and len(value) <= shape.get("maxLength", len(value)) else [f"{way}: {value!r}"]


@pytest.mark.parametrize("path", sorted((KNOWLEDGE / "briefings").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_briefings_fit(path: Path) -> None:
    """A briefing the models accept is accepted by VS Code too."""
    schema = json.loads(schema_text(briefing_schema()))
    assert faults(parse(path.read_bytes(), path.name).data, schema, schema) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("period", "quý 2"), ("date", "5/7/2023"), ("number", "5.17"), ("kind", "họp"), ("slug", "Giao Ban"), ("x", "y")],
)
def test_a_wrong_value_does_not_fit(key: str, value: str) -> None:
    """What the models refuse is underlined in VS Code."""
    schema = briefing_schema()
    path = KNOWLEDGE / "briefings" / "giao-ban-quy-2-2023.yaml"
    data = parse(path.read_bytes(), path.name).data
    assert isinstance(data, dict)
    assert [fault.split(":")[0] for fault in faults({**data, key: value}, schema, schema)] == [f"/{key}"]
