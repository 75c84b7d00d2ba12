"""What a change touches: the rows that others rest on, and the transfers that rest on them.

Rules and stages come to a study, its reports, settings and populations only by references from a
bearing, or from a table that does not grow with the studies; the one way back is from a study to
those that share its sample. So a changed row touches what refers to it, step by step, by properties
that rules or stages name: in the end bearings, and by them topics. If a row of another table is
among them, everything is carried again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.checks import Change, find_read, get_reach, tables_of
from kg.query import get_query, list_queries
from kg.schema import load_schema
from kg.sources import find_links
from kg.terms import DCTERMS, QES, RDF_TYPE, RDFS
from kg.workspace.judged import Judged

__all__ = ["Touched", "find_evidence", "find_touched", "find_whole", "is_whole"]

_GROWING = {
    "bearings", "constructs", "findings", "lines-of-argument", "populations", "reports", "settings",
    "studies",
}  # fmt: skip
"""The tables that grow with the studies, and to which rules and stages come only from bearings. One
that is missing here costs time, no more."""

_GENERAL = {RDF_TYPE, RDFS + "label", DCTERMS + "date"}
"""Properties that are looked at only of what was found by others."""

_BEARS_ON = QES + "bearsOn"
_SAMPLE = QES + "sharesSampleWith"
_SENTENCES = ("statuses", "transfer-details", "transfers")


@dataclass(frozen=True)
class Touched:
    """What a change touches.

    Attributes:
        placed: IRIs of the rows whose lines differ, or stand in other graphs.
        rows: IRIs of the rows of which something else may follow.
        topics: IRIs of the topics about which something else may follow; None if it is all.
        studies: IRIs of the studies to which these rows belong or belonged; "" if one to none.
        tables: The tables in which these rows are or were.
    """

    placed: frozenset[str]
    rows: frozenset[str]
    topics: frozenset[str] | None
    studies: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()


def find_touched(old: Judged, new: Judged, change: Change) -> Touched:
    """Return what differs between two judged readings, and what rests on that."""
    placed = set(change.lines) | (old.out.rows.keys() ^ new.out.rows.keys())
    dissent = old.dissent.rows ^ new.dissent.rows
    placed |= dissent.union(*(change.find_referring(row) for row in dissent))
    walk = _Walk(old, new, change)
    rows = walk.go({r for r in placed if r not in change.lines or change.paths_of(r) & _named()})
    found: set[str] = set()
    for row in old.out.names.keys() | new.out.names.keys():
        found |= old.out.names.get(row, set()) ^ new.out.names.get(row, set())
    for row in rows:
        found |= {topic for _, topic in find_links(walk.lines_of(row), _BEARS_ON)}
    everything = any(walk.tables_of(row) & _whole() for row in rows)
    if (rows or found) and any(part.is_side_file and part.text for part in new.locator.parts):
        everything = True  # it may say anything of anything
    both = placed | rows
    return Touched(
        placed=frozenset(placed),
        rows=frozenset(rows),
        topics=None if everything else frozenset(found),
        studies=frozenset(study for row in both for study in walk.find_studies(row)),
        tables=frozenset(table for row in both for table in walk.tables_of(row)),
    )


@cache
def _named() -> frozenset[str]:
    """Return the IRIs that rules, stages, check queries and sentences name."""
    queries = [q for kind in ("carry", "check", "rules") for q in list_queries(kind)]
    queries += [get_query("why", name) for name in _SENTENCES]
    return find_read(queries)


@cache
def _whole() -> frozenset[str]:
    """Return the tables that rules and stages may come to from anywhere."""
    schema = load_schema()
    seen = _named() - _GENERAL
    found = {
        table.name
        for table in schema.tables.values()
        if seen & schema.superclasses.get(table.cls, {table.cls})
        or seen & {path for column in table.columns for path in (column.path, column.through)}
    }
    return frozenset(found - _GROWING)


class _Walk:
    """Goes from rows to those that refer to them."""

    def __init__(self, old: Judged, new: Judged, change: Change) -> None:
        self._old, self._new, self._change = old.locator, new.locator, change
        self._ways = _find_ways()

    def go(self, rows: set[str]) -> set[str]:
        """Return the rows, and all that refer to them step by step."""
        found, open_rows = set(rows), list(rows)
        while open_rows:
            row = open_rows.pop()
            ways = {path for table in self.tables_of(row) for path in self._ways[table]}
            near = {n for path in ways for n in self._change.find_referring(row, path)}
            if "studies" in self.tables_of(row):
                near |= {other for _, other in find_links(self.lines_of(row), _SAMPLE)}
            open_rows += near - found
            found |= near
        return found

    def find_studies(self, row: str) -> set[str]:
        """Return the studies to which a row belongs or belonged; {""} if it is none."""
        owners = set(get_reach().owners.values())
        found, open_rows = {row}, [row]
        while open_rows:
            lines = self.lines_of(open_rows.pop())
            near = {owner for path in owners for _, owner in find_links(lines, path)} - found
            open_rows += near
            found |= near
        return {row for row in found if "studies" in self.tables_of(row)} or {""}

    def tables_of(self, row: str) -> frozenset[str]:
        """Return the tables in which a row is or was."""
        places = (locator.rows.get(row, ()) for locator in (self._old, self._new))
        return frozenset(table for found in places for table, _ in found)

    def lines_of(self, row: str) -> bytes:
        """Return what a row says, and what it said."""
        return self._change.slices.lines_of(row) + b"".join(self._change.lines.get(row, ()))


@cache
def _find_ways() -> defaultdict[str, set[str]]:
    """Return table → the properties, of those that are looked at, that lead to its rows."""
    schema = load_schema()
    ways: defaultdict[str, set[str]] = defaultdict(set)
    for column in (c for table in schema.tables.values() for c in table.columns):
        if column.refers_to and column.path in _named():
            for table in tables_of(column.refers_to, schema):
                ways[table].add(column.path)
    return ways


def is_whole(table: str) -> bool:
    """Return whether rules and stages may come to the rows of a table from anywhere."""
    return table in _whole()


def find_whole(new: Judged) -> set[str]:
    """Return the rows of the tables that rules and stages may come to from anywhere."""
    return {row for part in new.locator.parts if part.name in _whole() for row in part.rows}


def find_evidence(new: Judged, topics: Collection[str], rows: Iterable[str]) -> set[str]:
    """Return the rows from which all follows that is said about some topics and of some rows.

    Args:
        new: What was read.
        topics: IRIs of the topics; all bearings on them are taken.
        rows: IRIs of other rows to take, with all that they refer to.
    """
    parts, known = new.locator.parts, new.locator.rows
    found = {row for row in rows if row in known}
    mates: defaultdict[str, set[str]] = defaultdict(set)
    for part in parts:
        if part.name == "bearings":
            found |= {row for row, topic in find_links(part.text, _BEARS_ON) if topic in topics}
        for one, other in find_links(part.text, _SAMPLE):
            mates[one].add(other)
            mates[other].add(one)
    open_rows = list(found)
    while open_rows:
        row = open_rows.pop()
        near = {n for n in (*_find_named(new, row), *mates.get(row, ())) if n in known}
        open_rows += near - found
        found |= near
    return found


def _find_named(new: Judged, row: str) -> Iterator[str]:
    """Yield the rows to which rules and stages come from a row."""
    row_of, named = new.locator.row_of, _named_as_bytes()
    for table, _ in new.locator.rows[row]:
        for part in new.locator.parts:
            for line in part.lines_of(row).split(b" .\n") if part.name == table else ():
                _, path, value = [*line.split(b" ", 2), b"", b""][:3]
                if path in named and value.startswith(b"<"):
                    yield row_of(value[1:-1].decode())


@cache
def _named_as_bytes() -> frozenset[bytes]:
    return frozenset(f"<{name}>".encode() for name in _named())
