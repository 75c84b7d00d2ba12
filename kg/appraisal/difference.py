"""What differs between two states of a workspace: claims that came, went or changed, and why.

Layer: appraisal. Never a difference of triples: a row is compared by its id, cell by cell, and a
transfer by what its status rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.appraisal.cause import explain_change, find_cells
from kg.appraisal.picture import Claim, Picture, Row

__all__ = ["SECTIONS", "CellChange", "ClaimChange", "Difference", "compare"]

SECTIONS = {
    "What is carried": ("transfers",),
    "Findings": ("findings", "quotations"),
    "Bearings": ("bearings",),
    "Translations": ("constructs", "study-relations", "translations", "lines-of-argument"),
    "Review findings and confidence": (
        "statements", "elements", "review-findings", "confidence"
    ),
    "Eligibility and roles": ("criteria", "eligibility", "studies", "appraisals"),
    "Preconditions, targets and decisions": (
        "concepts", "senses", "mechanisms", "outcomes", "configurations", "preconditions",
        "requires", "targets", "decisions",
    ),
    "Other rows and files": (),
}  # fmt: skip
"""Heading → the tables under it, in reading order; the last takes every other table."""

_OTHER = next(reversed(SECTIONS))
_CARRIED = "transfers"
_WIDEST = 60  # of what fits beside its other version


@dataclass(frozen=True)
class CellChange:
    """One cell, or one fact of a transfer, that differs; "" where there is none."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class ClaimChange:
    """One claim that came, went or changed.

    Attributes:
        section: Heading under which it is shown.
        table: Name of its table; "transfers" for what is carried, "files" for texts and side files.
        id: Id of the row or transfer, or name of the file.
        change: "came", "went" or "changed".
        text: What it says, in the newer version if there is one.
        cells: What differs; of a claim that came or went, all that it says.
        because: Of a transfer whose status changed: why.
    """

    section: str
    table: str
    id: str
    change: str
    text: str
    cells: tuple[CellChange, ...] = ()
    because: str = ""

    def lines(self) -> Iterator[str]:
        """Yield the change for people, both versions of what changed in full."""
        name = "" if self.table == _CARRIED else f"{self.table} "
        yield f"{self.change}: {name}{self.id} — {' '.join(self.text.split())}"
        for cell in self.cells if self.change == "changed" else ():
            yield from (f"  {line}" for line in self._cell_lines(cell))

    def _cell_lines(self, cell: CellChange) -> Iterator[str]:
        before, after = (" ".join(t.split()) or "empty" for t in (cell.before, cell.after))
        if max(len(before), len(after)) > _WIDEST:
            yield from (cell.column, f"  before: {before}", f"  after:  {after}")
            return
        why = f", because {self.because}" if cell.column == "status" and self.because else ""
        yield f"{cell.column}: {before} → {after}{why}"

    def as_dict(self) -> dict[str, object]:
        """Return the change in its machine form."""
        return {
            "section": self.section,
            "table": self.table,
            "id": self.id,
            "change": self.change,
            "text": self.text,
            "because": self.because,
            "cells": [vars(cell) for cell in self.cells],
        }


@dataclass(frozen=True)
class Difference:
    """All that differs, by section, table and id.

    Attributes:
        old: Name of the older side.
        new: Name of the newer side.
        changes: What differs; empty if nothing does.
        faults: Name of a side → number of its errors.
    """

    old: str
    new: str
    changes: tuple[ClaimChange, ...]
    faults: tuple[tuple[str, int], ...] = ()

    @property
    def sections(self) -> dict[str, list[ClaimChange]]:
        """Return the changes by heading; a heading without changes is left out."""
        found = {title: [c for c in self.changes if c.section == title] for title in SECTIONS}
        return {title: changes for title, changes in found.items() if changes}

    @property
    def counts(self) -> dict[str, int]:
        """Return how many claims came, went and changed."""
        return {
            word: sum(c.change == word for c in self.changes)
            for word in ("came", "went", "changed")
        }

    def lines(self) -> Iterator[str]:
        """Yield the difference for people."""
        yield f"from {self.old} to {self.new}"
        if not self.changes:
            yield "Nothing that either of them says differs."
            return
        for title, changes in self.sections.items():
            yield ""
            yield title
            for change in changes:
                yield from (f"  {line}" for line in change.lines())
        yield ""
        yield "(" + ", ".join(f"{number} {word}" for word, number in self.counts.items()) + ")"

    def as_dict(self) -> dict[str, object]:
        """Return the difference in its machine form."""
        return {
            "old": self.old,
            "new": self.new,
            "same": not self.changes,
            "counts": self.counts,
            "errors": dict(self.faults),
            "changes": [change.as_dict() for change in self.changes],
        }


