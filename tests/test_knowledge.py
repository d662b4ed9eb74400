"""Reading a knowledge directory: whole or not at all, quickly again, and whatever the bytes."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.errors import KnowledgeError
from bot.knowledge import Knowledge, KnowledgeReader, load, read
from bot.knowledge_cache import KnowledgeCache
from bot.model import Briefing, Fact
from bot.problem import Problem, render
from bot.validation import explain
from bot.yaml_source import parse

WHOLE = Path(__file__).parent / "broken" / "whole"
SHIPPED = Path(__file__).parent.parent / "knowledge"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WHOLE, tmp_path / "knowledge"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def reader(directory: Path, cache: Path | None) -> KnowledgeReader:
    return KnowledgeReader(directory, KnowledgeCache(cache))


def second_briefing(directory: Path, slug: str = "hai") -> Path:
    path = directory / "briefings" / f"{slug}.yaml"
    path.write_text((directory / "briefings" / "a-goc.yaml").read_text().replace("slug: a-goc", f"slug: {slug}"))
    return path


def test_shipped_knowledge_loads() -> None:
    """The knowledge in the repository is free of errors."""
    assert load(SHIPPED).briefing("giao-ban-quy-2-2023") is not None


def test_scalars_stay_as_typed(directory: Path) -> None:
    """Values that YAML would turn into something else reach the models as the editor typed them."""
    path = directory / "briefings" / "a-goc.yaml"
    path.write_text(
        path.read_text()
        .replace("subject: thu ngân sách", "subject: no")
        .replace("number: 1.000", "number: 1.100")
        .replace("place: Mẫu", "place: 010")
        .replace("title: Giao ban quý I năm 2023 tỉnh Mẫu", "title: 12:30")
    )
    briefing, entry = next(load(directory).entries())
    assert (briefing.title, briefing.place, entry.subject) == ("12:30", "010", "no")
    assert isinstance(entry, Fact)
    assert entry.figures[0].number == 1100


def test_decomposed_letters_equal_composed_ones(directory: Path) -> None:
    """A file typed on a Mac, with letters and marks apart, holds the same words."""
    path = directory / "briefings" / "a-goc.yaml"
    path.write_text(unicodedata.normalize("NFD", path.read_text()))
    assert next(load(directory).entries())[1].subject == "thu ngân sách"


def test_entries_are_found_by_public_id(directory: Path) -> None:
    """An entry is reached by `<slug>/<id>`, and an unknown id leads to nothing."""
    knowledge = load(directory)
    found = knowledge.entry("a-goc/thu-ngan-sach")
    assert found is not None
    assert (found[0].slug, found[1].subject) == ("a-goc", "thu ngân sách")
    assert knowledge.entry("a-goc/khong-co") is None
    assert knowledge.entry("khong-co/thu-ngan-sach") is None
    assert knowledge.entry("") is None


def test_only_keeps_the_named_briefings(directory: Path) -> None:
    """`only` narrows what is read and what was read alike, and keeps the thesaurus."""
    second_briefing(directory)
    for narrowed in (load(directory, ("hai",)), load(directory).only(("hai",))):
        assert [briefing.slug for briefing in narrowed.briefings] == ["hai"]
        assert narrowed.questions == ()
        assert len(narrowed.concepts) == 2
    assert load(directory).only(()).briefings == load(directory).briefings


def test_unknown_slug_names_the_nearest(directory: Path) -> None:
    """A mistyped --briefing is answered with the slug that was meant."""
    with pytest.raises(KnowledgeError, match="a-goc"):
        load(directory, ("a-gox",))
    with pytest.raises(KnowledgeError, match="a-goc"):
        load(directory).only(("a-gox",))


def test_missing_directory(tmp_path: Path) -> None:
    """A directory that is not there is one clear line naming it."""
    with pytest.raises(KnowledgeError, match="khong-co"):
        load(tmp_path / "khong-co")


def test_thesaurus_and_questions_may_be_missing(directory: Path) -> None:
    """Briefings alone are a knowledge."""
    shutil.rmtree(directory / "thesaurus")
    shutil.rmtree(directory / "questions")
    knowledge = load(directory)
    assert (len(knowledge.briefings), knowledge.concepts, knowledge.questions) == (1, (), ())


def test_error_carries_every_problem(directory: Path) -> None:
    """All problems of all files arrive together, in the order of the files."""
    second_briefing(directory).write_text("slug: hai\nsession: trưa\n")
    (directory / "thesaurus" / "a-goc.yaml").write_text("domain: x\nconcepts: []\n")
    with pytest.raises(KnowledgeError) as raised:
        load(directory)
    problems = [problem for problem in raised.value.problems if isinstance(problem, Problem)]
    assert {Path(problem.file).name for problem in problems} == {"hai.yaml", "a-goc.yaml"}
    assert {"unknown-value", "missing-key", "empty-value"} <= {problem.rule for problem in problems}
    assert problems == sorted(problems)


def test_version_follows_the_content(directory: Path, tmp_path: Path) -> None:
    """The version is the same for the same files anywhere, and another after any change."""
    version = load(directory).version
    assert load(Path(shutil.copytree(directory, tmp_path / "copy"))).version == version
    second_briefing(directory)
    assert load(directory).version != version
    assert len(version) == 10


def test_overlay_judges_a_change_before_it_is_made(directory: Path) -> None:
    """Bytes can stand in for a file, new, changed or deleted, without touching the disk."""
    second_briefing(directory)
    room = reader(directory, None)
    new = (directory / "briefings" / "hai.yaml").read_bytes().replace(b"slug: hai", b"slug: ba")
    loaded = room.read(overlay={"briefings/ba.yaml": new, "briefings/hai.yaml": None})
    assert loaded.knowledge is not None
    assert [briefing.slug for briefing in loaded.knowledge.briefings] == ["a-goc", "ba"]
    assert room.read(overlay={"briefings/hai.yaml": b"slug: ["}).knowledge is None
    assert [briefing.slug for briefing in room.read().required().briefings] == ["a-goc", "hai"]


def test_problem_forms() -> None:
    """A problem reads as a line, as a GitHub annotation that survives its own signs, and as JSON."""
    problem = Problem("a,b.yaml", 3, 5, "unit", "5 % là\nsai: xem lại", "warning")
    assert render([problem], "text") == "a,b.yaml:3:5: cảnh báo: 5 % là\nsai: xem lại [unit]"
    assert render([problem], "github") == ("::warning file=a%2Cb.yaml,line=3,col=5,title=unit::5 %25 là%0Asai: xem lại")
    assert json.loads(render([problem], "json"))[0]["line"] == 3
    assert json.loads(render([], "json")) == []


# The cache


def cache_files(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def test_cache_gives_the_same_knowledge(directory: Path, cache: Path) -> None:
    """A warm reading equals the cold one, and its files belong to this user alone."""
    cold = reader(directory, cache).read().required()
    assert len(cache_files(cache)) == 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in cache_files(cache))
    assert reader(directory, cache).read().required() == cold


def test_cache_is_really_used(directory: Path, cache: Path) -> None:
    """A warm reading takes the model kept for a content instead of parsing it."""
    content = (directory / "briefings" / "a-goc.yaml").read_bytes()
    kept = load(directory).briefings[0].model_copy(update={"title": "Từ bộ nhớ"})
    KnowledgeCache(cache).put(hashlib.blake2b(content, digest_size=16).hexdigest(), kept)
    assert reader(directory, cache).read().required().briefings[0].title == "Từ bộ nhớ"


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-7]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(pickle.dumps({"slug": "foreign"})),
        lambda path: path.chmod(0o644),
        lambda path: (path.unlink(), path.symlink_to("/etc/hostname")),
        lambda path: (path.unlink(), os.mkfifo(path)),
    ],
    ids=["cut", "empty", "foreign", "readable-by-others", "symlink", "pipe"],
)
def test_bad_cache_is_ignored_and_rewritten(directory: Path, cache: Path, damage: object) -> None:
    """A cache file that is broken, foreign or open to others is never believed."""
    first = reader(directory, cache).read().required()
    for path in cache_files(cache):
        damage(path)  # type: ignore[operator]
    assert reader(directory, cache).read().required() == first
    assert len([path for path in cache_files(cache) if path.stat().st_mode & 0o177 == 0]) == 3


def test_swapped_cache_files_are_ignored(directory: Path, cache: Path) -> None:
    """A whole cache file under another's name does not bring another file's content."""
    first = reader(directory, cache).read().required()
    one, other, *_ = cache_files(cache)
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    assert reader(directory, cache).read().required() == first


def test_unwritable_cache_is_no_error(directory: Path, tmp_path: Path) -> None:
    """Where no cache can be kept the knowledge is still read."""
    (tmp_path / "file").write_text("not a directory")
    assert reader(directory, tmp_path / "file" / "cache").read().knowledge is not None


def test_cache_can_be_switched_off(directory: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KNOWLEDGE_CACHE names the folder; `off` leaves no trace."""
    monkeypatch.setenv("KNOWLEDGE_CACHE", str(cache))
    load(directory)
    assert len(cache_files(cache)) == 3
    shutil.rmtree(cache)
    monkeypatch.setenv("KNOWLEDGE_CACHE", "off")
    load(directory)
    assert not cache.exists()


