"""The one form in which everything that is timed is shown: what ours takes, beside a peer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["HEAD", "Goal", "Line", "show_line", "show_markdown"]

HEAD = ("job", "size", "ours", "peer", "theirs", "ours is", "goal", "peak")
_WIDTHS = (38, 24, 10, 26, 10, 16, 18, 10)


@dataclass(frozen=True)
class Goal:
    """What a figure has to be.

    Attributes:
        bound: The number.
        kind: "faster" (at least so many times as fast as the peer), "of it" (at most so many times
            what the peer takes), "s" or "MiB" (at most).
    """

    bound: float
    kind: str

    def __str__(self) -> str:
        """Return the goal in words."""
        if self.kind == "faster":
            return f"≥ {self.bound:g} × faster"
        return f"≤ {self.bound:g} {'× of it' if self.kind == 'of it' else self.kind}"


@dataclass(frozen=True)
class Line:
    """One measurement.

    Attributes:
        job: What was done.
        size: On how much.
        ours: Seconds that ours took; of a processor, where nothing else is said.
        peer: What did the same, "" if nothing.
        theirs: Seconds that it took.
        ratio: Ours to theirs: the median of the ratios of single rounds.
        goal: What was to be shown.
        peak: MiB of memory that ours took at most, 0 if that was not measured.
        ended: Whether the peer ended; if not, it was stopped after the seconds that are given.
    """

    job: str
    size: str
    ours: float
    peer: str = ""
    theirs: float = 0.0
    ratio: float = 0.0
    goal: Goal | None = None
    peak: int = 0
    ended: bool = True

    def find_missed(self) -> bool:
        """Return whether the goal was missed."""
        if self.goal is None:
            return False
        value = {"s": self.ours, "MiB": self.peak, "of it": self.ratio}.get(self.goal.kind)
        if value is None:
            return self.ratio * self.goal.bound > 1
        return value > self.goal.bound

    def cells(self) -> tuple[str, ...]:
        """Return what stands in the table, under :data:`HEAD`."""
        less = "" if self.ended else "> "
        ratio = f"{1 / self.ratio:.3g} × faster" if 0 < self.ratio < 1 else f"{self.ratio:.3g} ×"
        missed = ", missed" if self.find_missed() else ""
        return (
            self.job,
            self.size,
            f"{self.ours:.3g} s",
            self.peer,
            f"{less}{self.theirs:.3g} s" if self.peer else "",
            f"{less}{ratio}" if self.peer else "",
            f"{self.goal}{missed}" if self.goal else "",
            f"{self.peak} MiB" if self.peak else "",
        )


def show_line(cells: Iterable[str]) -> str:
    """Return one line for a terminal."""
    return "".join(c.ljust(w) for c, w in zip(cells, _WIDTHS, strict=True)).rstrip()


def show_markdown(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the table in Markdown."""
    yield f"| {' | '.join(HEAD)} |"
    yield "| --- | --- | ---: | --- | ---: | --- | --- | ---: |"
    for line in lines:
        yield f"| {' | '.join(line.cells())} |"
