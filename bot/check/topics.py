"""Topic names, which /chude lists side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.check.table import Row, plain
from bot.phrases import rules as words
from bot.problem import Problem


def one_spelling(rows: tuple[Row, ...]) -> Iterator[Problem]:
    """A topic is written one way everywhere: the most frequent one."""
    written: dict[str, Counter[str]] = {}
    for row in rows:
        for topic in row.entry.topics:
            written.setdefault(plain(topic), Counter())[topic] += 1
    usual = {key: spellings.most_common(1)[0][0] for key, spellings in written.items()}
    for row in rows:
        for place, topic in enumerate(row.entry.topics):
            if topic != usual[plain(topic)]:
                message = words.topic_spelling(topic, usual[plain(topic)])
                yield row.problem(("topics", place), "topic-spelling", message, "warning")