def test_changed_file_is_read_again(directory: Path, cache: Path) -> None:
    """One reader sees a change at once, and keeps the very models of what did not change."""
    second_briefing(directory)
    room = reader(directory, cache)
    before = room.read().required()
    path = directory / "briefings" / "hai.yaml"
    path.write_text(path.read_text().replace("subject: thu ngân sách", "subject: thu nội địa"))
    after = room.read().required()
    assert [entry.subject for _, entry in after.entries()][2] == "thu nội địa"
    assert after.briefings[0] is before.briefings[0]
    assert after.version != before.version


# Whatever the bytes


def bytes_problems(content: bytes) -> None:
    """Bytes that are no briefing are called so, as YAML or as a model, with a place."""
    parsed = parse(content, "x.yaml")
    assert parsed.data is not None or parsed.problems
    for problem in parsed.problems:
        assert problem.line >= 1
        assert problem.column >= 1
    if parsed.data is not None:
        with pytest.raises(ValidationError) as raised:
            Briefing.model_validate(parsed.data)
        assert explain(raised.value, Briefing, content, "x.yaml")


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=300)
def test_random_bytes_never_raise(content: bytes) -> None:
    """Any bytes are data or problems."""
    bytes_problems(content)


YAML_SIGNS = st.sampled_from([*"{}[],:-?&*!|>'\"%@`#\n \t~", "\n  ", ": ", "- ", "facts", "id", "figures", "1,5", "đ"])


