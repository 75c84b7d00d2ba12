"""Progress: long work says how far it is, and whoever wants to listens.

Bottom layer. Nothing is shown here, and without a listener nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

__all__ = ["Listener", "follow", "listen", "tell"]

Listener = Callable[[str, str, int, int], None]
"""Takes what is being done, in which unit it is counted, how much is done, and how much there is; 0
if nobody knows how much there is."""

_TIMES = 200  # that it says something, at most
_T = TypeVar("_T")
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listen(listener: Listener) -> Iterator[None]:
    """Be told how far the work inside is."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(doing: str, unit: str = "", done: int = 0, total: int = 0) -> None:
    """Say how far the work is."""
    listener = _listener.get()
    if listener:
        listener(doing, unit, done, total)


def follow(doing: str, unit: str, items: Iterable[_T], total: int) -> Iterator[_T]:
    """Yield the items, and say now and then how many have been taken."""
    if _listener.get() is None:
        yield from items
        return
    step = max(1, total // _TIMES)
    for number, item in enumerate(items):
        if number % step == 0:
            tell(doing, unit, number, total)
        yield item
    tell(doing, unit, total, total)
