"""Writes the JSON Schemas that editors' programs complete and explain keys with. Run `make schema`."""

from __future__ import annotations

from pathlib import Path

from bot.schema import FILES, file_schema, schema_text

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"

if __name__ == "__main__":
    for name, model in FILES.items():
        (KNOWLEDGE / name).write_text(schema_text(file_schema(model)), encoding="utf-8")
