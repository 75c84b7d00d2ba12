"""Merge: two copies of the same tables compared row by row, by table and id.

Nothing is written here. Every row of both sides is in exactly one of the groups of :class:`Merge`,
so that nothing can be lost without being named. Layer: appraisal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from kg.appraisal.judgement import JUDGEMENTS
from kg.schema import Schema, Table

__all__ = ["Apart", "Conflict", "Merge", "RowKey", "Tables", "merge_tables"]

Tables = Mapping[str, Mapping[int, Mapping[str, str]]]
"""Table → record number → filled cells by header."""


@dataclass(frozen=True, order=True)
class RowKey:
    """One row: its table and its id."""

    table: str
    id: str


@dataclass(frozen=True, order=True)
class Conflict:
    """One cell that says different things on the two sides, in rows that are the same."""

    table: str
    row: int
    id: str
    column: str
    ours: str
    theirs: str

    def as_dict(self) -> dict[str, object]:
        """Return the conflict in its machine form."""
        return asdict(self)


@dataclass(frozen=True, order=True)
class Apart:
    """One row that can't be brought together with the other side, and why.

    Attributes:
        side: "ours" or "theirs".
        table: Name of the table.
        row: Record number on that side.
        id: Id of the row, "" if it has none.
        why: The reason, and what to do.
        cells: What the row says, (header, cell) in the order of columns.
    """

    side: str
    table: str
    row: int
    id: str
    why: str
    cells: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return the row in its machine form."""
        return asdict(self) | {"cells": dict(self.cells)}


@dataclass
class Merge:
    """What bringing two copies together comes to.

    Attributes:
        added: Rows that are only there, with their cells.
        kept: Rows that are only here.
        same: Rows that say the same on both sides.
        differing: Rows that are on both sides and differ in a cell.
        conflicts: The cells in which these differ, sorted.
        apart: Rows that can't be brought together, sorted.
    """

    added: dict[RowKey, dict[str, str]] = field(default_factory=dict)
    kept: list[RowKey] = field(default_factory=list)
    same: list[RowKey] = field(default_factory=list)
    differing: list[RowKey] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)


def merge_tables(ours: Tables, theirs: Tables, schema: Schema) -> Merge:
    """Return what is only on one side, the same on both, different, or can't be compared.

    Two rows with one id are the same row unless they stand in different tables, or are judgements
    of different people or on different questions: those are kept apart, never one over the other.
    """
    merge = Merge()
    here, there = _index(ours, schema), _index(theirs, schema)
    for row_id in sorted(here.keys() | there.keys()):
        mine, other = here.get(row_id, []), there.get(row_id, [])
        why = _why_apart(row_id, mine, other, schema)
        if why:
            merge.apart += [Apart("ours", t, n, row_id, why, _cells(t, c, schema))
                            for t, n, c in mine]  # fmt: skip
            merge.apart += [Apart("theirs", t, n, row_id, why, _cells(t, c, schema))
                            for t, n, c in other]  # fmt: skip
            continue
        _bring_together(merge, row_id, mine, other, schema)
    merge.conflicts.sort()
    merge.apart.sort()
    return merge


_Rows = list[tuple[str, int, Mapping[str, str]]]


def _index(tables: Tables, schema: Schema) -> dict[str, _Rows]:
    """Return id → its rows: table, record number and cells."""
    found: defaultdict[str, _Rows] = defaultdict(list)
    for name in sorted(tables):
        column = schema.tables[name].id_column
        for number, cells in tables[name].items():
            found[cells.get(column, "")].append((name, number, cells))
    return found


def _why_apart(row_id: str, mine: _Rows, other: _Rows, schema: Schema) -> str:
    """Return why the rows with an id can't be brought together, "" if they can."""
    if not row_id:
        return "The row has no id. Give it one."
    if len(mine) > 1 or len(other) > 1:
        side = "ours" if len(mine) > 1 else "theirs"
        return f"The id is used more than once in {side}. Give each row its own."
    if not (mine and other):
        return ""
    (table, _, first), (other_table, _, second) = mine[0], other[0]
    if table != other_table:
        return f"The id is one of {table} in ours and one of {other_table} in theirs. Rename one."
    judgement = next((j for j in JUDGEMENTS if j.table == table), None)
    for header in (*judgement.unit, judgement.interpreter) if judgement else ():
        if not _equal(schema.tables[table], header, first, second):
            return (
                f'The id stands for different judgements: "{header}" differs. Give one of them '
                "another id."
            )
    return ""


def _bring_together(merge: Merge, row_id: str, mine: _Rows, other: _Rows, schema: Schema) -> None:
    table, number, cells = (mine or other)[0]
    key = RowKey(table, row_id)
    if not mine:
        merge.added[key] = dict(_cells(table, cells, schema))
    elif not other:
        merge.kept.append(key)
    else:
        theirs = other[0][2]
        headers = [h for h in _headers(table, cells, theirs, schema)
                   if not _equal(schema.tables[table], h, cells, theirs)]  # fmt: skip
        merge.conflicts += [
            Conflict(table, number, row_id, h, cells.get(h, ""), theirs.get(h, "")) for h in headers
        ]
        (merge.differing if headers else merge.same).append(key)


def _headers(
    table: str, cells: Mapping[str, str], theirs: Mapping[str, str], schema: Schema
) -> list[str]:
    known = schema.tables[table].header
    return [*known, *sorted((cells.keys() | theirs.keys()) - set(known))]


def _cells(table: str, cells: Mapping[str, str], schema: Schema) -> tuple[tuple[str, str], ...]:
    headers = _headers(table, cells, {}, schema)
    return tuple((h, cells[h]) for h in headers if cells.get(h))


def _equal(table: Table, header: str, ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Return whether two cells mean the same: case, order and blanks matter only in texts."""
    first, second = ours.get(header, ""), theirs.get(header, "")
    return first == second or _meaning(table, header, first) == _meaning(table, header, second)


def _meaning(table: Table, header: str, cell: str) -> Counter[str]:
    column = table.find(header)
    parts = cell.split(column.separator) if column and column.separator else [cell]
    parts = [part.strip() for part in parts if part.strip()]
    if column and column.choices:
        lower = [" ".join(part.split()).lower() for part in parts]
        parts = [column.choices.get(part, part) for part in lower]
    return Counter(parts)
