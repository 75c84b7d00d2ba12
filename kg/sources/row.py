"""Rows into triples: every triple can be traced to its cell.

A cell that can't be mapped is loaded as it stands (a closed list's unknown value as a plain
string, a bad number as an ill-typed literal, a dangling id as its IRI), so that the shapes report
what was seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import Fault, nearest
from kg.schema import Column, Schema, Table
from kg.sources.part import Part
from kg.sources.sheet import Sheet
from kg.terms import NOT_KNOWN, OWL, QES, RDF_TYPE, RDFS, XSD, data_iri, slug

__all__ = ["map_sheet"]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def map_sheet(sheet: Sheet, table: Table, schema: Schema, base: str) -> Part:
    """Return what the sheet says, as triples, with the faults that RDF can't show."""
    part = Part(table.name, sheet.file, faults=list(sheet.faults))
    columns = _columns(sheet, table, part)
    part.unreadable = any(
        f.severity == "error" and (f.row in (0, 1) or f.rule == "table-unreadable")
        for f in part.faults
    )
    damaged_rows = {f.row for f in sheet.faults if f.row and f.severity == "error"}
    lines = []
    for number, cells in sheet.rows:
        values = dict(zip(columns, cells, strict=False))
        row_id = values.pop(None, "")
        sound = _check_row(part, sheet, table, schema, number, cells, row_id)
        row_id = "" if row_id.lower() in NOT_KNOWN else row_id
        # An id is percent-encoded, so no id can make the IRI of a row that has none.
        subject = data_iri(base, row_id) if row_id else f"{base}no-id/{table.name}-row-{number}"
        if part.unreadable or not sound or number in damaged_rows:
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


def _check_row(
    part: Part,
    sheet: Sheet,
    table: Table,
    schema: Schema,
    number: int,
    cells: list[str],
    row_id: str,
) -> bool:
    """Report what is wrong with a row as such, and return whether nothing is."""
    found = len(part.faults)
    width = len(sheet.header)
    if sheet.header and (len(cells) < width or any(cells[width:])):
        extra = "; ".join(c for c in cells[width:] if c)
        _fault(
            part, number, "", "row-ragged", extra,
            f"The row has {len(cells)} cells under {width} headers. Look for a delimiter that is "
            "missing, or that stands inside a text without quotation marks.",
        )  # fmt: skip
    if table.id_column not in map(str.lower, sheet.header):
        return False  # the header is at fault, not every row
    if row_id.lower() in ("", *NOT_KNOWN):
        _fault(part, number, table.id_column, "row-without-id", row_id, "Give the row an id.")
    elif row_id in schema.individuals:
        _fault(
            part, number, table.id_column, "id-shipped", row_id,
            "The ontology ships something with this id, and references would lead there. "
            "Choose another id.",
        )  # fmt: skip
    return len(part.faults) == found


def _columns(sheet: Sheet, table: Table, part: Part) -> list[Column | str | None]:
    """Return for each header its column, None for the id, the header itself for an unknown one."""
    names = [" ".join(header.split()).lower() for header in sheet.header]
    seen = Counter(names)
    columns: list[Column | str | None] = []
    for header, name in zip(sheet.header, names, strict=True):
        column = table.find(header)
        if name == table.id_column:
            columns.append(None)
        elif column:
            columns.append(column)
        else:
            columns.append(header)
            message = (
                "There is no such column in this table. Rename or delete it; "
                f"`kg schema {table.name}` lists the columns."
                if name
                else "A header is blank. Write it, or delete the column."
            )
            _header_fault(part, header, "column-unknown", header, message,
                          nearest(header, table.header))  # fmt: skip
        if name and seen[name] > 1:
            _header_fault(part, header, "column-duplicate", header,
                          f"The column stands {seen[name]} times. Keep one of them.")  # fmt: skip
            seen[name] = 0
    needed = [table.id_column, *(c.name for c in table.columns if c.required)]
    for name in needed if sheet.header else ():
        if name.lower() not in seen:
            _header_fault(part, name, "column-missing", "",
                          "The column is missing and every row needs it. Add it to the header."
                          )  # fmt: skip
    return columns


def _header_fault(
    part: Part, column: str, rule: str, value: str, message: str, fix: str = ""
) -> None:
    part.faults.append(Fault(part.file, 1, column, rule, "error", value, message, fix))


def _fault(part: Part, row: int, column: str, rule: str, value: str, message: str) -> None:
    part.faults.append(Fault(part.name, row, column, rule, "error", value, message))


def _row_triples(
    subject: NamedNode, table: Table, cells: dict[Column, str], schema: Schema, base: str
) -> Iterator[Triple]:
    yield Triple(subject, NamedNode(RDF_TYPE), NamedNode(table.cls))
    if table.kind_of:
        yield Triple(subject, NamedNode(RDF_TYPE), NamedNode(OWL + "Class"))
        yield Triple(subject, NamedNode(RDFS + "subClassOf"), NamedNode(table.kind_of))
    children: set[NamedNode] = set()
    for column, text in cells.items():
        reason = " ".join(text.split()).lower()
        if reason in NOT_KNOWN and reason not in column.choices:
            yield from _not_known(subject, column, reason)
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


def _not_known(subject: NamedNode, column: Column, reason: str) -> Iterator[Triple]:
    gap = NamedNode(f"{subject.value}/not-known/{slug(column.name)}")
    yield Triple(subject, NamedNode(QES + "notKnown"), gap)
    yield Triple(gap, NamedNode(RDF_TYPE), NamedNode(QES + "NotKnown"))
    yield Triple(gap, NamedNode(QES + "notKnownColumn"), Literal(column.name))
    yield Triple(gap, NamedNode(QES + "hasUnknownReason"), NamedNode(NOT_KNOWN[reason]))


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
