"""From results to faults and to the rows that stay out.

A result knows a focus node and a shape; a fault knows table, row and column. A row with an error
stays out of the default graph, and so do the rows that refer to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from kg.checks.engine import Result
from kg.errors import Fault, nearest
from kg.schema import Column, Schema
from kg.sources import Part
from kg.terms import QES, RDF_TYPE, local_name

__all__ = ["LeftOut", "Locator", "duplicate_faults", "judge", "leave_out"]


class Locator:
    """Finds the row and the column that a focus node and a shape belong to."""

    def __init__(self, parts: Iterable[Part], schema: Schema) -> None:
        """Index the rows of all parts."""
        self.schema = schema
        self.rows: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.by_class = {t.cls: t for t in schema.tables.values()}
        for part in parts:
            for iri, numbers in part.rows.items():
                self.rows[iri] += [(part.name, n) for n in numbers]

    def row_of(self, node: str) -> str:
        """Return the IRI of the row that a node is, or is a child of; the node itself if none."""
        candidate = node
        while candidate not in self.rows and "/" in candidate:
            candidate = candidate.rpartition("/")[0]
        return candidate if candidate in self.rows else node

    def place(self, node: str) -> tuple[str, int]:
        """Return table and record number of a node; ("", 0) if it is in no table."""
        return self.rows.get(self.row_of(node), [("", 0)])[0]

    def column(self, result: Result) -> Column | None:
        """Return the column that the result is about, or None for the whole row."""
        row = self.row_of(result.focus)
        table = self.schema.tables.get(self.place(row)[0])
        if table is None:
            found = self.schema.columns_by_shape.get(result.shape)
            return found[1] if found else None
        child = result.focus[len(row) + 1 :].split("/")[0] if result.focus != row else ""
        return next(
            (c for c in table.columns if c.path == result.path and (c.slug if c.through else "") == child),
            None,
        )  # fmt: skip


def duplicate_faults(locator: Locator) -> list[Fault]:
    """Return a fault for every row whose id is used more than once, within or across tables."""
    faults = []
    for iri, places in locator.rows.items():
        for table, row in places if len(places) > 1 else ():
            others = ", ".join(f"{t} row {r}" for t, r in places if (t, r) != (table, row))
            faults.append(
                Fault(table, row, locator.schema.tables[table].id_column, "id-duplicate", "error",
                      local_name(iri), f"The id is also used in {others}. Give each row its own.")
            )  # fmt: skip
    return faults


def judge(
    results: Iterable[Result], locator: Locator, parts: Iterable[Part]
) -> tuple[list[Fault], set[str]]:
    """Return the faults that the results are, and the nodes that have an error.

    A fault that only follows from a table that can't be read (a reference into it, a column that
    its header lacks) is not listed again, but its row stays out all the same.
    """
    doubtful = {p.name for p in parts if p.unreadable}
    faults, wrong = [], set()
    for result in results:
        if result.severity == "error":
            wrong.add(result.focus)
        table, row = locator.place(result.focus)
        column = locator.column(result)
        owner = locator.schema.table_of(column.refers_to) if column else None
        if table in doubtful or (
            result.component == "Class"
            and owner is not None
            and (owner.name in doubtful or owner.name not in {p.name for p in parts})
        ):
            continue
        faults.append(_fault(result, table or result.focus, row, column, locator))
    return sorted(set(faults)), wrong


def _fault(result: Result, table: str, row: int, column: Column | None, locator: Locator) -> Fault:
    seen = _seen(result.value)
    fix = ""
    if column and column.labels and result.component == "In":
        fix = nearest(seen, column.labels)
    elif column and column.refers_to and result.component == "Class":
        seen = local_name(seen)
        fix = nearest(seen, _ids(column, locator))
    return Fault(
        table=table,
        row=row,
        column=column.name if column else local_name(result.path),
        rule=local_name(result.shape),
        severity=result.severity,
        value=seen,
        message=result.message,
        fix=fix if fix != seen else "",
    )


def _ids(column: Column, locator: Locator) -> list[str]:
    """Return the ids that the column could have meant."""
    tables = {
        t.name
        for t in locator.schema.tables.values()
        if column.refers_to in locator.schema.superclasses.get(t.cls, {t.cls})
    }
    rows = [local_name(i) for i, p in locator.rows.items() if p[0][0] in tables]
    return rows + (list(locator.schema.individuals) if locator.schema.topic(column) else [])


def _seen(value: str) -> str:
    if value.startswith("<"):
        return value.strip("<>")
    if not value.startswith('"'):
        return value
    return next(iter(_parse_literal(value)), value)


def _parse_literal(value: str) -> list[str]:
    from pyoxigraph import RdfFormat, parse

    line = f"<x:s> <x:p> {value} ."
    return [str(q.object.value) for q in parse(line, format=RdfFormat.N_TRIPLES)]


@dataclass
class LeftOut:
    """What stays out of the default graph.

    Attributes:
        rows: IRI of the row → (table, record number) of every row that stays out.
        names: IRI of the row → topics that it names; all topics where that can't be known.
    """

    rows: dict[str, tuple[str, int]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)

    def triples(self) -> list[Triple]:
        """Return the left-out rows as triples for their own graph."""
        found = []
        for iri, (table, row) in sorted(self.rows.items()):
            node = NamedNode(iri)
            found += [
                Triple(node, NamedNode(RDF_TYPE), NamedNode(QES + "LeftOutRow")),
                Triple(node, NamedNode(QES + "inTable"), Literal(table)),
                Triple(node, NamedNode(QES + "rowNumber"), Literal(row)),
            ]
            found += [
                Triple(node, NamedNode(QES + "names"), NamedNode(t))
                for t in sorted(self.names.get(iri, ()))
            ]
        return found


def leave_out(wrong: set[str], parts: list[Part], locator: Locator, topics: set[str]) -> LeftOut:
    """Return the rows that stay out: those with an error, and those that refer to them.

    Args:
        wrong: Nodes with an error, rows or their children.
        parts: Everything that was read.
        locator: Where the rows are.
        topics: IRIs of everything that a transfer may rest on.
    """
    refers: defaultdict[str, set[str]] = defaultdict(set)  # row → rows that refer to it
    named: defaultdict[str, set[str]] = defaultdict(set)  # row → nodes that it refers to
    for part in parts:
        for triple in part.triples:
            if isinstance(triple.object, NamedNode):
                row, target = locator.row_of(triple.subject.value), triple.object.value
                named[row].add(target)
                owner = locator.row_of(target)
                if owner != row:
                    refers[owner].add(row)
    damaged = set().union(*(p.damaged for p in parts))
    open_rows = {locator.row_of(node) for node in wrong} | damaged
    out = LeftOut()
    while open_rows:
        row = open_rows.pop()
        if row not in out.rows:
            out.rows[row] = locator.place(row)
            open_rows |= refers[row]
    unknown = damaged | _rows_with_unknown_topic(out.rows, parts, locator, topics)
    for row in out.rows:
        own = {row} if row in topics else set()
        out.names[row] = set(topics) if row in unknown else (named[row] & topics) | own
    if any(p.unreadable and not p.rows for p in parts):
        for part in parts:  # a table whose rows can't be told at all may have named anything
            if part.unreadable and not part.rows:
                iri = f"{QES}left-out/{part.name}"
                out.rows[iri], out.names[iri] = (part.name, 0), set(topics)
    return out


def _rows_with_unknown_topic(
    rows: Iterable[str], parts: list[Part], locator: Locator, topics: set[str]
) -> set[str]:
    """Return the rows in which a column for a topic is required and names none that exists."""
    wanted: dict[str, list[str]] = {
        t.name: [c.path for c in t.columns if locator.schema.topic(c) and c.required]
        for t in locator.schema.tables.values()
    }
    told: defaultdict[str, set[str]] = defaultdict(set)
    dangling: set[str] = set()
    paths = {
        c.path for t in locator.schema.tables.values() for c in t.columns if locator.schema.topic(c)
    }
    for part in parts:
        for triple in part.triples:
            if triple.predicate.value in paths:
                if str(triple.object.value) in topics:
                    told[triple.subject.value].add(triple.predicate.value)
                else:
                    dangling.add(triple.subject.value)
    return {
        row
        for row in rows
        if row in dangling or any(p not in told[row] for p in wanted.get(locator.place(row)[0], ()))
    }
