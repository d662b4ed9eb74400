"""The benchmark at the size of a country: speed, memory and first answers, ours and the rivals', in one run."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.progress import Progress

from bot.chat.render import plain
from bot.desk import Desk
from bot.item import Item, items_of
from bot.knowledge import KnowledgeReader
from bot.knowledge_cache import KnowledgeCache
from bot.outcome import Answer, Question
from bot.phrases import answers as phrases
from bot.reply_json import lead_of
from tools.country import Country, build
from tools.country_questions import STYLES, Asked, questions
from tools.measure import Cost, Latency, Result, Stopwatch, measured, percent, settle, table
from tools.rivals import Bm25, Fuzzy, Rival, RivalKind, Tantivy

OURS = "the bot's whole answer"
_HEAD = (
    "matcher", "p50 ms", "p99 ms", "worst ms", "p50 CPU ms", "p50 : ours", "index s", "index MB",
    "top-1 %", "asked figure first %", "wrong, of all %",
)  # fmt: skip
_WARM_UP = 20  # questions asked before time is taken
_TURN = 50  # questions one is asked before the next
_RIVALS: tuple[RivalKind, ...] = (Fuzzy, Bm25, Tantivy)


@dataclass(frozen=True, slots=True)
class Run:
    """One matcher on all questions. `built` is its index alone; `first` names the entries answered with, or nothing."""

    name: str
    latency: Latency
    built: Cost
    first: tuple[str, ...]
    leads: tuple[str, ...]


def ask(desk: Desk, text: str) -> Answer:
    """The whole way of one message, from reading to the text that would be sent."""
    answer = desk.ask(Question(text, "", dt.datetime.now(dt.UTC)))
    plain(answer)
    return answer


def run(directory: Path, thesaurus: Path, entries: int, count: int, progress: Progress) -> str:
    """The tables as Markdown. The country and a cache are written anew into folders of their own in `directory`."""
    shutil.rmtree(directory / "cache", ignore_errors=True)
    bar = progress.add_task("writing the country", total=entries)
    country = build(directory / "country", thesaurus, entries, lambda done: progress.update(bar, completed=done))
    asked = questions(country, count)
    cold = _step(progress, "loading, cold", lambda: _cold(country.directory, directory / "cache"))
    reader = KnowledgeReader(country.directory, KnowledgeCache(directory / "cache"))
    knowledge, warm = _step(progress, "loading, warm", lambda: measured(lambda: reader.read().required()))
    desk, indexed = _step(progress, "indexing", lambda: measured(lambda: Desk(knowledge)))
    items = [item for briefing in knowledge.briefings for item in items_of(briefing)]
    texts = [text_of(item) for item in items]
    rivals = _step(progress, "indexing, the rivals", lambda: [measured(partial(kind, texts)) for kind in _RIVALS])
    ours, theirs = _in_turns(desk, [rival for rival, _ in rivals], asked, progress)
    runs = [_ours(ours, indexed)]
    runs += [_rival(w, rival.name, built, items, desk) for w, (rival, built) in zip(theirs, rivals, strict=True)]
    reread, swapped, live = _change(country, reader, desk)
    loads = (
        ("YAML to models, cold", cold),
        ("YAML to models, warm (cached)", warm),
        ("models to index", indexed),
        ("one changed file: read again", reread),
        ("one changed file: index swapped", swapped),
    )
    costs = [(name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.memory:+.0f}") for name, cost in loads]
    size = f"{country.entries:,} entries in {len(knowledge.briefings):,} briefings"
    return "\n".join(
        (
            f"## A country: {size}, {len(asked)} questions\n",
            table(_HEAD, [_row(one, runs[0], asked) for one in runs]),
            "Top-1 and the asked figure are shares of the questions that have an answer. Rivals answer always, with",
            "the entry's first figure; index seconds are processor time.\n",
            table(("step", "wall s", "CPU s", "memory MB"), costs),
            f"The changed figure is in the next answer: {'yes' if live else 'NO'}.\n",
            table(("style, ours", "n", "right %", "wrong %"), _styles(runs[0], asked)),
        )
    )


def text_of(item: Item) -> str:
    """What a rival reads of an item: its subject, its place, and its period in words and in short."""
    return f"{item.subject} {item.place} {phrases.period(item.latest)} {item.latest}"


def _step(progress: Progress, name: str, work: Callable[[], Result]) -> Result:
    bar = progress.add_task(name, total=1)
    progress.refresh()
    done = work()
    progress.update(bar, completed=1, refresh=True)
    return done


def _cold(directory: Path, cache: Path) -> Cost:
    """Loading in a process of its own, without a cache; it leaves one behind."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(load_once, directory, cache).result()


