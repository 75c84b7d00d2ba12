"""Dissent: judgements that another row adjudicates, which are kept but no longer count.

Taking a judgement out of force is something that a person signed: a row that decides and has a
fault decides nothing. It is left out, and what it names is in doubt, so that no answer gets better.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.checks.judgement import LeftOut
from kg.checks.locator import Locator
from kg.sources import Part, find_links
from kg.terms import QES

__all__ = ["Dissent", "cut_dissent", "find_dissent"]

_ADJUDICATES = QES + "adjudicates"
_FOLLOWS = {"memos": QES + "annotates", "quotations": QES + "quotedFor"}


class Dissent:
    """The rows that were adjudicated, and the notes and quotations that belong to them."""

    def __init__(self, rows: Iterable[str], locator: Locator) -> None:
        """Name the rows by their IRIs."""
        self.rows = frozenset(rows)
        self._locator = locator

    def holds(self, subject: str, named: str) -> bool:
        """Return whether a line belongs to the dissent: to one of its rows, or names one."""
        return named in self.rows or self._locator.row_of(subject) in self.rows


def find_dissent(parts: Iterable[Part], out: LeftOut, locator: Locator) -> Dissent:
    """Return what a row that is not left out adjudicates, with the notes and quotations on it."""
    rows: set[str] = set()
    hanging: dict[str, set[str]] = {}
    for part in parts:
        follows = _FOLLOWS.get(part.name)
        for row, named in find_links(part.text, _ADJUDICATES):
            if locator.row_of(row) not in out.rows:
                rows.add(named)
        for row, named in find_links(part.text, follows) if follows else ():
            hanging.setdefault(named, set()).add(row)
    found: set[str] = set()
    while rows:
        row = rows.pop()
        if row not in found and row not in out.rows:
            found.add(row)
            rows |= hanging.get(row, set())
    return Dissent(found, locator)


def cut_dissent(parts: Iterable[Part]) -> list[Part]:
    """Return the parts cut down to the lines at which :func:`find_dissent` looks.

    Whoever stays out, no note and no quotation belongs to the dissent but those on a row that some
    row adjudicates.
    """
    found: dict[int, list[str]] = {}
    hanging: list[tuple[int, str, str, str]] = []
    named: set[str] = set()
    parts = list(parts)
    for place, part in enumerate(parts):
        for row, about in find_links(part.text, _ADJUDICATES):
            found.setdefault(place, []).append(f"<{row}> <{_ADJUDICATES}> <{about}> .\n")
            named.add(about)
        path = _FOLLOWS.get(part.name, "")
        links = find_links(part.text, path) if path else ()
        hanging += [(place, row, path, on) for row, on in links]
    while more := [h for h in hanging if h[3] in named]:
        hanging = [h for h in hanging if h[3] not in named]
        for place, row, path, on in more:
            found.setdefault(place, []).append(f"<{row}> <{path}> <{on}> .\n")
            named.add(row)
    return [
        Part(parts[place].name, parts[place].file, "".join(lines).encode())
        for place, lines in sorted(found.items())
    ]
