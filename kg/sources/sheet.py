"""Sheets: the cells of a CSV file or of one sheet of an XLSX workbook, with what is wrong with them.

A sheet keeps the record numbers that people see: header = 1, blank rows counted, the same in CSV
and XLSX. Nothing is interpreted here but encoding, delimiter and number formats.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from kg.errors import Fault, shorten

__all__ = ["Sheet", "read_csv", "read_workbook"]

_MAX_RATIO, _MAX_BYTES, _MAX_ENTRIES = 200, 2 << 30, 10_000
_MAX_EMPTY_ROWS = 1_000
_MAX_CELL = 1 << 24


@dataclass
class Sheet:
    """The cells of one table.

    Attributes:
        table: Name of the table: the file's stem or the sheet's title, in lower case.
        file: Path of the file relative to the workspace.
        header: Cells of the first row, stripped.
        rows: (record number, cells) for every row that is not blank.
        faults: What is wrong with the file itself.
    """

    table: str
    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(
        self, rule: str, message: str, value: str = "", row: int = 0, severity: str = "error"
    ) -> None:
        """Add a fault of this sheet."""
        self.faults.append(Fault(self.file, row, "", rule, severity, shorten(value), message))

    def fill(self, records: Iterator[list[str]]) -> None:
        """Take header and rows from the records, the first record being the header."""
        for number, cells in enumerate(records, start=1):
            cells = [cell.strip() for cell in cells]
            if number == 1:
                self.header = cells
                while self.header and not self.header[-1]:
                    self.header.pop()
            elif any(cells):
                self.rows.append((number, cells))


def read_csv(file: str, data: bytes) -> Sheet:
    """Return the sheet in a CSV file; comma, semicolon or tab, UTF-8, UTF-16 or Windows-1252."""
    sheet = Sheet(Path(file).stem.lower(), file)
    if not data.strip():
        sheet.fault(
            "table-empty", "The file is empty. Write at least the header row, or delete it."
        )
        return sheet
    text = _decode(sheet, data)
    if text is None:
        return sheet
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=_outside_quotes(first).count)
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        sheet.fill(reader)
    except csv.Error as error:
        sheet.fault(
            "table-unreadable",
            f"The row can't be read as CSV ({error}): look for a quotation mark that is opened and "
            "not closed. Nothing from this file is used.",
            row=len(sheet.rows) + 2,
        )
        sheet.rows.clear()
    return sheet


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _decode(sheet: Sheet, data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data:
        sheet.fault(
            "table-encoding",
            "The file holds NUL bytes: it is not a text file. Save it again as CSV UTF-8.",
        )
        return None
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            last = error
            continue
        if encoding == "cp1252":
            sheet.fault(
                "table-encoding",
                "The file is not UTF-8 and was read as Windows-1252. Check accented letters, and "
                "save it as CSV UTF-8.",
                severity="warning",
            )
        return text
    sheet.fault(
        "table-encoding",
        f"Byte {last.start + 1} has no meaning in UTF-8 or Windows-1252. Save the file as CSV UTF-8.",
        value=f"0x{data[last.start]:02X}",
    )
    return None


def read_workbook(path: Path, file: str, tables: frozenset[str]) -> list[Sheet]:
    """Return the sheets of an XLSX workbook that are named like a table.

    A workbook with one sheet may be named after the table itself.
    """
    broken = Sheet(Path(file).stem.lower(), file)
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            size = sum(e.file_size for e in entries)
            packed = sum(e.compress_size for e in entries) or 1
        if len(entries) > _MAX_ENTRIES or size > _MAX_BYTES or size / packed > _MAX_RATIO:
            broken.fault("table-unreadable", "The workbook unpacks to far more than it should.")
            return [broken]
        return list(_sheets(path, file, tables))
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        broken.fault(
            "table-unreadable",
            f"The file can't be read as an XLSX workbook ({shorten(str(error), 80)}). "
            "Save it again as .xlsx.",
        )
        return [broken]


def _sheets(path: Path, file: str, tables: frozenset[str]) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    values = load_workbook(path, read_only=True, data_only=True)
    formulas = load_workbook(path, read_only=True, data_only=False)
    try:
        for title in values.sheetnames:
            name = title.lower()
            if name not in tables:
                if len(values.sheetnames) > 1:
                    continue
                name = Path(file).stem.lower()
            sheet = Sheet(name, file if len(values.sheetnames) == 1 else f"{file} [{title}]")
            sheet.fill(_records(sheet, values[title], formulas[title]))
            if not sheet.header:
                sheet.fault("table-empty", "The sheet is empty. Write at least the header row.")
            yield sheet
    finally:
        values.close()
        formulas.close()


def _records(sheet: Sheet, values: object, formulas: object) -> Iterator[list[str]]:
    empty = 0
    rows = zip(values.iter_rows(), formulas.iter_rows(), strict=False)  # type: ignore[attr-defined]
    for number, (row, sources) in enumerate(rows, start=1):
        cells = [_cell(c.value) for c in row]
        for cell, source in zip(row, sources, strict=False):
            if cell.value is None and source.data_type == "f":
                sheet.fault(
                    "cell-formula",
                    f"Cell {source.coordinate} holds a formula whose result is not stored. "
                    "Open the workbook, let it compute, and save it; or write the value.",
                    value=str(source.value),
                    row=number,
                )
        empty = 0 if any(cells) else empty + 1
        if empty > _MAX_EMPTY_ROWS:
            return
        yield cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
