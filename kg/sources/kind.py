"""Kinds of one's own: rows that are classes, which cells of other tables then name by label.

Tables are read with the shipped schema, so that what is kept of a file depends on that file alone;
a kind that only another table knows stays a text until all tables are there. Here it is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from kg.schema import KIND_PATHS, Column, Schema, Table
from kg.sources.part import Part, parse_lines, write_lines
from kg.terms import RDFS, plain, show_id

__all__ = ["Kind", "find_kinds", "name_kinds", "with_kinds"]


@dataclass(frozen=True, order=True)
class Kind:
    """A kind that a workspace adds: its name, its id, its IRI and the class that it specialises."""

    label: str
    id: str
    iri: str
    kind_of: str


def find_kinds(parts: Iterable[Part], schema: Schema) -> tuple[Kind, ...]:
    """Return the kinds that rows add, sorted by label; empty if there are none."""
    found = set()
    for part in parts:
        table = schema.tables.get(part.name)
        if table is None or not table.kind_of:
            continue
        for triple in part.triples:
            iri = plain(triple.subject)
            if triple.predicate.value == RDFS + "label" and iri in part.rows:
                label = " ".join(plain(triple.object).split())
                found.add(Kind(label, show_id(iri), iri, table.kind_of))
    return tuple(sorted(found))


def with_kinds(schema: Schema, kinds: Iterable[Kind]) -> Schema:
    """Return the schema whose columns of kinds offer these, too, by label and by id.

    A name that means several kinds is offered as none of them; nor does any replace a shipped one.
    """
    kinds = tuple(kinds)
    if not kinds:
        return schema
    tables = {name: _extend(table, kinds) for name, table in schema.tables.items()}
    columns = {c.shape: (t, c) for t in tables.values() for c in t.columns}
    return replace(schema, tables=tables, columns_by_shape=columns)


def _extend(table: Table, kinds: tuple[Kind, ...]) -> Table:
    own = [k for k in kinds if k.kind_of in (table.cls, table.kind_of)]
    columns = [_offer(c, own) if own and c.path in KIND_PATHS else c for c in table.columns]
    return replace(table, columns=tuple(columns))


def _offer(column: Column, kinds: list[Kind]) -> Column:
    names = {(name, kind.iri) for kind in kinds for name in (_key(kind.label), _key(kind.id))}
    times = Counter(name for name, _ in names)
    own = {name: iri for name, iri in names if times[name] == 1 and name not in column.choices}
    labels = tuple(k.label for k in kinds if own.get(_key(k.label)) == k.iri)
    return replace(column, choices=column.choices | own, labels=column.labels + labels)


def _key(text: str) -> str:
    return " ".join(text.split()).lower()


def name_kinds(parts: Iterable[Part], schema: Schema) -> list[Part]:
    """Return the parts with each text that names a kind of one's own replaced by the kind.

    Args:
        parts: What was read.
        schema: The schema with these kinds.
    """
    return [_name_in(part, schema) for part in parts]


def _name_in(part: Part, schema: Schema) -> Part:
    table = schema.tables.get(part.name)
    columns = [c for c in table.columns if c.path in KIND_PATHS] if table else []
    starts = [f'> <{column.path}> "'.encode() for column in columns]
    if not any(start in part.text for start in starts):
        return part

    def name(lines: bytes) -> bytes:
        if not any(start in lines for start in starts):
            return lines
        return write_lines(_name(t, columns) for t in parse_lines(lines))

    named = replace(part, spans={})
    named.set_rows((n, name(part.text[start:end])) for n, (start, end) in part.spans.items())
    return named


def _name(triple: Triple, columns: list[Column]) -> Triple:
    if isinstance(triple.object, Literal):
        for column in columns:
            iri = column.choices.get(_key(triple.object.value))
            if iri and triple.predicate.value == column.path:
                return Triple(triple.subject, triple.predicate, NamedNode(iri))
    return triple
