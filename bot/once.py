"""What is worked out when it is first asked for, and kept: a property in its object, values in drawers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class once(Generic[Owner, Value]):  # noqa: N801 (used as a decorator)
    """What `functools.cached_property` is from Python 3.12 on.

    Before that it takes a lock at every first look. Questions are thought over in one thread, and each makes some
    twenty-five such looks: together they took a fiftieth of its time.
    """

    def __init__(self, work: Callable[[Owner], Value]) -> None:
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> once[Owner, Value]: ...
    @overload
    def __get__(self, owner: Owner, kind: type) -> Value: ...
    def __get__(self, owner: Any, kind: type) -> Any:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._work(owner)
        return value


def drawers(most: int) -> Callable[[Hashable], dict[Any, float]]:
    """A drawer for each key, empty at first, to keep numbers in; beyond `most` the longest unused is thrown away."""

    @lru_cache(maxsize=most)
    def drawer(_: Hashable) -> dict[Any, float]:
        return {}

    return drawer
