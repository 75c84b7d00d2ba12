"""The one sheet that is meant in a table from outside: CSV, XLSX or ODS.

Layer imports. XLSX goes the way of our own workbooks, so that a formula without a result is a
fault; ODS is read by calamine from an archive made anew of its content alone, after a look at what
its repetitions would unfold to (a few bytes of ODS can stand for a billion cells).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import DataFaults, UnknownName, UsageError
from kg.imports.upload import MAX_RECORDS, Upload, unreadable
from kg.sources import Sheet, read_csv, read_workbook
from kg.sources.workbook import show_value

__all__ = ["read_sheet"]

_MAX_CELLS, _MAX_LINES = 5_000_000, 1_000_000
_CONTENT = "content.xml"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "


def read_sheet(upload: Upload, table: str, wanted: str = "") -> Sheet:
    """Return the sheet that is to be imported, with warnings among its faults.

    Args:
        upload: A file of kind csv, xlsx or ods.
        table: Name of the table it is for; a sheet of this name is taken before others.
        wanted: Name of the sheet, if the user names one.

    Raises:
        DataFaults: The file can't be read.
        UsageError: It has several sheets and none is named.
    """
    if upload.kind == "csv":
        sheet = _read_csv(upload)
    elif upload.kind == "xlsx":
        sheet = _read_xlsx(upload, table, wanted)
    else:
        sheet = _read_ods(upload, table, wanted)
    errors = [f for f in sheet.faults if f.severity == "error"]
    if errors:
        raise DataFaults(sorted(errors))
    if not sheet.rows:
        raise unreadable(upload.name, "The table has no rows under its header.")
    if len(sheet.rows) > MAX_RECORDS:
        raise unreadable(upload.name, f"The table has more than {MAX_RECORDS} rows. Split it.")
    return sheet


def _read_csv(upload: Upload) -> Sheet:
    data = upload.data
    if max(data.count(b"\n"), data.count(b"\r")) > _MAX_LINES:
        raise unreadable(upload.name, f"The file has more than {_MAX_LINES} lines. Split it.")
    if sum(data.count(d) for d in (b",", b";", b"\t")) > 2 * _MAX_CELLS:
        raise unreadable(upload.name, f"The file has more than {2 * _MAX_CELLS} cells. Split it.")
    return read_csv(upload.name, data)


def _choose(upload: Upload, visible: list[str], table: str, wanted: str) -> str:
    """Return the title of the sheet that is meant."""
    titles = {title.strip().lower(): title for title in visible}
    if wanted:
        if wanted.strip().lower() not in titles:
            raise UnknownName("sheet", wanted, visible)
        return titles[wanted.strip().lower()]
    if table in titles or len(visible) == 1:
        return titles.get(table, visible[0] if visible else "")
    if not visible:
        raise unreadable(upload.name, "The workbook has no visible sheet.")
    names = ", ".join(visible)
    raise UsageError(f'"{upload.name}" has several sheets: {names}. Name one with --sheet.')


def _list_sheets(upload: Upload, data: bytes) -> tuple[Any, list[str]]:
    """Return the workbook, and the titles of its visible sheets."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_object(io.BytesIO(data))
    except (CalamineError, OSError, ValueError) as error:
        raise unreadable(upload.name, "The workbook can't be read. Save it again, or as CSV.",
                         str(error)) from None  # fmt: skip
    shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
    return book, shown


def _read_xlsx(upload: Upload, table: str, wanted: str) -> Sheet:
    title = _choose(upload, _list_sheets(upload, upload.data)[1], table, wanted)
    name = title.strip().lower()
    for sheet in read_workbook(upload.name, upload.data, frozenset({name})):
        if sheet.table == name or any(f.severity == "error" for f in sheet.faults):
            return sheet
    raise unreadable(upload.name, "The sheet can't be read. Save it as CSV.", title)


def _unpack(upload: Upload, wanted: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the members of an archive whose names match."""
    from zipfile import BadZipFile, ZipFile
    from zlib import error as ZlibError

    try:
        with ZipFile(io.BytesIO(upload.data)) as archive:
            for name in filter(wanted.fullmatch, archive.namelist()):
                yield name, archive.read(name)
    except (BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ZlibError) as error:
        raise unreadable(upload.name, "The archive is damaged or locked. Save it again.",
                         str(error)) from None  # fmt: skip


def _read_ods(upload: Upload, table: str, wanted: str) -> Sheet:
    from python_calamine import CalamineError

    data = _repack(upload)
    book, titles = _list_sheets(upload, data)
    title = _choose(upload, titles, table, wanted)
    sheet = Sheet(title.strip().lower(), upload.name)
    try:
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise unreadable(upload.name, "The sheet can't be read. Save it again, or as CSV.",
                         str(error)) from None  # fmt: skip
    for number, cells in enumerate(rows, start=1):
        if not sheet.take(number, list(map(show_value, cells))):
            break
    sheet.close()
    return sheet


def _repack(upload: Upload) -> bytes:
    """Return an ODS file that holds nothing but the content, which was looked at."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

    made = io.BytesIO()
    content = next(iter(_unpack(upload, re.compile(re.escape(_CONTENT)))))[1]
    _Look(upload.name).at(content)
    with ZipFile(made, "w") as archive:
        kind = b"application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST, ZIP_STORED)
        archive.writestr(_CONTENT, content, ZIP_DEFLATED, 1)
    return made.getvalue()


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


class _Look:
    """What a content.xml would unfold to; XML with a DOCTYPE is refused."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._row_cells = self._width = 0  # of the row that is open
        self._widest = self._rows = self._empty = self._times = 0  # of the table that is open

    def at(self, content: bytes) -> None:
        """Look at the XML, event by event.

        Raises:
            DataFaults: It is no XML, has a DOCTYPE, holds a formula without a result, or unfolds
                to too many cells.
        """
        from xml.parsers.expat import ExpatError, ParserCreate

        parser = ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(content, True)
        except ExpatError as error:
            raise unreadable(self._name, "The table can't be read as ODS. Save it again.",
                             str(error)) from None  # fmt: skip

    def _refuse(self, *_: Any) -> None:
        raise unreadable(self._name, "The table has a DOCTYPE, which no spreadsheet writes. Save "
                         "it again, or as CSV.")  # fmt: skip

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE + "table":
            self._widest = self._rows = self._empty = 0
        elif name == _TABLE + "table-row":
            self._times = _number(attributes.get(_TABLE + "number-rows-repeated", "1"))
            self._width = self._row_cells = 0
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._width += _number(attributes.get(_TABLE + "number-columns-repeated", "1"))
            filled = _OFFICE + "value-type" in attributes
            self._row_cells = self._width if filled else self._row_cells
            if _TABLE + "formula" in attributes and not filled:
                raise unreadable(
                    self._name, "A cell holds a formula whose result is not stored. Open the file, "
                    "let it compute, and save it.", attributes[_TABLE + "formula"],
                )  # fmt: skip

    def _end(self, name: str) -> None:
        if name != _TABLE + "table-row":
            return
        if self._row_cells:  # empty rows before a filled one are unfolded, too
            self._rows += self._empty + self._times
            self._widest = max(self._widest, self._row_cells)
            self._empty = 0
        else:
            self._empty += self._times
        if self._rows > MAX_RECORDS or self._rows * self._widest > _MAX_CELLS:
            raise unreadable(self._name, f"The table unfolds to more than {MAX_RECORDS} rows or "
                             f"{_MAX_CELLS} cells. Save it again, or as CSV.")  # fmt: skip


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 1
