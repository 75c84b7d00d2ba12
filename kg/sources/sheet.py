"""Sheets: the cells of one table as they stand in a file, and the reading of CSV.

A sheet keeps the record numbers that people see: header = 1, blank rows counted, the same in CSV
and XLSX. Nothing is interpreted here but encoding, delimiter and line ends.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import Fault, shorten

__all__ = ["EXAMPLE", "Sheet", "find_delimiter", "read_csv"]

EXAMPLE = "example:"
"""How the id of a row begins that only shows what a row looks like, and is never read."""

_MAX_CELL = 1 << 24
_DELIMITERS = ",;\t"
_WORD_END = re.compile(r"[,;\"\s]")


@dataclass
class Sheet:
    """The cells of one table.

    Attributes:
        table: Name of the table: the file's stem or the sheet's title, in lower case.
        file: Path of the file relative to the workspace.
        header: Cells of the first row, stripped.
        rows: (record number, cells) for every row that is not blank.
        faults: What is wrong with the file itself.
        examples: Record numbers of the rows that only show what a row looks like.
    """

    table: str
    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    examples: set[int] = field(default_factory=set)

    def fault(
        self,
        rule: str,
        message: str,
        *,
        value: str = "",
        row: int = 0,
        column: str = "",
        severity: str = "error",
    ) -> None:
        """Add a fault of this sheet."""
        self.faults.append(Fault(self.file, row, column, rule, severity, shorten(value), message))

    def take(self, number: int, cells: list[str]) -> None:
        """Take the cells of one record: the first is the header, blank ones are only counted."""
        cells = [cell.strip().replace("\r\n", "\n") for cell in cells]
        if number == 1:
            self.header = cells
            while self.header and not self.header[-1]:
                self.header.pop()
        elif self._is_example(cells):
            self.examples.add(number)
        elif any(cells):
            self.rows.append((number, cells))

    def _is_example(self, cells: list[str]) -> bool:
        ids = (cell for name, cell in zip(self.header, cells, strict=False) if name.lower() == "id")
        return next(ids, "").lower().startswith(EXAMPLE)

    def close(self) -> None:
        """Report a sheet that turned out to have no header."""
        if not self.header and not self.rows:
            self.fault(
                "table-empty", "The table is empty. Write at least its header, or delete it."
            )
        elif not self.header:
            self.fault("header-missing", "Row 1 is blank. Write the headers into row 1.", row=1)


def read_csv(file: str, data: bytes) -> Sheet:
    """Return the sheet in a CSV file; comma, semicolon or tab, UTF-8, UTF-16 or Windows-1252.

    Args:
        file: Path of the file relative to the workspace; its stem names the table.
        data: Content of the file.
    """
    sheet = Sheet(Path(file).stem.strip().lower(), file)
    text = _decode(sheet, data)
    if text is None:
        return sheet
    csv.field_size_limit(_MAX_CELL)
    delimiter = find_delimiter(_first_record(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            sheet.take(number, cells)
    except csv.Error as error:
        sheet.fault(
            "table-unreadable",
            f"From here on the file can't be read as CSV ({error}). Look for a quotation mark that "
            "is opened and not closed. Nothing from this file is used.",
            row=number + 1,
        )
        sheet.rows.clear()
        return sheet
    sheet.close()
    return sheet


def _first_record(text: str) -> str:
    """Return the header line, which may hold line ends between quotation marks."""
    inside = False
    for place, character in enumerate(text):
        if character == '"':
            inside = not inside
        elif character in "\r\n" and not inside:
            return text[:place]
    return text


def find_delimiter(header: str) -> str:
    """Return the delimiter that occurs most often outside quotation marks, the first if equal."""
    bare = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=lambda d: (bare.count(d), -bare.find(d)))


def _decode(sheet: Sheet, data: bytes) -> str | None:
    """Return the text, or None with a fault that says why there is none."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    marked = wide or data.startswith(codecs.BOM_UTF8)
    encoding = "UTF-16" if wide else "UTF-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if not marked and b"\0" not in data:
            return _decode_windows(sheet, data, error.start)
        name = f"{encoding}, as which it begins," if marked else "UTF-8 or Windows-1252"
        _report_bytes(sheet, data, error.start, name)
        return None
    if (place := text.find("\0")) >= 0:
        line = text.count("\n", 0, place) + 1
        sheet.fault(
            "table-encoding",
            f"Character {place + 1} (line {line}) is NUL: this is not a text file. "
            "Save it again as CSV UTF-8.",
        )
        return None
    return text.removeprefix("\ufeff")


def _decode_windows(sheet: Sheet, data: bytes, first: int) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        _report_bytes(sheet, data, error.start, "UTF-8 or Windows-1252")
        return None
    start = data[:first].decode("cp1252")
    word = _WORD_END.split(start)[-1] + _WORD_END.split(text[first:], maxsplit=1)[0]
    sheet.fault(
        "table-encoding",
        f"The file is not UTF-8 (see line {_line(data, first)}) and was read as "
        "Windows-1252. Check accented letters, and save it as CSV UTF-8.",
        value=word,
        severity="warning",
    )
    return text


def _report_bytes(sheet: Sheet, data: bytes, first: int, encoding: str) -> None:
    sheet.fault(
        "table-encoding",
        f"Byte {first + 1} (line {_line(data, first)}) has no meaning in {encoding}. "
        "Save the file as CSV UTF-8.",
        value=f"0x{data[first]:02X}",
    )


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
