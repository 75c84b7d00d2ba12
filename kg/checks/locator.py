"""Where a result belongs: from a node and a property to table, row, column and what stands there.

A result knows IRIs; a fault knows cells. The index is read from the parts, which know the record
number of every row.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from kg.schema import Column, Schema
from kg.sources import Part, parse_lines
from kg.store import Triple
from kg.terms import NOT_KNOWN, QES, local_name, plain, show_id, slug

__all__ = ["Locator"]


class Locator:
    """Finds the row and the column that a focus node and a shape belong to."""

    def __init__(self, parts: Iterable[Part], schema: Schema) -> None:
        """Index the rows of all parts."""
        self.schema = schema
        self.parts = tuple(parts)
        self.rows: dict[str, list[tuple[str, int]]] = {}
        for part in self.parts:
            name = part.name
            for iri, numbers in part.rows.items():
                places = [(name, number) for number in numbers]
                if self.rows.setdefault(iri, places) is not places:
                    self.rows[iri] = self.rows[iri] + places

    def row_of(self, node: str) -> str:
        """Return the IRI of the row that a node is, or is a child of; the node itself if none."""
        candidate = node
        while candidate not in self.rows and "/" in candidate:
            candidate = candidate.rpartition("/")[0]
        return candidate if candidate in self.rows else node

    def place(self, node: str) -> tuple[str, int]:
        """Return table and record number of a node; ("", 0) if it is in no table."""
        return self.rows.get(self.row_of(node), [("", 0)])[0]

    def column(self, node: str, path: str) -> Column | None:
        """Return the column that a node's property stands in, or None for the whole row."""
        row = self.row_of(node)
        table = self.schema.tables.get(self.place(row)[0])
        if table is None:
            return None
        child = node[len(row) + 1 :].split("/")[0] if node != row else ""
        own = [
            c for c in table.columns if c.path == path and (c.slug if c.through else "") == child
        ]
        return next(iter(own or (c for c in table.columns if c.through == path)), None)

    def describe(self, node: str, path: str) -> tuple[str, int, str, str]:
        """Return file or table, record number, column, and what to say before the message."""
        table, row = self.place(node)
        column = self.column(node, path)
        name = column.name if column else local_name(path)
        if table:
            return table, row, name, ""
        said = (part.name for part, _ in self._said.get(node, ()))
        return next(said, show_id(node)), 0, name, f"{show_id(node)}: "

    def show(self, value: str) -> str:
        """Return a term in N-Triples syntax, or an IRI, as it would stand in a cell."""
        if value.startswith('"'):
            return _unquote(value)
        iri = value.strip("<>")
        return self._labels.get(iri) or show_id(iri)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {
            iri: label
            for table in self.schema.tables.values()
            for column in table.columns
            for label in column.labels
            for iri in (column.choices[label.lower()],)
        }

    def values(self, node: str, path: str) -> list[str]:
        """Return what rows say of a node by one property, as it would stand in cells."""
        table = self.schema.tables.get(self.place(node)[0])
        return sorted(
            self.show(str(t.object))
            for t in self.triples(node)
            if t.predicate.value == path and not (table and plain(t.object) == table.cls)
        )

    def triples(self, node: str) -> list[Triple]:
        """Return everything that was read of a node: of a row, of its child, or of another."""
        row = self.row_of(node)
        lines = b"".join(part.lines_of(row) for part in self.parts if row in part.rows)
        own = [t for t in parse_lines(lines) if plain(t.subject) == node]
        return own + [triple for _, triple in self._said.get(node, ())]

    @cached_property
    def _said(self) -> dict[str, list[tuple[Part, Triple]]]:
        """Return node → what files without rows say of it, and where."""
        said: defaultdict[str, list[tuple[Part, Triple]]] = defaultdict(list)
        for part in self.parts:
            for triple in () if part.rows else part.triples:
                said[plain(triple.subject)].append((part, triple))
        return dict(said)

    def unknown(self, node: str, column: Column) -> str:
        """Return how a cell says that the property is not known, "" if it doesn't."""
        gap = f"{self.row_of(node)}/not-known/{slug(column.name)}"
        reasons = {local_name(iri): text for text, iri in NOT_KNOWN.items()}
        found = self.values(gap, QES + "hasUnknownReason")
        return reasons[found[0]] if found else ""


_QUOTED = re.compile(r'("(?:[^"\\]|\\.)*")(?:@.*|\^\^<.*>)?', re.DOTALL)


def _unquote(literal: str) -> str:
    """Return the text of a literal in N-Triples, whose escapes are Python's, too."""
    found = _QUOTED.fullmatch(literal)
    return str(ast.literal_eval(found[1])) if found else literal