@given(st.lists(YAML_SIGNS, max_size=60).map("".join))
@settings(deadline=None, max_examples=400)
def test_random_yaml_never_raises(text: str) -> None:
    """Any heap of YAML's own signs is data or problems."""
    bytes_problems(text.encode())


NODES = st.recursive(
    st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.sampled_from(sorted(Briefing.model_fields)), NODES)
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_under_any_key_is_explained(key: str, value: object) -> None:
    """Whatever an editor puts under a key is accepted or explained."""
    bytes_problems(json.dumps({key: value}, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "{a: " * 500_000,
        "- " * 1_000_000,
        "a: &a [*a, *a]\n" * 100_000,
        "\x01" * 4_000_000,
        "k: v\n" * 800_000,
    ],
    ids=["lists", "mappings", "dashes", "aliases", "control", "repeated-key"],
)
def test_bombs_are_refused_quickly(text: str) -> None:
    """Files made to exhaust the reader end in a bounded number of problems within seconds."""
    started = time.monotonic()
    parsed = parse(text.encode(), "x.yaml")
    assert 0 < len(parsed.problems) <= 205
    assert time.monotonic() - started < 10


def test_knowledge_is_frozen(directory: Path) -> None:
    """Nobody can change a knowledge that others are answering from."""
    knowledge = load(directory)
    with pytest.raises(AttributeError):
        knowledge.briefings = ()  # type: ignore[misc]
    assert isinstance(knowledge, Knowledge)
    assert read(directory).knowledge == knowledge
