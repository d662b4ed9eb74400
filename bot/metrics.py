"""Every number `/metrics` shows, in one registry that is passed in."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The program's counters and gauges; `registry` is what the page renders."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.updates = Counter("giaoban_updates", "Updates written to the inbox", registry=registry)
        self.answers = Counter("giaoban_answers", "Questions answered, by status", ["status"], registry=registry)
        self.latency = Histogram(
            "giaoban_answer_seconds",
            "From the commit of an update to the end of its handling",
            buckets=_SECONDS,
            registry=registry,
        )
        self.thinking = Histogram(
            "giaoban_thinking_seconds", "Reading and matching of one question", buckets=_SECONDS, registry=registry
        )
        self.telegram_errors = Counter(
            "giaoban_telegram_errors", "Failed calls to Telegram, by kind", ["kind"], registry=registry
        )
        self.failures = Counter(
            "giaoban_update_failures", "Updates whose handling failed, by what follows", ["outcome"], registry=registry
        )
        self.inbox_depth = Gauge("giaoban_inbox_depth", "Updates waiting", registry=registry)
        self.inbox_dead = Gauge("giaoban_inbox_dead", "Updates given up on and kept", registry=registry)
        self.receive_lag = Gauge(
            "giaoban_receive_lag_seconds", "Time since Telegram last answered or sent something", registry=registry
        )
        self.knowledge = Gauge(
            "giaoban_knowledge_loaded_seconds", "When this knowledge was loaded", ["version"], registry=registry
        )
        self.reload_failures = Counter(
            "giaoban_knowledge_reload_failures", "Saved changes refused because of problems", registry=registry
        )
