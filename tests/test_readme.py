"""What the README and the editors' guide say, held against the program: commands, output, tables, map and glossary."""

from __future__ import annotations

import ast
import asyncio
import datetime as dt
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from bot.chat import commands as telegram_menu
from bot.log_rows import LogEntry
from bot.model import QuestionFile, Thesaurus
from bot.query_log import QueryLog
from bot.settings import Settings, load_settings
from bot.storage.database import Database
from bot.yaml_source import parse

ROOT = Path(__file__).parent.parent
README = "README.md"
GUIDE = "knowledge/README.md"
DOCUMENTS = (README, GUIDE)
NEEDED = ("knowledge", ".env.example", "tests/questions/quarter2.jsonl")  # what the commands find where they run

_BLOCK = re.compile(r"^( *)```(\w+)(?: title=(\S+))?\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"\s+# (?:exit|mã thoát) (\d+)$")
_LEFT_OUT = "…"

# How commands begin that are not run with the others, and why; each is checked in another way below.
NOT_RUN = {
    "make": "sets up an environment, or takes minutes: its recipe is asked for with make -n instead",
    "python -m bot eval": "runs once only, where its score is compared",
    "docker": "needs a container engine: its services and names are looked up in compose.yaml instead",
}


@dataclass(frozen=True)
class Block:
    """One fenced block; `title` is the file its text goes to."""

    language: str
    title: str
    text: str


@dataclass(frozen=True)
class Command:
    """One command as documented; `shown` is its output where the document shows it."""

    text: str
    code: int
    shown: tuple[str, ...] | None

    @property
    def program(self) -> str:
        return self.text.split()[0]


@dataclass(frozen=True)
class Ran:
    """What a documented command did."""

    command: Command
    code: int
    output: str


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def _blocks(text: str) -> list[Block]:
    return [Block(one[2], one[3] or "", textwrap.dedent(one[4])) for one in _BLOCK.finditer(text)]


def blocks(document: str) -> list[Block]:
    return [block for section in sections(document) for block in section]


def commands(block: Block) -> list[Command]:
    if block.language == "sh":
        return [_command(line, None) for line in block.text.splitlines() if line.strip()]
    if block.language == "console":
        parts = [part.splitlines() for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]]
        return [_command(lines[0], tuple(lines[1:])) for lines in parts]
    return []


def _command(line: str, shown: tuple[str, ...] | None) -> Command:
    code = _CODE.search(line)
    return Command(_CODE.sub("", line).strip(), int(code[1]) if code else 0, shown)


def sections(document: str) -> list[list[Block]]:
    """The blocks of each second-level heading: a reader may begin at any of them."""
    parts = re.split(r"^## ", text_of(document), flags=re.MULTILINE)
    return [found for part in parts if (found := _blocks(part))]


def every_command(program: str) -> list[str]:
    return [
        command.text
        for document in DOCUMENTS
        for block in blocks(document)
        for command in commands(block)
        if command.program == program
    ]


def rows(document: str, heading: str) -> list[list[str]]:
    """The cells of every table row under a heading, header rows left out."""
    section = re.split(rf"^## {re.escape(heading)}$", text_of(document), flags=re.MULTILINE)[1]
    section = re.split(r"^## ", section, flags=re.MULTILINE)[0]
    tables = re.findall(r"^\|.*\|\n\|[-|]+\|\n((?:\|.*\|\n)+)", section, re.MULTILINE)
    lines = [line for table in tables for line in table.splitlines()]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def code_of(cell: str) -> str:
    """What stands in the first backticks of a cell."""
    found = re.match(r"`([^`]+)`", cell)
    return found[1] if found else ""


async def ask_once(url: str) -> None:
    """One question in the log, as a bot that ran would have left it."""
    database = await Database.open(url)
    log = await QueryLog.open(database)
    await log.add(LogEntry(1, 1, dt.datetime.now(dt.UTC), "tỷ lệ hộ nghèo", "none", "0", 1.0))
    await database.close()


