"""Makes bot/data/places.json from the lists of the package vietnamadminunits (MIT): names only, both eras.

Run `python tools/places.py`; with `--check` it fails when the committed file differs.
The package needs 90 MB of geometry libraries for what is here a list of names, so the list is kept, not the package.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "bot" / "data" / "places.json"


def places() -> dict[str, object]:
    """Provinces (63 before July 2025, 34 after), districts by province, communes by province with their types."""
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise SystemExit("vietnamadminunits is not installed: make setup")
    with sqlite3.connect(Path(spec.origin).parent / "data" / "dataset.db") as database:
        legacy = database.execute(
            "select provinceShort, districtShort, districtType, wardShort, wardType from admin_units_legacy"
        ).fetchall()
        current = database.execute("select provinceShort, wardShort, wardType from admin_units").fetchall()
    districts: dict[str, set[tuple[str, str]]] = {}
    communes: dict[str, set[str]] = {}
    for province, district, kind, commune, _ in legacy:
        if district:
            districts.setdefault(province, set()).add((district, kind))
        if commune and not commune[-1].isdigit():
            communes.setdefault(province, set()).add(commune)
    for province, commune, _ in current:
        if commune and not commune[-1].isdigit():
            communes.setdefault(province, set()).add(commune)
    return {
        "provinces": sorted({row[0] for row in legacy} | {row[0] for row in current}),
        "provinces_since_2025": sorted({row[0] for row in current}),
        "districts": {name: sorted(map(list, found)) for name, found in sorted(districts.items())},
        "communes": {name: sorted(found) for name, found in sorted(communes.items())},
    }


if __name__ == "__main__":
    text = json.dumps(places(), ensure_ascii=False, separators=(",", ":")) + "\n"
    if "--check" in sys.argv:
        sys.exit(
            0 if TARGET.read_text(encoding="utf-8") == text else "bot/data/places.json is not what the package says"
        )
    TARGET.write_text(text, encoding="utf-8")
