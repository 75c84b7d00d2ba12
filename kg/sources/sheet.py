"""Sheets: the cells of one table as they stand in a file, and the reading of CSV.

A sheet keeps the record numbers that people see: header = 1, blank rows counted, the same in CSV
and XLSX. Nothing is interpreted here but encoding, delimiter and line ends.
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import Fault, shorten

__all__ = ["EXAMPLE", "MAX_COLUMNS", "Sheet", "find_delimiter", "read_csv"]

EXAMPLE = "example:"
"""How the id of a row begins that only shows what a row looks like, and is never read."""

MAX_COLUMNS = 702
"""Columns that a table may have: up to ZZ, as a spreadsheet calls it."""

# Wide enough for what people keep in tables; beyond them a file is refused before it fills memory.
_MAX_CELL, _MAX_WIDTH = 1 << 20, 1 << 14
_MAX_CELLS, _MAX_BLANK = 20_000_000, 100_000
_DELIMITERS = ",;\t"
_WORD_END = re.compile(r"[,;\"\s]")
_LINE = re.compile(r"[^\r\n]++(?:\r\n?|\n)?|\r\n?|\n")
_RECORD = re.compile(r'(?:[^"\r\n]++|"[^"]*+"?)*+')


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
        full: Whether it was refused because it holds more than a table does.
    """

    table: str
    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    examples: set[int] = field(default_factory=set)
    full: bool = False
    _cells: int = field(default=0, repr=False)
    _blank: int = field(default=0, repr=False)

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

    def take(self, number: int, cells: list[str]) -> bool:
        """Take the cells of one record: the first is the header, blank ones are only counted.

        Returns:
            Whether more is taken; if not, that is a fault, and no row is kept.
        """
        if problem := self._find_excess(cells):
            self.refuse(number, problem)
            return False
        cells = [cell.strip().replace("\r\n", "\n") for cell in cells]
        if number == 1:
            self.header = cells
            while self.header and not self.header[-1]:
                self.header.pop()
            return True
        filled = any(cells)
        self._blank = 0 if filled else self._blank + 1
        if self._is_example(cells):
            self.examples.add(number)
        elif filled:
            self.rows.append((number, cells))
        return True

    def _find_excess(self, cells: list[str]) -> str:
        """Return why a record is more than a table holds, or ""."""
        width = len(cells)
        self._cells += width
        if width > MAX_COLUMNS and not (width <= _MAX_WIDTH and not any(cells[MAX_COLUMNS:])):
            return (
                f"The row has {width} cells, and a table has at most {MAX_COLUMNS} columns (up to "
                "ZZ). Delete what is not needed."
            )
        if self._cells > _MAX_CELLS:
            return f"The table has more than {_MAX_CELLS} cells. Delete what is not needed."
        if self._blank >= _MAX_BLANK and not any(cells):
            return f"More than {_MAX_BLANK} blank rows stand one after the other. Delete them."
        if width and max(map(len, cells)) > _MAX_CELL:
            return f"A cell holds more than {_MAX_CELL} characters. Shorten it."
        return ""

    def refuse(self, row: int, message: str) -> None:
        """Report that the sheet can't be read from a row on, and forget what was read."""
        ending = " Nothing from this sheet is used."
        self.fault("table-unreadable", message + ending, row=row)
        self.full = True
        self.rows.clear()

    def _is_example(self, cells: list[str]) -> bool:
        ids = (cell for name, cell in zip(self.header, cells, strict=False) if name.lower() == "id")
        return next(ids, "").lower().startswith(EXAMPLE)

    def close(self) -> None:
        """Report a sheet that turned out to have no header."""
        if self.full:
            return
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
    lines = (line[0] for line in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if not sheet.take(number, cells):
                break
    except csv.Error as error:
        sheet.refuse(
            number + 1,
            f"From here on the file can't be read as CSV ({error}). Look for a quotation mark that "
            "is opened and not closed.",
        )
    sheet.close()
    return sheet


def _first_record(text: str) -> str:
    """Return the header line, which may hold line ends between quotation marks."""
    found = _RECORD.match(text)
    return found[0] if found else ""


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
        name = f"{encoding}, as which it begins" if marked else "UTF-8 or Windows-1252"
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