def run(line: str, directory: Path, cache_folder: Path) -> subprocess.CompletedProcess[str]:
    """A command line as a person types it, without settings of its own and with nobody at the keyboard."""
    kept = {name: value for name, value in os.environ.items() if name not in {n.upper() for n in Settings.model_fields}}
    environment = {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
        "KNOWLEDGE_CACHE": str(cache_folder),
        "COLUMNS": "200",
    }
    return subprocess.run(
        ["sh", "-c", line],
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def edit(path: Path, difference: str) -> None:
    """Do what a diff block says; a line to replace is named by its beginning."""
    lines = path.read_text(encoding="utf-8").splitlines()
    place = 0
    for change in difference.splitlines():
        if change.startswith("-"):
            place = next(number for number, line in enumerate(lines) if line.startswith(change[1:]))
            del lines[place]
        else:
            lines.insert(place, change[1:])
            place += 1
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module", params=DOCUMENTS)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> list[Ran]:
    """Everything one document tells its reader to do, each section in its order in a directory of its own."""
    start = tmp_path_factory.mktemp("start")
    for name in NEEDED:
        (start / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, start / name)
    (start / "data").mkdir()
    asyncio.run(ask_once(f"sqlite+aiosqlite:///{start}/data/bot.db"))
    done = []
    for section in sections(request.param):
        place = shutil.copytree(start, tmp_path_factory.mktemp("reader") / "copy")
        for block in section:
            _write(place, block)
            wanted = [one for one in commands(block) if not one.text.startswith(tuple(NOT_RUN))]
            results = [(one, run(one.text, place, cache_folder)) for one in wanted]
            done += [Ran(one, result.returncode, result.stdout) for one, result in results]
    return done


def _write(place: Path, block: Block) -> None:
    if block.title and block.language == "diff":
        edit(place / block.title, block.text)
    elif block.title:
        (place / block.title).write_text(block.text, encoding="utf-8")


def test_commands_end_as_documented(ran: list[Ran]) -> None:
    """Every command in a code block can be run as it stands and exits with the code the document gives."""
    wrong = [f"{one.command.text}: {one.code}\n{one.output[-600:]}" for one in ran if one.code != one.command.code]
    assert ran
    assert not wrong, "\n".join(wrong)


def test_shown_output_is_real(ran: list[Ran]) -> None:
    """What a document shows under a command is what the command prints; `…` stands for what is left out."""
    shown = [one for one in ran if one.command.shown]
    assert shown
    wrong = [f"$ {one.command.text}\n{one.output}" for one in shown if not _shows(one.command.shown or (), one.output)]
    assert not wrong, "\n".join(wrong)


def _shows(shown: tuple[str, ...], output: str) -> bool:
    text = "\n".join(shown)
    pattern = ".*?".join(re.escape(part) for part in text.split(_LEFT_OUT))
    return re.fullmatch(pattern, output.strip(), re.DOTALL) is not None


def planned(line: str) -> str:
    """What make would do, without doing it."""
    words = ["make", "-n", *shlex.split(line)[1:]]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_make_commands_have_recipes() -> None:
    """Every target the documents name can be made, from files that are there."""
    assert {"make run", "make test"} <= set(every_command("make"))
    for line in every_command("make"):
        recipe = planned(line)
        for name in re.findall(r"\b(?:tools|tests)[/.]\w+", recipe):
            assert (ROOT / name.replace(".", "/")).with_suffix(".py").is_file(), f"{line}: {name}"


def test_make_run_without_a_token_is_the_terminal_chat(cache_folder: Path, tmp_path: Path) -> None:
    """What `make run` starts says how to connect Telegram, greets, and ends when its input ends."""
    command = "python -m bot run --or-chat"
    assert command in planned("make run")
    done = run(f"{command} --knowledge {shlex.quote(str(ROOT / 'knowledge'))}", tmp_path, cache_folder)
    assert done.returncode == 0, done.stdout
    assert "BOT_TOKEN" in done.stdout


def test_docker_commands_fit_the_compose_file() -> None:
    """Services, user and database of every docker command are those of compose.yaml."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    owner = services["postgres"]["environment"]
    for line in every_command("docker"):
        words = [word for word in shlex.split(line.split(">")[0])[1:] if not word.startswith("-")]
        assert words[0] == "compose"
        assert words[1] in {"config", "up", "ps", "logs", "exec"}
        if words[1] in {"logs", "exec"}:
            assert words[2] in services
        if "pg_dump" in words:
            assert f"--username={owner['POSTGRES_USER']} {owner['POSTGRES_DB']}" in line


def test_the_settings_table_is_complete() -> None:
    """Every setting stands in the README with its real default, and nothing else does."""
    defaults = load_settings({}, env_file=None)
    values = {name.upper(): getattr(defaults, name) for name in Settings.model_fields}
    values["DATABASE_URL"] = defaults.database_url.get_secret_value()
    real = {name: "" if value is None or value == frozenset() else str(value) for name, value in values.items()}
    assert {code_of(row[0]): code_of(row[1]) for row in rows(README, "Settings")} == real


def test_the_command_table_is_complete(cache_folder: Path) -> None:
    """Every command the program offers stands in the README, and no other."""
    offered = run("python -m bot --help", ROOT, cache_folder).stdout
    names = set(re.findall(r"^    ([a-z]+) ", offered, re.MULTILINE))
    assert {code_of(row[0]).split()[0] for row in rows(README, "Commands")} == names


def test_the_telegram_commands_are_complete() -> None:
    """Every command of Telegram's menus stands in the README, and no other but /start."""
    menus = [
        value for name, value in vars(telegram_menu).items() if name.endswith("COMMANDS") and isinstance(value, dict)
    ]
    told = [code_of(row[0]) for row in rows(README, "Who uses it, and how")]
    assert sorted(told) == sorted(f"/{name}" for name in {"start", *(name for menu in menus for name in menu)})


def test_the_map_is_complete() -> None:
    """Every module and every data file stands in the map, once, and nothing that is gone."""
    files = (path for path in (ROOT / "bot").rglob("*") if path.suffix in (".py", ".json"))
    tree = [path for path in files if path.name != "__init__.py"]
    told = [code_of(row[0]) for row in rows(README, "Map of `bot/`")]
    real = {path.relative_to(ROOT / "bot").as_posix() for path in tree}
    assert {"not in the map": real - set(told), "gone": set(told) - real} == {"not in the map": set(), "gone": set()}
    assert len(told) == len(set(told))
    packages = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")} | {"data"}
    assert set(re.findall(r"^### `(\w+)/`", text_of(README), re.MULTILINE)) == packages


def test_the_glossary_names_what_exists() -> None:
    """Every term of the glossary is a class or a type of the program."""
    names: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Assign):
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    told = {code_of(row[0]) for row in rows(README, "Glossary")}
    assert told - names == set()
    assert len(told) > 15


