"""Fits the weights of bot/data/weights.json on question files, cross-validated by style and by topic.

    python tools/fit.py tests/questions/fit.jsonl tests/questions/quarter2.jsonl:giao-ban-quy-2-2023 [--write]

A file may name the briefings its questions are asked against after a colon, with commas between them; otherwise
each line's own `briefings` count. Every candidate that passed the gates is one row: its signals, and
whether answering with it would have been right. Weights are a logistic
regression kept non-negative (a better signal can never lower the score), see Hosmer & Lemeshow, Applied
Logistic Regression. The operating point is the strictest that, on folds never fitted on, costs next to none
of the rights.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from bot.chat.render import plain_part
from bot.desk import Desk
from bot.evaluation import Expected, Given, read_questions, score
from bot.knowledge import Knowledge, load
from bot.match import Weights
from bot.outcome import Found, Question, status_of
from bot.reply_json import lead_of

TARGET = Path(__file__).parent.parent / "bot" / "data" / "weights.json"
ROUNDS = 1  # ranking depends on the weights, so rows are gathered again with the fitted ones
RIDGE = 0.01
# What each signal is believed to be worth before any question is seen; the rows move it from there. Numbers and
# units are named in few questions, and those few must not be drowned by the many that name none.
PRIOR = {
    "explained": 1.0, "mean_explained": 0.5, "coverage": 2.5, "clear_words": 3.0, "exact": 0.5, "named": 0.5,
    "soft": 1.0, "number": 3.0, "letters": 0.0, "unit": 2.0, "primary": 0.5, "fit": 3.0, "certain": 0.0,
}  # fmt: skip
KEPT = 0.99  # part of the right answers that the operating point may not cost
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """The signals of the chosen match of one question, and whether answering with it was right."""

    signals: dict[str, float]
    right: bool
    question: int
    style: str
    topic: str


def gather(questions: list[tuple[Expected, tuple[str, ...]]], whole: Knowledge, weights: Weights) -> list[Row]:
    """One row a candidate; only questions whose answer is one entry's teach anything about ranking."""
    desks: dict[tuple[str, ...], Desk] = {}
    rows: list[Row] = []
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for number, (expected, slugs) in enumerate(track(questions, description="asking", disable=not sys.stderr.isatty())):
        if slugs not in desks:
            desks[slugs] = Desk(whole.only(slugs), weights)
        if expected.style in ("multi", "list"):
            continue
        mine: list[Row] = []
        for signals, part in desks[slugs].considered(Question(expected.text, "", now)):
            given = Given(status_of(part), lead_of(part), plain_part(part))
            right = expected.expect != "none" and score(expected, given).passed
            if isinstance(part, Found) or expected.expect == "answer":
                mine.append(Row(signals, right, number, expected.style, expected.topic))
        if expected.expect == "none" or any(row.right for row in mine):
            rows += mine
    return rows


def fit(x: Array, y: Array, prior: Array) -> tuple[float, Array]:
    """Bias and non-negative weights by projected gradient descent, pulled towards the prior."""
    weights, bias = prior.copy(), -8.0
    for step in range(6000):
        rate = 2.0 / (1 + step / 1500)
        p = 1 / (1 + np.exp(-(x @ weights + bias)))
        weights = np.maximum(0.0, weights - rate * (x.T @ (p - y) / len(y) + RIDGE * (weights - prior)))
        bias -= rate * float(np.mean(p - y))
    return bias, weights


def folded(x: Array, y: Array, groups: list[str], prior: Array) -> Array:
    """The probability of each row from a model that never saw its group."""
    out = np.zeros(len(y))
    for group in track(sorted(set(groups)), description="cross-validating", disable=not sys.stderr.isatty()):
        held = np.array([g == group for g in groups])
        bias, weights = fit(x[~held], y[~held], prior)
        out[held] = 1 / (1 + np.exp(-(x[held] @ weights + bias)))
    return out


def leaders(rows: list[Row], p: Array) -> list[int]:
    """The row that would answer each question: its most probable candidate."""
    best: dict[int, int] = {}
    for at, row in enumerate(rows):
        if row.question not in best or p[at] > p[best[row.question]]:
            best[row.question] = at
    return list(best.values())


def operating_point(p: Array, y: Array) -> float:
    """The highest probability to ask for that still keeps KEPT of the rights: wrong answers go first."""
    points = np.arange(0.05, 0.95, 0.01)
    rights = np.array([np.sum((p >= t) & (y == 1)) for t in points])
    return float(round(points[np.flatnonzero(rights >= KEPT * rights[0])[-1]], 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE[:SLUG,…]")
    parser.add_argument("--write", action="store_true", help="write bot/data/weights.json")
    options = parser.parse_args()
    shipped, extra = load(Path("knowledge")), load(Path("tests/knowledge"))
    whole = Knowledge(shipped.briefings + extra.briefings, shipped.concepts)
    questions: list[tuple[Expected, tuple[str, ...]]] = []
    for name in options.files:
        path, _, slug = name.partition(":")
        questions += [(q, tuple(slug.split(",")) if slug else q.briefings) for q in read_questions(Path(path))]
    weights = Weights.shipped()
    for _ in range(ROUNDS):
        rows = gather(questions, whole, weights)
        names = sorted(rows[0].signals)
        x = np.array([[row.signals[n] for n in names] for row in rows])
        y = np.array([float(row.right) for row in rows])
        prior = np.array([PRIOR[n] for n in names])
        bias, fitted = fit(x, y, prior)
        weights = Weights(
            bias, dict(zip(names, fitted.tolist(), strict=True)), weights.found, weights.unsure, weights.margin
        )
    by_style = folded(x, y, [row.style for row in rows], prior)
    by_topic = folded(x, y, [row.topic for row in rows], prior)
    figures = {}
    points: list[float] = []
    for label, p in (("by style", by_style), ("by topic", by_topic)):
        top = leaders(rows, p)
        points.append(operating_point(p[top], y[top]))
        wrong = int(np.sum((p[top] >= points[-1]) & (y[top] == 0)))
        kept = int(np.sum((p[top] >= points[-1]) & (y[top] == 1)))
        figures[label] = {
            "point": points[-1],
            "right": f"{kept} of {len({r.question for r in rows if r.right})}",
            "confidently wrong": f"{wrong} of {len(questions)} questions",
        }
    found = round(sum(points) / len(points), 2)
    data = {
        "bias": round(bias, 3),
        "signals": {n: round(w, 3) for n, w in zip(names, fitted.tolist(), strict=True)},
        "found": found,
        "unsure": round(max(0.15, found - 0.02), 2),
        "margin": 0.1,
        "reached": {
            "rows": len(rows),
            "questions": len(questions),
            "files": [Path(f.partition(":")[0]).name for f in options.files],
            **figures,
        },
    }
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.write(text)
    if options.write:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
