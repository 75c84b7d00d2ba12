"""Rows into triples: every triple can be traced to its cell.

A cell that can't be mapped is loaded as it stands (a closed list's unknown value as a plain
string, a bad number as an ill-typed literal, a dangling id as its IRI), so that the shapes report
what was seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import Fault, nearest
from kg.schema import Column, Schema, Table
from kg.sources.sheet import Sheet
from kg.terms import NOT_KNOWN, QES, RDF_TYPE, XSD, data_iri, slug

__all__ = ["Part", "map_sheet"]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass
class Part:
    """What was read from one table, side file or the texts.

    Attributes:
        name: Name of the table, or path of the side file.
        file: Path of the file, relative to the workspace.
        triples: Everything that was read, rows with faults included.
        rows: IRI of the row → record numbers (more than one if the id occurs twice).
        damaged: Rows of which it isn't known what they say (ragged, without a unique id, in a
            table whose header is wrong).
        unreadable: Whether the whole table is in doubt.
        faults: Faults of the file itself.
        canonical: The rows as canonical text, for the data version.
    """

    name: str
    file: str
    triples: list[Triple] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    unreadable: bool = False
    faults: list[Fault] = field(default_factory=list)
    canonical: str = ""


def map_sheet(sheet: Sheet, table: Table, schema: Schema, base: str) -> Part:
    """Return what the sheet says, as triples, with the faults that RDF can't show."""
    part = Part(table.name, sheet.file, faults=list(sheet.faults))
    columns = _columns(sheet, table, part)
    part.unreadable = any(f.severity == "error" and f.row in (0, 1) for f in part.faults) or any(
        f.rule == "table-unreadable" for f in part.faults
    )
    damaged_rows = {f.row for f in sheet.faults if f.row}
    lines = []
    for number, cells in sheet.rows:
        values = dict(zip(columns, cells, strict=False))
        row_id = values.pop(None, "")
        ragged = any(cells[len(sheet.header) :])
        if not row_id:
            _fault(part, number, table.id_column, "row-without-id", "", "Give the row an id.")
        elif ragged:
            extra = "; ".join(c for c in cells[len(sheet.header) :] if c)
            _fault(
                part, number, "", "row-ragged", extra,
                f"The row has {len(cells)} cells under {len(sheet.header)} headers. Look for a "
                "delimiter inside a text that is not in quotation marks.",
            )  # fmt: skip
        subject = data_iri(base, row_id or f"{table.name}-row-{number}")
        if part.unreadable or not row_id or ragged or number in damaged_rows:
            part.damaged.add(subject)
        part.rows.setdefault(subject, []).append(number)
        filled = {c: v for c, v in values.items() if isinstance(c, Column) and v}
        part.triples += _row_triples(NamedNode(subject), table, filled, schema, base)
        lines.append((row_id, repr(sorted((c.name, v) for c, v in filled.items()))))
    for subject, numbers in part.rows.items():
        if len(numbers) > 1:
            part.damaged.add(subject)
    part.canonical = "\n".join(f"{table.name}\t{i}\t{v}" for i, v in sorted(lines))
    return part


def _columns(sheet: Sheet, table: Table, part: Part) -> list[Column | str | None]:
    """Return for each header its column, None for the id, "" for an unknown one."""
    columns: list[Column | str | None] = []
    seen = Counter(" ".join(h.split()).lower() for h in sheet.header)
    for header in sheet.header:
        name = " ".join(header.split()).lower()
        column = None if name == table.id_column else table.find(header)
        if column is None and name != table.id_column:
            part.faults.append(
                Fault(
                    part.file, 1, header, "column-unknown", "error", header,
                    "There is no such column in this table. Rename or delete it; "
                    f"`kg schema {table.name}` lists the columns.",
                    nearest(header, table.header),
                )
            )  # fmt: skip
            columns.append(header)
        else:
            columns.append(column)
        if seen[name] > 1:
            part.faults.append(
                Fault(part.file, 1, header, "column-duplicate", "error", header,
                      "The column stands twice. Keep one of them.")
            )  # fmt: skip
            seen[name] = 0
    needed = [table.id_column, *(c.name for c in table.columns if c.required)]
    for name in needed if sheet.header else ():
        if name.lower() not in seen:
            part.faults.append(
                Fault(part.file, 1, name, "column-missing", "error", "",
                      "The column is missing and every row needs it. Add it to the header.")
            )  # fmt: skip
    return columns


def _fault(part: Part, row: int, column: str, rule: str, value: str, message: str) -> None:
    part.faults.append(Fault(part.name, row, column, rule, "error", value, message))


def _row_triples(
    subject: NamedNode, table: Table, cells: dict[Column, str], schema: Schema, base: str
) -> Iterator[Triple]:
    yield Triple(subject, NamedNode(RDF_TYPE), NamedNode(table.cls))
    children: set[NamedNode] = set()
    for column, text in cells.items():
        if text.lower() in NOT_KNOWN and not column.choices.get(text.lower()):
            yield from _not_known(subject, column, text)
            continue
        node = subject
        if column.through:
            node = NamedNode(f"{subject.value}/{column.slug}")
            if node not in children:
                children.add(node)
                yield Triple(subject, NamedNode(column.through), node)
                child = next(t for t in schema.tables.values() if t.shape == column.child_shape)
                yield Triple(node, NamedNode(RDF_TYPE), NamedNode(child.cls))
        texts = text.split(column.separator) if column.separator else [text]
        for value in texts:
            if value.strip():
                term = _term(value.strip(), column, schema, base)
                yield Triple(node, NamedNode(column.path), term)


def _not_known(subject: NamedNode, column: Column, text: str) -> Iterator[Triple]:
    gap = NamedNode(f"{subject.value}/not-known/{slug(column.name)}")
    yield Triple(subject, NamedNode(QES + "notKnown"), gap)
    yield Triple(gap, NamedNode(RDF_TYPE), NamedNode(QES + "NotKnown"))
    yield Triple(gap, NamedNode(QES + "notKnownColumn"), Literal(column.name))
    yield Triple(gap, NamedNode(QES + "hasUnknownReason"), NamedNode(NOT_KNOWN[text.lower()]))


def _term(text: str, column: Column, schema: Schema, base: str) -> NamedNode | Literal:
    if column.choices:
        iri = column.choices.get(" ".join(text.split()).lower())
        return NamedNode(iri) if iri else Literal(text)
    if column.refers_to:
        return NamedNode(schema.individuals.get(text) or data_iri(base, text))
    if column.datatype in (XSD + "boolean", XSD + "dateTime"):
        if column.datatype == XSD + "boolean":
            text = text.lower()
        elif _DATE.fullmatch(text):
            text += "T00:00:00"
        return Literal(text, datatype=NamedNode(column.datatype))
    if column.datatype and column.datatype != XSD + "string":
        return Literal(text, datatype=NamedNode(column.datatype))
    return Literal(text)
