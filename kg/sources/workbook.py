"""Workbooks: the sheets of an XLSX file that are named like a table.

Files may come from anybody: an archive that unpacks to far too much is not unpacked, and whatever
the parser stumbles over becomes a fault.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from kg.errors import nearest, shorten
from kg.sources.sheet import Sheet

__all__ = ["FAULTS_NAME", "GUIDES", "find_fault_sheets", "read_workbook", "show_value"]

GUIDES = ("Start here", "Lists")
"""Titles of the sheets that a workbook of ours holds for those who fill it in; never read."""

FAULTS_NAME = "kg_faults"
"""Defined name that leads to the sheet in which `kg check --annotate` lists faults."""

_MAX_RATIO, _MAX_BYTES, _MAX_ENTRIES = 200, 2 << 30, 10_000
_MAX_EMPTY_ROWS = 1_000


def read_workbook(file: str, data: bytes, tables: frozenset[str]) -> list[Sheet]:
    """Return the sheets of an XLSX workbook that are named like a table.

    A workbook with a single sheet may instead be named like the table itself. A sheet whose name
    is nearly a table's is a fault, any other visible sheet a warning: nothing is passed over in
    silence.

    Args:
        file: Path of the file relative to the workspace.
        data: Content of the file.
        tables: Names of the tables that there are.
    """
    broken = Sheet(Path(file).stem.strip().lower(), file)
    try:
        if (size := _oversize(data)) is not None:
            broken.fault(
                "table-unreadable",
                "The workbook unpacks to far more than it should, and was not unpacked. "
                "Save it again as .xlsx, or as CSV.",
                value=size,
            )
            return [broken]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and drop-downs
            return list(_sheets(file, data, tables))
    except Exception as error:  # zipfile, expat and openpyxl raise all kinds on a damaged file
        broken.fault(
            "table-unreadable",
            "The file can't be read as an XLSX workbook. Save it again as .xlsx, or as CSV.",
            value=shorten(f"{type(error).__name__}: {error}", 120),
        )
        return [broken]


def _oversize(data: bytes) -> str | None:
    with ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    size = sum(e.file_size for e in entries)
    packed = sum(e.compress_size for e in entries) or 1
    if len(entries) > _MAX_ENTRIES or size > _MAX_BYTES or size / packed > _MAX_RATIO:
        return f"{len(entries)} entries, {packed} bytes packed, {size} bytes unpacked"
    return None


def find_fault_sheets(book: Any) -> frozenset[str]:
    """Return the titles of the sheets in which `kg check --annotate` listed faults."""
    name = book.defined_names.get(FAULTS_NAME)
    return frozenset(title for title, _ in name.destinations) if name is not None else frozenset()


def _sheets(file: str, data: bytes, tables: frozenset[str]) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    def load(*, results: bool) -> Any:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)

    values, sources = load(results=True), load(results=False)
    listed = find_fault_sheets(values)
    names = {sheet.title: sheet.title.strip().lower() for sheet in values.worksheets}
    ours = listed | {title for title in names if title in GUIDES}
    titles = {t: name for t, name in names.items() if t not in ours or name in tables}
    stem = Path(file).stem.strip().lower()
    if len(titles) == 1 and not tables & set(titles.values()):
        titles = {title: stem for title in titles}
    elif not tables & set(titles.values()):
        nothing = Sheet(stem, file)
        nothing.fault(
            "table-unknown",
            "No sheet of the workbook is named like a table. Rename the sheets, or delete the "
            "file; `kg schema` lists the tables.",
            value=", ".join(titles),
        )
        yield nothing
        return
    for title, name in titles.items():
        sheet = Sheet(name, file if len(titles) == 1 else f"{file} [{title}]")
        if len(titles) == 1 or name in tables:
            _fill(sheet, values[title], sources[title])
            yield sheet
        elif values[title].sheet_state == "visible":
            yield _passed_over(sheet, tables)


def _passed_over(sheet: Sheet, tables: frozenset[str]) -> Sheet:
    near = nearest(sheet.table, tables)
    hint = f' Did you mean "{near}"?' if near else ""
    sheet.fault(
        "table-unknown",
        "The sheet is not named like a table and was not read. Rename it, or hide it if it is "
        f"not meant to be read.{hint}",
        value=sheet.table,
        severity="error" if near else "warning",
    )
    return sheet


def _fill(sheet: Sheet, values: Any, sources: Any) -> None:
    for part in (values, sources):
        part.reset_dimensions()  # what a file says about its size may be wrong, and cut rows off
    empty = 0
    rows = zip(values.iter_rows(), sources.iter_rows(), strict=True)
    for number, (row, formulas) in enumerate(rows, start=1):
        cells = [show_value(cell.value) for cell in row]
        width = max(len(cells), len(sheet.header))
        sheet.take(number, cells + [""] * (width - len(cells)))
        shown = zip(row, formulas, strict=True) if number not in sheet.examples else ()
        for place, (cell, source) in enumerate(shown):
            column = sheet.header[place] if place < len(sheet.header) else ""
            _check_result(sheet, number, column, cell, source)
        empty = 0 if any(cells) else empty + 1
        if empty >= _MAX_EMPTY_ROWS:
            break
    sheet.close()


def _check_result(sheet: Sheet, number: int, column: str, cell: Any, source: Any) -> None:
    """Report a formula without a stored result, and a result that is an error."""
    if cell.value is None and source.data_type == "f":
        sheet.fault(
            "cell-formula",
            f"Cell {source.coordinate} holds a formula whose result is not stored. Open the "
            "workbook, let it compute, and save it; or write the value.",
            value=str(getattr(source.value, "text", source.value)),
            row=number,
            column=column,
        )
    elif cell.data_type == "e":
        sheet.fault(
            "cell-formula",
            f"Cell {source.coordinate} holds an error instead of a value. Write the value.",
            value=str(cell.value),
            row=number,
            column=column,
        )


def show_value(value: object) -> str:
    """Return what a person would have typed into a CSV cell for the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)