def test_fitted_figures_are_those_of_the_weights() -> None:
    """The README repeats what the fitting reached, not what it once reached."""
    reached = json.loads((ROOT / "bot/data/weights.json").read_text())["reached"]
    folds = {f"by {by}": reached[f"by {by}"] for by in ("style", "topic")}
    real = {(name, fold["right"], fold["confidently wrong"]) for name, fold in folds.items()}
    assert {tuple(row[:3]) for row in rows(README, "Measured") if len(row) == 3} == real


def test_scored_files_keep_their_limits(cache_folder: Path) -> None:
    """The question files of the README score within the limits it gives."""
    limits = [row for row in rows(README, "Measured") if len(row) == 4]
    assert limits
    for name, count, right, wrong in limits:
        line = next(line for line in every_command("python") if code_of(name) in line)
        table = json.loads(run(f"{line} --json", ROOT, cache_folder).stdout)["table"]["all"]
        assert table["n"] == int(count)
        assert table["passed_percent"] >= float(right.removesuffix(" %"))
        assert table["wrong_percent"] <= float(wrong.removesuffix(" %"))


def test_samples_of_the_guide_are_valid() -> None:
    """Every YAML sample editors may copy is accepted by the model of its kind of file."""
    kinds: dict[str, type[BaseModel]] = {"schema-thesaurus.json": Thesaurus, "schema-questions.json": QuestionFile}
    samples = [block.text for block in blocks(GUIDE) if block.language == "yaml"]
    assert samples
    for sample in samples:
        kind = kinds[sample.splitlines()[0].rpartition("/")[2]]
        assert kind.model_validate(parse(sample.encode(), "sample.yaml").data)


@pytest.mark.parametrize("document", [*DOCUMENTS, "CHANGELOG.md"])
def test_links_lead_somewhere(document: str) -> None:
    """A link to a file of the repository finds it."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text_of(document))
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []
