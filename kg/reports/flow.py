"""The flow of records as text and as a figure, box by box.

Layer: reports. Boxes and their order follow PRISMA 2020 (Page et al. 2021, doi 10.1136/bmj.n71);
the drawing is our own. Text and figure have the same lines, so that nothing can be read in one of
them only. What is not known stands in italics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.appraisal.flow import Excluded, Flow, Number, Source
from kg.errors import shorten

__all__ = ["PHASES", "Box", "Line", "build_heading", "list_boxes", "render_flow_text"]

PHASES = ("Identification", "Screening", "Included")
_WAITING = {
    "meets": "Criteria met, not yet included",
    "unclear": "A criterion is unclear",
    "not assessed": "A criterion is not assessed",
    "undetermined": "Undetermined: rows with faults are left out",
}


@dataclass(frozen=True)
class Line:
    """A line of a box: words, and a number in brackets behind them.

    Attributes:
        words: Words before the number.
        number: The number; None if the line has none.
        deep: Whether the line stands under another.
    """

    words: str
    number: Number | None = None
    deep: bool = False

    def __str__(self) -> str:
        """Return the line as text."""
        return self.words if self.number is None else f"{self.words} (n = {self.number})"


@dataclass(frozen=True)
class Box:
    """A box of the figure.

    Attributes:
        phase: One of the three phases.
        row: Row of the figure; a main box and boxes beside it share one.
        lines: What stands in it.
        beside: Whether it stands at the right.
        apart: Whether it is outside the flow, without an arrow.
    """

    phase: str
    row: int
    lines: tuple[Line, ...]
    beside: bool = False
    apart: bool = False


def list_boxes(flow: Flow) -> tuple[Box, ...]:
    """Return the boxes of a flow in reading order."""
    return tuple(_boxes(flow))


def _boxes(flow: Flow) -> Iterator[Box]:
    first, second, last = PHASES
    yield Box(first, 0, tuple(_identified(flow)))
    duplicates = Line("Duplicates", flow.duplicates, deep=True)
    yield Box(first, 0, (Line("Records removed before screening:"), duplicates), beside=True)
    screened = [Line("Records screened", flow.screened)]
    if flow.not_screened:
        screened.append(Line("Not screened yet", Number(flow.not_screened), deep=True))
    yield Box(second, 1, tuple(screened))
    yield Box(second, 1, tuple(_excluded("Records excluded", flow.excluded)), beside=True)
    yield Box(second, 2, (Line("Reports sought for retrieval", flow.sought),))
    yield Box(second, 2, (Line("Reports not retrieved", flow.not_retrieved),), beside=True)
    assessed = [Line("Reports assessed for eligibility", flow.assessed)]
    if flow.assessed_records:
        assessed.append(Line("Records they belong to", Number(flow.assessed_records), deep=True))
    yield Box(second, 3, tuple(assessed))
    excluded = tuple(_excluded("Records excluded on full text", flow.excluded_full))
    yield Box(second, 3, excluded, beside=True)
    yield Box(second, 3, tuple(_waiting(flow)), beside=True, apart=True)
    included = [
        Line("Studies included", flow.included_studies),
        *(Line(_sentence(role), Number(n), deep=True) for role, n in flow.included),
        Line("Reports of included studies", flow.included_reports),
    ]
    yield Box(last, 4, tuple(included))
    if flow.target or flow.target_sources:
        yield Box(last, 4, tuple(_target(flow)), beside=True, apart=True)


def _identified(flow: Flow) -> Iterator[Line]:
    yield Line("Records identified", flow.identified)
    yield from _named(flow.sources)
    yield Line("Records in the tables", Number(flow.recorded))


def _named(sources: Iterable[Source]) -> Iterator[Line]:
    for source in sources:
        kind = f"{_sentence(source.kind)}: " if source.kind else ""
        name = source.name or f"source not known ({source.id})"
        yield Line(_sentence(kind + name), source.results, deep=True)


def _excluded(words: str, excluded: Excluded | None) -> Iterator[Line]:
    if excluded is None:
        yield Line(words, Number(None))
        return
    yield Line(words, Number(excluded.records))
    if excluded.reasons:
        yield Line("Criterion not met:")
    for label, number in excluded.reasons:
        yield Line(_sentence(label), Number(number), deep=True)
    if excluded.no_reason:
        yield Line("No criterion recorded", Number(excluded.no_reason), deep=True)


def _waiting(flow: Flow) -> Iterator[Line]:
    if flow.screened.value is None:
        yield Line("Records awaiting a decision", Number(None))
        return
    found = dict(flow.waiting)
    yield Line("Records awaiting a decision", Number(sum(found.values())))
    for verdict, words in _WAITING.items():
        if verdict in ("unclear", "not assessed") or verdict in found:
            yield Line(words, Number(found.get(verdict, 0)), deep=True)


def _target(flow: Flow) -> Iterator[Line]:
    yield Line("Records found for a target context", Number(sum(n for _, n in flow.target)))
    yield from _named(flow.target_sources)
    for role, number in flow.target:
        yield Line(f"Used as: {role}", Number(number), deep=True)
    if flow.target_screened:
        yield Line("Screened by the criteria", Number(flow.target_screened), deep=True)


def _sentence(text: str) -> str:
    """Return a label or name as a line begins: a capital, and not without end."""
    return shorten(text[:1].upper() + text[1:])


def build_heading(flow: Flow) -> str:
    """Return the heading of text and figure."""
    return f"Flow of records: {shorten(flow.title)}"


def render_flow_text(flow: Flow) -> str:
    """Return the flow for people: a paragraph for each phase, and the notes."""
    lines = [build_heading(flow)]
    for phase in PHASES:
        lines += ["", phase]
        for box in list_boxes(flow):
            if box.phase == phase:
                lines += [("      " if line.deep else "  ") + str(line) for line in box.lines]
    return "\n".join([*lines, "", *(f"Note: {note}" for note in flow.notes)])
