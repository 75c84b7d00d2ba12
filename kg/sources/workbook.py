"""Workbooks: the sheets of an XLSX file that are named like a table.

Files may come from anybody: an archive that unpacks to far too much is not unpacked, and whatever
the parser stumbles over becomes a fault.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from kg.errors import nearest, shorten
from kg.sources.container import find_danger
from kg.sources.sheet import MAX_COLUMNS, Sheet

__all__ = ["FAULTS_NAME", "GUIDES", "find_fault_sheets", "read_workbook", "show_value"]

GUIDES = ("Start here", "Lists")
"""Titles of the sheets that a workbook of ours holds for those who fill it in; never read."""

FAULTS_NAME = "kg_faults"
"""Defined name that leads to the sheet in which `kg check --annotate` lists faults."""

_MAX_UNPACKED, _MAX_STRINGS = 1 << 27, 1_000_000
_MAX_EMPTY_ROWS, _MAX_BELOW, _LAST_ROW = 1_000, 20_000, 1 << 20
_MAX_ROW_CELLS, _BIG = 1 << 14, 1 << 20
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.S)
_ROW_OR_CELL = re.compile(rb"<(?:[\w.-]+:)?(row|c)[\s/>]")


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
        problem, seen = _find_problem(data)
        if problem:
            broken.fault("table-unreadable", f"{problem} Save it again as .xlsx, or as CSV.",
                         value=seen)  # fmt: skip
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


def _find_problem(data: bytes) -> tuple[str, str]:
    """Return why the workbook is not to be parsed and what was seen, or two ""."""
    with ZipFile(io.BytesIO(data)) as archive:
        problem, seen = find_danger(archive.infolist(), _MAX_UNPACKED)
        if problem:
            return problem, seen
        for name in archive.namelist():
            if not name.endswith(".svg"):  # any part may be called a sheet; pictures have a DOCTYPE
                problem = _find_excess(name, archive.read(name))
                if problem:
                    return problem, name
    return "", ""


def _find_excess(name: str, part: bytes) -> str:
    """Return why a part of a workbook is not to be parsed, or ""."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return "A part of the workbook is not UTF-8."
    if _DOCTYPE.match(part):
        return "A part of the workbook has a DOCTYPE, which no spreadsheet writes."
    if name == "xl/sharedStrings.xml" and part.count(b"<si") > _MAX_STRINGS:
        return f"The workbook holds more than {_MAX_STRINGS} texts."
    cells = 0
    for found in _ROW_OR_CELL.finditer(part) if len(part) > _BIG else ():
        cells = cells + 1 if found[1] == b"c" else 0
        if cells > _MAX_ROW_CELLS:
            return f"A row of the workbook has more than {_MAX_ROW_CELLS} cells."
    return ""


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
    rows = enumerate(zip(values.iter_rows(), sources.iter_rows(), strict=True), start=1)
    for number, (row, formulas) in rows:
        row, formulas = _cut(row, formulas)
        cells = [show_value(cell.value) for cell in row]
        width = max(len(cells), len(sheet.header))
        if not sheet.take(number, cells + [""] * (width - len(cells))):
            return
        shown = zip(row, formulas, strict=True) if number not in sheet.examples else ()
        for place, (cell, source) in enumerate(shown):
            column = sheet.header[place] if place < len(sheet.header) else ""
            _check_result(sheet, number, column, cell, source)
        empty = 0 if any(cells) else empty + 1
        if empty >= _MAX_EMPTY_ROWS:
            _report_below(sheet, rows)
            break
    sheet.close()


def _cut(row: Any, formulas: Any) -> tuple[Any, Any]:
    """Return a row without the cells to the right of a table that have a format and no value."""
    far = (*row[MAX_COLUMNS:], *formulas[MAX_COLUMNS:])
    if far and all(cell.value is None for cell in far):
        return row[:MAX_COLUMNS], formulas[:MAX_COLUMNS]
    return row, formulas


def _report_below(sheet: Sheet, rows: Iterator[tuple[int, Any]]) -> None:
    """Report the first value that stands below so many empty rows that it is not read."""
    formatted = 0
    for number, (row, _) in rows:
        formatted += bool(row)
        if number > _LAST_ROW or formatted > _MAX_BELOW:
            return
        if any(show_value(cell.value).strip() for cell in row):
            sheet.fault(
                "table-unreadable",
                f"A value stands below more than {_MAX_EMPTY_ROWS} empty rows and was not read. "
                "Move it up, or delete it.",
                row=number,
            )
            return


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
