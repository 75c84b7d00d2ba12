"""Rows of other people's tables: by a map into rows of ours, each with an id.

Layer imports. A value of a closed list is found by its label in any case, a reference by id or by
label; what is not found stands as it is, so that `kg check` names it. An existing row is never
overwritten: what would fill an empty cell is offered, what contradicts is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.errors import shorten
from kg.imports.ids import Ids
from kg.imports.mapping import NO_PLACE, ColumnMap
from kg.imports.name import fold
from kg.imports.record import MAX_CELL, clean
from kg.imports.report import ADDED, REJECTED, THERE, Entry, Report
from kg.schema import Column, Schema, Table
from kg.sources import Draft, Sheet
from kg.terms import NOT_KNOWN, XSD, slug

__all__ = ["import_rows", "name_headers"]

_TRUTH = {"yes": "true", "true": "true", "no": "false", "false": "false"}
_NAMES = ("label", "name", "title")
_SEPARATORS = (";", "|", "\n", ",")


def name_headers(sheet: Sheet) -> list[str]:
    """Return the headers of a sheet, each with one name of its own."""
    seen: Counter[str] = Counter()
    names = []
    for place, header in enumerate(sheet.header, start=1):
        name = " ".join(clean(header).split()) or f"column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def import_rows(
    draft: Draft,
    schema: Schema,
    sheet: Sheet,
    mapping: ColumnMap,
    report: Report,
    *,
    fill: bool = False,
) -> Report:
    """Add the rows of a sheet to a draft, and return the report with the fate of each.

    Args:
        draft: The tables, which are changed but not written.
        schema: The tables' schema.
        sheet: The rows as they stand in the file.
        mapping: What its columns become.
        report: The report to be filled.
        fill: Whether empty cells of rows that are there are filled.
    """
    headers = name_headers(sheet)
    desk = _Desk(draft, schema, schema.tables[mapping.table], report, fill)
    for number, cells in sheet.rows:
        values = {h: clean(c) for h, c in zip(headers, cells, strict=False) if clean(c)}
        for name in values:
            if mapping.columns.get(name, NO_PLACE) == NO_PLACE:
                report.losses[name] += 1
        own = {mapping.columns[n]: v for n, v in values.items()
               if mapping.columns.get(n, NO_PLACE) != NO_PLACE}  # fmt: skip
        extra = [c for c in cells[len(headers) :] if c]
        report.losses["cells beyond the header"] += len(extra)
        if own:
            own = {**mapping.constants, **own}
        report.entries.append(desk.take(f"row {number}", own))
    report.losses = +report.losses
    report.notes += desk.notes(mapping)
    if sheet.examples:
        report.notes.append(f"Rows that only show an example, left out: {len(sheet.examples)}.")
    absent = [n for n in mapping.columns if n not in headers]
    if absent:
        report.notes.append(f"Columns of the map that the file lacks: {', '.join(absent)}.")
    return report


@dataclass
class _Desk:
    """Where rows are taken in, one after the other."""

    draft: Draft
    schema: Schema
    table: Table
    report: Report
    fill: bool
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_label: Counter[str] = field(default_factory=Counter)
    made: int = 0

    def __post_init__(self) -> None:
        """Read what is there."""
        key = self.table.id_column
        rows = self.draft.rows(self.table.name)
        self._rows = {row[key]: (n, dict(row)) for n, row in rows.items() if row.get(key)}
        self._ids = Ids(self.draft, self.schema)
        self._same: dict[tuple[tuple[str, str], ...], str] = {}
        self._keys: set[tuple[str, ...]] = set()
        self._places: dict[str, tuple[set[str], dict[str, str]]] = {}

    def take(self, place: str, values: dict[str, str]) -> Entry:
        """Take one row in, and return its fate."""
        key = self.table.id_column
        cells = {h: self._convert(h, v) for h, v in values.items() if h != key}
        row = " ".join(values.get(key, "").split())
        row = "" if row.lower() in NOT_KNOWN else row
        title = row or next((v for c in self.table.columns if (v := cells.get(c.name))), "")
        long = [h for h, v in values.items() if len(v) > MAX_CELL]
        reason = ""
        if not values:
            reason = "No cell of it has a place."
        elif long:
            reason = f'"{long[0]}" is longer than {MAX_CELL} characters, which a cell holds.'
        elif row and row not in self._rows and row in self._ids:
            reason = f'The id "{shorten(row, 60)}" is taken by another table or the ontology.'
        if reason:
            return Entry(place, title, REJECTED, reason=reason)
        if row in self._rows:
            self._compare(place, row, cells)
            return Entry(place, title, THERE, row, reason=f"The id {row} is there.")
        if not row and (found := self._find_same(cells)):
            return Entry(place, title, THERE, found, reason=f"The same cells as {found}.")
        if not row:
            row = self._make_id(cells)
            self.made += 1
        self._ids.put(row)
        number = self.draft.add(self.table.name, {key: row, **cells})
        self._rows[row] = number, {key: row, **cells}
        self._remember(row, cells)
        return Entry(place, title, ADDED, row, reason="New.")

    def _convert(self, header: str, text: str) -> str:
        """Return the cell for a value: the label of a list, the id of a row, or as it stands."""
        column = self.table.find(header)
        if column is None or text.lower() in NOT_KNOWN:
            return text
        if column.datatype == XSD + "boolean":
            return _TRUTH.get(text.lower(), text)
        if not column.choices and not column.refers_to:
            return text
        whole = self._find_value(column, text)
        if whole:
            return whole
        for separator in _SEPARATORS if column.separator else ():
            parts = [p.strip() for p in text.split(separator) if p.strip()]
            found = [self._find_value(column, p) for p in parts]
            if len(parts) > 1 and (all(found) or separator == column.separator):
                for part, value in zip(parts, found, strict=True):
                    self.unknown[header, part] += not value
                return column.separator.join(f or p for f, p in zip(found, parts, strict=True))
        self.unknown[header, text] += 1
        return text

    def _find_value(self, column: Column, text: str) -> str:
        words = " ".join(text.split()).lower()
        if column.choices:
            labels = {label.lower(): label for label in column.labels}
            return labels.get(words) or (words if words in column.choices else "")
        ids, labels = self._places.get(column.refers_to) or self._list(column.refers_to)
        if text in ids:
            return text
        found = labels.get(fold(text.replace("et al", "")), "")
        self.by_label[column.name] += bool(found)
        return found

    def _list(self, cls: str) -> tuple[set[str], dict[str, str]]:
        """Return the ids of the rows of a class, and folded label → id where that is clear."""
        ids, labels = set(self.schema.individuals), dict[str, set[str]]()
        for name, table in self.schema.tables.items():
            if cls in self.schema.superclasses.get(table.cls, (table.cls,)):
                for row in self.draft.rows(name).values():
                    own = row.get(table.id_column, "")
                    ids.add(own)
                    for text in (own, *(row.get(h, "") for h in _NAMES)):
                        labels.setdefault(fold(text), set()).add(own)
        clear = {k: next(iter(v)) for k, v in labels.items() if k and len(v) == 1}
        self._places[cls] = ids, clear
        return ids, clear

    def _find_same(self, cells: dict[str, str]) -> str:
        """Return the id of a row that says the same in these columns, or ""."""
        headers = tuple(sorted(cells))
        if headers not in self._keys:
            self._keys.add(headers)
            for row, (_, old) in self._rows.items():
                same = tuple((h, old.get(h, "")) for h in headers)
                self._same.setdefault(same, row)
        return self._same.get(tuple((h, cells[h]) for h in headers), "")

    def _remember(self, row: str, cells: dict[str, str]) -> None:
        for headers in self._keys:
            self._same.setdefault(tuple((h, cells.get(h, "")) for h in headers), row)

    def _make_id(self, cells: dict[str, str]) -> str:
        """Return an id from that of the row's owner, or from words of its first text."""
        mark = "".join(word[0] for word in self.table.name.split("-"))
        owner = next((c for c in self.table.columns if c.required and c.refers_to), None)
        if owner and cells.get(owner.name) and not owner.separator:
            return self._ids.take_number(f"{slug(cells[owner.name]) or 'row'}-{mark}", first=1)
        first = next((cells[c.name] for c in self.table.columns if cells.get(c.name)), "")
        return self._ids.take_number("-".join(slug(first).split("-")[:4])[:60] or self.table.name)

    def _compare(self, place: str, row: str, cells: dict[str, str]) -> None:
        """Offer what fills an empty cell of a row, and list what contradicts a filled one."""
        number, old = self._rows[row]
        for header, new in cells.items():
            before = old.get(header, "")
            if not before:
                if self.fill:
                    self.draft.set(self.table.name, number, header, new)
                    old[header] = new
                else:
                    self.report.offers.append(f'{row}, {header}: "{shorten(new, 60)}"')
            elif " ".join(before.split()) != " ".join(new.split()):
                self.report.conflicts.append(
                    f'{row}, {header}: "{shorten(before, 60)}" stands there, {place} says '
                    f'"{shorten(new, 60)}"'
                )

    def notes(self, mapping: ColumnMap) -> Iterable[str]:
        """Yield what a reader should know of values, ids and required columns."""
        for header in sorted({h for h, _ in +self.unknown}):
            seen = [(v, n) for (h, v), n in sorted(self.unknown.items()) if h == header and n]
            listed = ", ".join(f'"{shorten(v, 40)}" ({n})' for v, n in seen[:8])
            more = f" and {len(seen) - 8} more" if len(seen) > 8 else ""
            yield f'Column "{header}" doesn\'t know {listed}{more}; `kg check` says what it knows.'
        for header, times in sorted((+self.by_label).items()):
            yield f'References in column "{header}" found by label: {times}.'
        if self.made:
            yield f"Ids made, since the file has none: {self.made}."
        filled = {*mapping.columns.values(), *mapping.constants}
        needed = [c.name for c in self.table.columns if c.required and c.name not in filled]
        if needed and self.report.count(ADDED):
            yield f"Every row needs {', '.join(needed)}, too; `kg check` lists the rows."
