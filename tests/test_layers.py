"""The shape of the program: which room may use which, who alone may use a package, how long a module may be."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Room: its modules (a package stands for all that is in it), and the rooms it may use, all of them further down.
BELOW_DESK = ("matching", "reading", "keeping", "knowledge", "ground", "nouns")
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "start": (("bot.__main__",), ("commands", "ground", "nouns")),
    "commands": (
        ("bot.app", "bot.cli", "bot.console", "bot.terminal", "bot.evaluation", "bot.log_command", "bot.log_report"),
        ("talking", "editing", "desk", "checking", *BELOW_DESK),
    ),
    "talking": (
        ("bot.chat", "bot.web", "bot.receiving", "bot.reload", "bot.reply_json"),
        ("editing", "desk", "checking", *BELOW_DESK),
    ),
    "editing": (("bot.editing",), ("desk", "checking", *BELOW_DESK)),
    "desk": (
        ("bot.desk", "bot.conversation"),
        ("answering", "matching", "reading", "knowledge", "ground", "nouns"),
    ),
    "answering": (
        (
            "bot.answer", "bot.finding", "bot.clauses", "bot.meeting", "bot.explanation", "bot.reply", "bot.lists",
            "bot.series", "bot.declining", "bot.cards", "bot.succession", "bot.choice", "bot.computed", "bot.sums",
            "bot.aside", "bot.topical", "bot.enumeration", "bot.checked_name", "bot.by_number",
            "bot.parts", "bot.otherwise", "bot.verdict",
        ),
        ("matching", "reading", "nouns"),
    ),
    "matching": (
        (
            "bot.match", "bot.admission", "bot.signals", "bot.index", "bot.subject", "bot.view", "bot.wording",
            "bot.names", "bot.counting", "bot.gates", "bot.figures",
        ),
        ("reading", "nouns"),
    ),
    "reading": (
        (
            "bot.reader", "bot.mending", "bot.joining", "bot.reading", "bot.asking", "bot.asker", "bot.intent",
            "bot.counted", "bot.exclusion", "bot.input_method",
            "bot.lexicon", "bot.lattice", "bot.phrasebook", "bot.scale", "bot.spelling", "bot.timeline",
            "bot.time_grammar", "bot.time_mention", "bot.number_mention", "bot.places", "bot.item",
            "bot.preamble", "bot.segments", "bot.plural",
        ),
        ("nouns",),
    ),
    "keeping": (
        ("bot.query_log", "bot.log_rows", "bot.log_text", "bot.inbox", "bot.people", "bot.storage"),
        ("ground", "nouns"),
    ),
    "checking": (("bot.check",), ("knowledge", "ground", "nouns")),
    "knowledge": (
        (
            "bot.knowledge", "bot.knowledge_files", "bot.knowledge_cache", "bot.model_pickle", "bot.watch",
            "bot.schema", "bot.integrity", "bot.concept_integrity", "bot.cross_integrity",
            "bot.validation", "bot.document", "bot.yaml_source",
        ),
        ("ground", "nouns"),
    ),
    "ground": (
        ("bot.problem", "bot.settings", "bot.health", "bot.metrics", "bot.logs", "bot.rate", "bot.pause"),
        ("nouns",),
    ),
    "nouns": (
        ("bot.model", "bot.once", "bot.outcome", "bot.number", "bot.period", "bot.text", "bot.errors", "bot.phrases"),
        (),
    ),
}  # fmt: skip

# Package: the only modules that may import it.
OWNERS = {
    "telegram": ("bot.chat", "bot.app"),
    "aiohttp": ("bot.chat.line",),
    "uvloop": ("bot.app",),
    "rapidfuzz": ("bot.spelling",),
    "sqlalchemy": ("bot.storage", "bot.query_log", "bot.log_rows", "bot.log_text", "bot.inbox", "bot.people"),
    "aiosqlite": ("bot.storage",),
    "asyncpg": ("bot.storage",),
    "yaml": ("bot.yaml_source",),
    "ruamel": ("bot.editing",),
    "matplotlib": ("bot.chat.chart",),
    "starlette": ("bot.web", "bot.app"),
    "uvicorn": ("bot.web",),
    "pydantic_settings": ("bot.settings",),
}

LONGEST = 260  # lines: about 250, with some grace so that nobody cuts a docstring to fit
LONGER_FOR_A_REASON = {
    "bot.phrases.answers": "words only, no rules: everything an answer can say is read together, to sound alike",
    "bot.model": "every noun of the knowledge on one page: an editor's file is read against it from top to bottom",
    "bot.inbox": "one contract: an update is stored, claimed, finished, tried again or given up in one place",
}


@cache
def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    paths = sorted((ROOT / "bot").rglob("*.py"))
    return {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in paths}


@cache
def imported(module: str) -> frozenset[str]:
    """Everything a module imports, also inside its functions; our own modules by their full names."""
    found = set()
    for node in ast.walk(ast.parse(modules()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in modules() else str(node.module))
    return frozenset(found)


def lies_in(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def room_of(module: str) -> str | None:
    return next((room for room, (names, _) in ROOMS.items() if lies_in(module, names)), None)


def test_every_module_has_a_room() -> None:
    """A new module is given its place in ROOMS before anything depends on it."""
    assert [module for module in modules() if module != "bot" and room_of(module) is None] == []


def test_rooms_only_use_rooms_further_down() -> None:
    """The table itself points downward."""
    order = list(ROOMS)
    assert [
        (room, used)
        for room, (_, allowed) in ROOMS.items()
        for used in allowed
        if order.index(used) <= order.index(room)
    ] == []


def test_imports_point_downward() -> None:
    """No module imports one of a room that its own room may not use."""
    wrong = [
        f"{module} ({room}) imports {used} ({room_of(used)})"
        for module in modules()
        if (room := room_of(module)) is not None
        for used in sorted(imported(module) & modules().keys() - {"bot"})
        if room_of(used) not in (room, *ROOMS[room][1])
    ]
    assert wrong == []


def test_no_import_runs_in_a_circle() -> None:
    """Modules of one room may use each other, but never round and round."""
    graph = {module: imported(module) & modules().keys() for module in modules()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


@pytest.mark.parametrize("package", OWNERS)
def test_packages_stay_with_their_owners(package: str) -> None:
    """A package that only one room should know is imported nowhere else."""
    users = [m for m in modules() if any(lies_in(name, (package,)) for name in imported(m))]
    assert [module for module in users if not lies_in(module, OWNERS[package])] == []


def test_modules_are_short() -> None:
    """A module over the limit has a written reason, and a reason no longer needed is taken out."""
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules().items()}
    over = {name: length for name, length in lengths.items() if length > LONGEST}
    assert {name: over[name] for name in over.keys() - LONGER_FOR_A_REASON.keys()} == {}
    assert LONGER_FOR_A_REASON.keys() - over.keys() == set()


HEAVY = (
    "telegram",
    "aiohttp",
    "uvloop",
    "sqlalchemy",
    "aiosqlite",
    "asyncpg",
    "matplotlib",
    "starlette",
    "uvicorn",
    "ruamel",
    "trafilatura",
)


@pytest.mark.parametrize("command", ["ask", "eval", "check"])
def test_quick_commands_load_nothing_heavy(command: str, tmp_path: Path) -> None:
    """`ask`, `eval` and `check` start without Telegram, a database or a chart."""
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"q": "thời tiết hôm nay", "style": "plain", "topic": "none", "expect": "none"}\n')
    arguments = {"ask": ["thời tiết hôm nay"], "eval": [str(questions)], "check": []}[command]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", command, *arguments],
        cwd=ROOT,
        env={**os.environ, "KNOWLEDGE_DIR": "knowledge"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr[-2000:]
    loaded = set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))
    assert "bot.knowledge" in loaded
    assert sorted(name for name in loaded if lies_in(name, HEAVY)) == []