def load_once(directory: Path, cache: Path) -> Cost:
    reader = KnowledgeReader(directory, KnowledgeCache(cache))
    return measured(lambda: reader.read().required())[1]


def _in_turns(
    desk: Desk, rivals: Sequence[Rival], asked: Sequence[Asked], progress: Progress
) -> tuple[Stopwatch[Answer], list[Stopwatch[tuple[int, float]]]]:
    """All questions to everyone, some at a time: a machine that is slow for half a minute is so for everyone."""
    ours = Stopwatch(lambda text: ask(desk, text))
    theirs = [Stopwatch(rival.best) for rival in rivals]
    for one in asked[:_WARM_UP]:
        ask(desk, one.text)
        for rival in rivals:
            rival.best(one.text)
    settle()
    bar = progress.add_task("questions to everyone", total=len(asked))
    for at in range(0, len(asked), _TURN):
        turn = [one.text for one in asked[at : at + _TURN]]
        for watch in (ours, *theirs):
            for text in turn:
                watch.time(text)
        progress.update(bar, advance=len(turn), refresh=True)
    return ours, theirs


def _ours(watch: Stopwatch[Answer], indexed: Cost) -> Run:
    answers = watch.results
    first = tuple(a.parts[0].entries[0] if a.status == "found" and a.parts[0].entries else "" for a in answers)
    return Run(OURS, watch.latency, indexed, first, tuple(lead_of(a.parts[0]) for a in answers))


def _rival(watch: Stopwatch[tuple[int, float]], name: str, built: Cost, items: Sequence[Item], desk: Desk) -> Run:
    first = tuple(items[at].id if at >= 0 else "" for at, _ in watch.results)
    leads = tuple(lead_of(desk.open(entry).parts[0]) if entry else "" for entry in first)
    return Run(name, watch.latency, built, first, leads)


def _change(country: Country, reader: KnowledgeReader, desk: Desk) -> tuple[Cost, Cost, bool]:
    """One figure of one file changed: what reading again and swapping cost, and whether the next answer has it."""
    report = country.reports[len(country.reports) // 2]
    path = country.directory / "briefings" / f"{report.entry.split('/')[0]}.yaml"
    name = report.entry.split("/")[1]
    head, mark, tail = path.read_text(encoding="utf-8").partition(f"- id: {name}\n")
    changed = "987.654.321"
    path.write_text(head + mark + tail.replace(f'"{report.value}"', f'"{changed}"', 1), encoding="utf-8")
    knowledge, reread = measured(lambda: reader.read().required())
    _, swapped = measured(lambda: desk.swap(knowledge))
    return reread, swapped, changed in plain(desk.open(report.entry))


def _row(one: Run, ours: Run, asked: Sequence[Asked]) -> tuple[str, ...]:
    answerable = [(a, e, lead) for a, e, lead in zip(asked, one.first, one.leads, strict=True) if a.entry]
    right = sum(a.entry == e for a, e, _ in answerable)
    leading = sum(a.entry == e and a.number in lead for a, e, lead in answerable)
    wrong = sum(bool(e) and e != a.entry for a, e in zip(asked, one.first, strict=True))
    speed = one.latency
    times = (speed.p50, speed.p99, speed.worst, speed.cpu, speed.p50 / ours.latency.p50)
    built = (f"{one.built.cpu:.1f}", f"{one.built.memory:+.0f}")
    shares = (percent(right, len(answerable)), percent(leading, len(answerable)), percent(wrong, len(asked)))
    return (one.name, *(f"{time:.2f}" for time in times), *built, *shares)


def _styles(ours: Run, asked: Sequence[Asked]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for style in STYLES:
        chosen = [(a, e) for a, e in zip(asked, ours.first, strict=True) if a.style == style]
        if chosen:
            right = sum(a.entry == e for a, e in chosen)
            wrong = sum(bool(e) and a.entry != e for a, e in chosen)
            rows.append((style, str(len(chosen)), percent(right, len(chosen)), percent(wrong, len(chosen))))
    return rows
