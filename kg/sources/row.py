"""Rows into triples, written as N-Triples: every triple can be traced to its cell.

A cell that can't be mapped is loaded as it stands (a closed list's unknown value as a plain
string, a bad number as an ill-typed literal, a dangling id as its IRI), so that the shapes report
what was seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from kg.errors import Fault, nearest
from kg.schema import Column, Schema, Table
from kg.sources.part import Part
from kg.sources.sheet import Sheet
from kg.terms import NOT_KNOWN, OWL, QES, RDF_TYPE, RDFS, XSD, data_iri, slug

__all__ = ["map_sheet"]

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
}  # fmt: skip


def map_sheet(sheet: Sheet, table: Table, schema: Schema, base: str) -> Part:
    """Return what the sheet says, as triples, with the faults that RDF can't show."""
    part = Part(table.name, sheet.file, faults=list(sheet.faults))
    columns = _columns(sheet, table, part)
    part.unreadable = any(
        f.severity == "error" and (f.row in (0, 1) or f.rule == "table-unreadable")
        for f in part.faults
    )
    damaged_rows = {f.row for f in sheet.faults if f.row and f.severity == "error"}
    writer = _Writer(table, schema, base)
    lines, texts = [], []
    ids = [place for place, column in enumerate(columns) if column is None]
    known = {c.shape: (place, c) for place, c in enumerate(columns) if isinstance(c, Column)}
    for number, cells in sheet.rows:
        row_id = next((cells[place] for place in reversed(ids) if place < len(cells)), "")
        sound = _check_row(part, sheet, table, schema, number, cells, row_id)
        row_id = "" if row_id.lower() in NOT_KNOWN else row_id
        # An id is percent-encoded, so no id can make the IRI of a row that has none.
        subject = data_iri(base, row_id) if row_id else f"{base}no-id/{table.name}-row-{number}"
        if part.unreadable or not sound or number in damaged_rows:
            part.damaged.add(subject)
        part.rows.setdefault(subject, []).append(number)
        filled = [
            (c, v) for place, c in known.values() if place < len(cells) and (v := cells[place])
        ]
        texts.append((number, "".join(writer.write(subject, filled)).encode()))
        lines.append((row_id, repr(sorted((c.name, v) for c, v in filled))))
    part.set_rows(texts)
    for subject, numbers in part.rows.items():
        if len(numbers) > 1:
            part.damaged.add(subject)
    canonical = "\n".join(f"{table.name}\t{i}\t{v}" for i, v in sorted(lines))
    part.canonical = sha256(canonical.encode()).hexdigest() if lines else ""
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


class _Writer:
    """Writes the rows of one table as N-Triples."""

    def __init__(self, table: Table, schema: Schema, base: str) -> None:
        self._schema, self._base = schema, base
        self._types = [f"<{RDF_TYPE}> <{table.cls}> .\n"]
        if table.kind_of:
            self._types.append(f"<{RDF_TYPE}> <{OWL}Class> .\n")
            self._types.append(f"<{RDFS}subClassOf> <{table.kind_of}> .\n")
        self._child_types = {
            column.shape: next(
                t.cls for t in schema.tables.values() if t.shape == column.child_shape
            )
            for column in table.columns
            if column.through
        }
        self._terms: dict[tuple[str, str], str] = {}  # of closed lists and references

    def write(self, subject: str, cells: list[tuple[Column, str]]) -> Iterator[str]:
        """Yield the lines of a row."""
        yield from (f"<{subject}> {line}" for line in self._types)
        children: set[str] = set()
        for column, text in cells:
            reason = " ".join(text.split()).lower()
            if reason in NOT_KNOWN and reason not in column.choices:
                yield from _not_known(subject, column, reason)
                continue
            node = subject
            if column.through:
                node = f"{subject}/{column.slug}"
                if node not in children:
                    children.add(node)
                    yield f"<{subject}> <{column.through}> <{node}> .\n"
                    yield f"<{node}> <{RDF_TYPE}> <{self._child_types[column.shape]}> .\n"
            for value in text.split(column.separator) if column.separator else (text,):
                if value.strip():
                    yield f"<{node}> <{column.path}> {self._find_term(value.strip(), column)} .\n"

    def _find_term(self, text: str, column: Column) -> str:
        if not (column.choices or column.refers_to):
            return _write_literal(text, column)
        term = self._terms.get((column.shape, text))
        if term is None:
            term = self._terms[column.shape, text] = self._write_name(text, column)
        return term

    def _write_name(self, text: str, column: Column) -> str:
        if column.choices:
            iri = column.choices.get(" ".join(text.split()).lower())
            return f"<{iri}>" if iri else _quote(text)
        return f"<{self._schema.individuals.get(text) or data_iri(self._base, text)}>"


def _not_known(subject: str, column: Column, reason: str) -> Iterator[str]:
    gap = f"{subject}/not-known/{slug(column.name)}"
    yield f"<{subject}> <{QES}notKnown> <{gap}> .\n"
    yield f"<{gap}> <{RDF_TYPE}> <{QES}NotKnown> .\n"
    yield f"<{gap}> <{QES}notKnownColumn> {_quote(column.name)} .\n"
    yield f"<{gap}> <{QES}hasUnknownReason> <{NOT_KNOWN[reason]}> .\n"


def _write_literal(text: str, column: Column) -> str:
    kind = column.datatype
    if kind == XSD + "boolean":
        text = text.lower()
    elif kind == XSD + "dateTime" and _DATE.fullmatch(text):
        text += "T00:00:00"
    quoted = _quote(text)
    return f"{quoted}^^<{kind}>" if kind and kind != XSD + "string" else quoted


def _quote(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
