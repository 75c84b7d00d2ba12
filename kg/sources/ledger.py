"""Ledgers: one table in its file, of which a cell or a row is written and the rest stays.

A record that isn't touched keeps its bytes in CSV. In XLSX the workbook is loaded and saved by
openpyxl, which keeps formats, notes, drop-downs and formulas; a formula that reads nothing that
changed keeps its stored result.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from kg.errors import UsageError
from kg.sources.archive import open_book, save_book
from kg.sources.formula import find_untouched
from kg.sources.sheet import Sheet, find_delimiter
from kg.sources.workbook import GUIDES, find_fault_sheets

__all__ = ["CsvLedger", "Ledger", "XlsxLedger"]


class Ledger(Protocol):
    """A table that can be changed and written."""

    file: str
    changed: bool

    def rows(self) -> dict[int, dict[str, str]]:
        """Return record number → header → cell, of all rows that are not blank."""

    def row(self, number: int) -> dict[str, str] | None:
        """Return header → cell of one row, or None if there is none or it is blank."""

    def set(self, row: int, column: str, value: str) -> None:
        """Change a cell; a column that the header lacks is added to it."""

    def add(self, values: Mapping[str, str]) -> int:
        """Add a row and return its record number."""

    def rename(self, before: str, after: str) -> None:
        """Change a header."""

    def is_computed(self, row: int, column: str) -> bool:
        """Return whether the cell holds a formula."""

    def write(self, same: Sequence[Any]) -> bytes:
        """Return the file with the changes of all ledgers that lie in it."""


class _Table:
    """What both kinds of files share: cells under headers, in any case."""

    def __init__(self, file: str, sheet: Sheet) -> None:
        self.file = file
        self.changed = False
        self.table = sheet.table
        self._header = list(sheet.header)
        self._rows = {n: list(cells) for n, cells in sheet.rows}
        self._examples = tuple(sheet.examples)

    def rows(self) -> dict[int, dict[str, str]]:
        """Return record number → header in lower case → cell, of all rows that are not blank."""
        names = [" ".join(h.split()).lower() for h in self._header]
        return {n: dict(zip(names, cells, strict=False)) for n, cells in self._rows.items()}

    def row(self, number: int) -> dict[str, str] | None:
        """Return header in lower case → cell of one row, or None if there is none."""
        names = (" ".join(h.split()).lower() for h in self._header)
        return dict(zip(names, self._rows[number], strict=False)) if number in self._rows else None

    def rename(self, before: str, after: str) -> None:
        """Change a header, the first of that name.

        Raises:
            UsageError: There is no such header.
        """
        names = [" ".join(h.split()).lower() for h in self._header]
        wanted = " ".join(before.split()).lower()
        if wanted not in names:
            raise UsageError(f'{self.table} has no column "{before}".')
        self._header[names.index(wanted)] = after
        self._retitle(names.index(wanted), after)
        self.changed = True

    def _retitle(self, place: int, header: str) -> None:
        raise NotImplementedError

    def is_computed(self, row: int, column: str) -> bool:
        """Return whether the cell holds a formula."""
        return False

    def _place(self, column: str) -> int:
        """Return the place of a column, which is added if the header lacks it."""
        names = [" ".join(h.split()).lower() for h in self._header]
        if column.lower() not in names:
            self._header.append(column)
            for cells in self._rows.values():
                cells.append("")
            return len(names)
        return names.index(column.lower())


class CsvLedger(_Table):
    """A table in a CSV file."""

    def __init__(self, file: str, data: bytes, sheet: Sheet) -> None:
        """Take the file apart into records, each with its text."""
        super().__init__(file, sheet)
        self._encoding = _find_encoding(data)
        text = data.decode(self._encoding)
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._records = _split(text)
        self._delimiter = find_delimiter(self._records[0] if self._records else "")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter))
        if len(rows) != len(self._records):  # a quotation mark inside a bare cell
            self._records = [self._render(cells) for cells in rows]
        self._touched: set[int] = set()

    @classmethod
    def new(cls, file: str, header: Sequence[str]) -> CsvLedger:
        """Return a table that has no file yet."""
        sheet = Sheet(file.rpartition("/")[2].removesuffix(".csv"), file, list(header))
        return cls(file, (",".join(header) + "\n").encode(), sheet)

    def set(self, row: int, column: str, value: str) -> None:
        """Change a cell; a column that the header lacks is added to it."""
        width = len(self._header)
        place = self._place(column)
        cells = self._rows[row]
        cells += [""] * (place + 1 - len(cells))
        cells[place] = value
        self._touched |= {row} if len(self._header) == width else {1, *self._rows}
        self.changed = True

    def add(self, values: Mapping[str, str]) -> int:
        """Add a row and return its record number."""
        number = max(len(self._records), next(reversed(self._rows), 1)) + 1  # rows ascend
        self._rows[number] = [""] * len(self._header)
        for column, value in values.items():
            self.set(number, column, value)
        self._touched.add(number)
        self.changed = True
        return number

    def write(self, same: Sequence[Any]) -> bytes:
        """Return the file with its changes; records that were not touched keep their bytes."""
        records = dict(enumerate(self._records, start=1))
        for number in sorted(self._touched):
            cells = self._header if number == 1 else self._rows[number]
            records[number] = self._render(cells)
        last = len(self._records)
        if last and max(records) > last and not records[last].endswith(("\n", "\r")):
            records[last] += self._newline
        text = "".join(records[n] for n in sorted(records))
        try:
            return text.encode(self._encoding)
        except UnicodeEncodeError:  # what was written doesn't exist in Windows-1252
            return text.encode("utf-8-sig")

    def _retitle(self, place: int, header: str) -> None:
        self._touched.add(1)

    def _render(self, cells: Sequence[str]) -> str:
        line = io.StringIO()
        # CR LF here, whatever the file has: a cell with either is quoted only then.
        csv.writer(line, delimiter=self._delimiter, lineterminator="\r\n").writerow(cells)
        return line.getvalue().removesuffix("\r\n") + self._newline


def _find_encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _split(text: str) -> list[str]:
    """Return the records of a CSV text with their line ends; joined they are the text."""
    records, start, inside, place = [], 0, False, 0
    while place < len(text):
        character = text[place]
        place += 1
        if character == '"':
            inside = not inside
        elif character in "\r\n" and not inside:
            if text[place - 1 : place + 1] == "\r\n":
                place += 1
            records.append(text[start:place])
            start = place
    return [*records, text[start:]] if start < len(text) else records


class XlsxLedger(_Table):
    """A table in a sheet of a workbook."""

    def __init__(self, file: str, data: bytes, sheet: Sheet) -> None:
        """Keep the workbook; it is loaded for writing only."""
        super().__init__(file, sheet)
        self._data = data
        self._cells: dict[tuple[int, int], str] = {}

    def set(self, row: int, column: str, value: str) -> None:
        """Change a cell; a column that the header lacks is added to it."""
        width = len(self._header)
        place = self._place(column)
        if len(self._header) > width:
            self._cells[1, place] = column
        cells = self._rows[row]
        cells += [""] * (place + 1 - len(cells))
        cells[place] = value
        self._cells[row, place] = value
        self.changed = True

    def add(self, values: Mapping[str, str]) -> int:
        """Add a row and return its record number."""
        number = max([1, *self._rows, *self._examples]) + 1
        self._rows[number] = [""] * len(self._header)
        for column, value in values.items():
            self.set(number, column, value)
        return number

    def _retitle(self, place: int, header: str) -> None:
        self._cells[1, place] = header

    def is_computed(self, row: int, column: str) -> bool:
        """Return whether the cell holds a formula."""
        names = [" ".join(h.split()).lower() for h in self._header]
        return column.lower() in names and (row, names.index(column.lower())) in self._formulas

    @cached_property
    def _formulas(self) -> frozenset[tuple[int, int]]:
        """Return record number and place of each cell with a formula."""
        book = open_book(self._data)
        return frozenset(
            (cell.row, cell.column - 1)
            for row in _find_sheet(book, self.table).iter_rows()
            for cell in row
            if cell.data_type == "f"
        )

    def write(self, same: Sequence[XlsxLedger]) -> bytes:
        """Return the workbook with the changes of all its tables."""
        book = open_book(self._data)
        changed: dict[str, set[tuple[int, int]]] = {}
        for ledger in same:
            sheet = _find_sheet(book, ledger.table)
            cells = {(row, place + 1) for row, place in ledger._cells}
            changed[sheet.title] = cells | changed.get(sheet.title, set())
            for (row, place), value in ledger._cells.items():
                cell = sheet.cell(row, place + 1)
                cell.value = value or None
                if value[:1] in ("=", "+", "-", "@"):
                    cell.data_type = "s"  # text, never a formula
        return save_book(book, self._data, results=find_untouched(book, changed))


def _find_sheet(book: Any, table: str) -> Any:
    """Return the sheet of a table: that of its name, else the only one that is not ours."""
    others = {*find_fault_sheets(book), *GUIDES}
    named = (s for s in book.worksheets if s.title.strip().lower() == table)
    other = (s for s in book.worksheets if s.title not in others)
    return next(named, None) or next(other)
