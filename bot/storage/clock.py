"""Moments inside prepared statements: the server's clock on PostgreSQL, so that replicas agree; ours on SQLite."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Interval, bindparam, func

from bot.storage.schema import Moment


class Clock:
    """`at` puts a moment into a statement once; `values` says at every execution how far off it is."""

    def __init__(self, *, of_server: bool) -> None:
        self._of_server = of_server

    def at(self, name: str) -> ColumnElement[dt.datetime]:
        """The moment bound under `name`."""
        if self._of_server:
            return func.now(type_=Moment) + bindparam(name, type_=Interval)
        return bindparam(name, type_=Moment)

    def values(self, **seconds: float) -> dict[str, object]:
        """Parameters for moments so many seconds from now (or ago, when negative)."""
        distances = {name: dt.timedelta(seconds=distance) for name, distance in seconds.items()}
        if self._of_server:
            return dict(distances)
        now = dt.datetime.now(dt.UTC)
        return {name: now + distance for name, distance in distances.items()}