def compare(old: Picture, new: Picture) -> tuple[ClaimChange, ...]:
    """Return what differs, sorted by section, table and id; empty if nothing does."""
    changes = [*_compare_claims(old, new), *_compare_rows(old, new), *_compare_files(old, new)]
    place = {title: number for number, title in enumerate(SECTIONS)}
    tables = [name for names in SECTIONS.values() for name in names]

    def key(change: ClaimChange) -> tuple[int, int, str, str]:
        table = tables.index(change.table) if change.table in tables else len(tables)
        return place[change.section], table, change.table, change.id

    return tuple(sorted(changes, key=key))


def _find_section(table: str) -> str:
    return next((title for title, names in SECTIONS.items() if table in names), _OTHER)


def _compare_claims(old: Picture, new: Picture) -> Iterator[ClaimChange]:
    for name in old.claims.keys() | new.claims.keys():
        before, after = old.claims.get(name), new.claims.get(name)
        cells, because = _find_facts(before, after), ""
        shown = after or before
        if not cells or shown is None or {c.status for c in (before, after) if c} == {"no basis"}:
            continue  # nothing differs, or nothing was claimed
        if before and after:
            change = "changed"
            because = explain_change(old, new, name) if before.status != after.status else ""
        else:
            change = "came" if after else "went"
        yield ClaimChange(
            _find_section(_CARRIED), _CARRIED, name, change, shown.label, cells, because
        )


def _find_facts(old: Claim | None, new: Claim | None) -> tuple[CellChange, ...]:
    before, after = ({"status": c.status, **c.facts} if c else {} for c in (old, new))
    names = dict.fromkeys([*after, *before])
    pairs = [(n, before.get(n, ""), after.get(n, "")) for n in names]
    return tuple(CellChange(n, a, b) for n, a, b in pairs if a != b)


def _compare_rows(old: Picture, new: Picture) -> Iterator[ClaimChange]:
    for name in old.rows.keys() | new.rows.keys():
        before, after = old.rows.get(name), new.rows.get(name)
        if before and after and before.table == after.table:
            cells = tuple(CellChange(*cell) for cell in find_cells(before, after))
            for name_of, was, is_ in (
                ("left out", not before.used, not after.used),
                ("decided otherwise by adjudication", before.dissent, after.dissent),
            ):
                if was != is_:
                    cells += (CellChange(name_of, *("yes" if v else "no" for v in (was, is_))),)
            if cells:
                yield _row_change(after, "changed", cells)
            continue
        if before:
            yield _row_change(before, "went", tuple(CellChange(n, v, "") for n, v in
                                                    before.cells.items()))  # fmt: skip
        if after:
            yield _row_change(after, "came", tuple(CellChange(n, "", v) for n, v in
                                                   after.cells.items()))  # fmt: skip


def _row_change(row: Row, change: str, cells: tuple[CellChange, ...]) -> ClaimChange:
    return ClaimChange(_find_section(row.table), row.table, row.id, change, row.label, cells)


def _compare_files(old: Picture, new: Picture) -> Iterator[ClaimChange]:
    for name in old.files.keys() | new.files.keys():
        before, after = old.files.get(name), new.files.get(name)
        if before != after:
            change = "came" if before is None else "went" if after is None else "changed"
            yield ClaimChange(_OTHER, "files", name, change, "text or side file")
