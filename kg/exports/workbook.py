"""The tables as a workbook: one sheet a table, with help, drop-downs and a sheet to start at.

`kg.exports`. What a column means and takes comes from the shapes. Cells are text, so that an id 007
or a text that begins with = stays what it is; only whole numbers and days become what a spreadsheet
can sort. The same bytes twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.exports.guide import (
    draw_header,
    draw_start,
    find_owners,
    make_styles,
    order_tables,
)
from kg.schema import KIND_PATHS, Column, Schema, Table
from kg.sources.archive import save_book
from kg.sources.sheet import EXAMPLE
from kg.sources.workbook import GUIDES
from kg.terms import NOT_KNOWN, XSD

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_workbook"]

Rows = Mapping[int, Mapping[str, str]]

_ROWS = 2_000
_MAX_ROW = 1_048_576
_MAX_TEXT = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}")
_DAY = re.compile(r"(?:19[1-9]\d|[2-9]\d{3})-\d\d-\d\d")
_FORMATS = {XSD + "integer": "0", XSD + "dateTime": "yyyy-mm-dd"}


@dataclass
class _Book:
    """A workbook in the making.

    Attributes:
        schema: Tables, with the kinds of settings that the workspace adds.
        book: The workbook.
        headers: Table → its headers, from left to right.
        first: Table → first row under the example.
        last: Table → last row that drop-downs reach.
        lists: Values of a drop-down → its cells on the sheet of lists.
    """

    schema: Schema
    book: Any
    headers: dict[str, list[str]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)


def write_workbook(
    schema: Schema,
    tables: Mapping[str, Rows] | None = None,
    examples: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """Return a workbook with a sheet for each table, which can be read as the tables themselves.

    Args:
        schema: Tables, with the kinds of settings that the workspace adds.
        tables: Table → record number → header → cell; each row keeps its number.
        examples: Table → header → cell of a row that shows what a row looks like; it is put under
            the header of a table without rows and never read.

    Raises:
        UsageError: A cell holds what no workbook can hold.
    """
    from openpyxl import Workbook

    tables, examples = tables or {}, examples or {}
    made = _Book(schema, Workbook())
    for style in make_styles():
        made.book.add_named_style(style)
    order = order_tables(schema.tables)
    for table in order:
        rows = tables.get(table.name, {})
        more = (header for row in rows.values() for header in row)
        made.headers[table.name] = list(dict.fromkeys([*table.header, *more]))
        made.first[table.name] = 2 if rows or table.name not in examples else 3
        made.last[table.name] = max(_ROWS, max(rows, default=0) + 1_000)
    draw_start(made.book.active, order, bool(examples))
    for table in order:
        sheet = made.book.create_sheet(table.name)
        _fill(made, sheet, table, tables.get(table.name, {}))
        if made.first[table.name] > 2:
            _show_example(made, sheet, table, examples[table.name])
    _write_lists(made)
    made.book.properties.creator = "kg"
    made.book.properties.created = datetime(1980, 1, 1)
    return save_book(made.book)


def _fill(made: _Book, sheet: Worksheet, table: Table, rows: Rows) -> None:
    """Write header, formats, drop-downs and rows of a sheet."""
    from openpyxl.utils import get_column_letter

    headers = made.headers[table.name]
    draw_header(sheet, table, headers, made.schema)
    for place, header in enumerate(headers, start=1):
        column = table.find(header)
        letter = get_column_letter(place)
        form = _FORMATS.get(column.datatype, "@") if column else "@"
        sheet.column_dimensions[letter].number_format = form
        if column:
            _offer(made, sheet, column, f"{letter}2:{letter}{made.last[table.name]}")
    places = {header: place for place, header in enumerate(headers, start=1)}
    for number, row in rows.items():
        for header, text in row.items():
            column = table.find(header)
            where = f'{table.name}, row {number}, column "{header}"'
            _write(sheet, number, places[header], text, column.datatype if column else "", where)


def _write(sheet: Worksheet, number: int, place: int, text: str, datatype: str, where: str) -> None:
    problem = _find_problem(number, text)
    if problem:
        raise UsageError(f"{where}: {problem} No workbook can hold it. Keep the table as CSV.")
    cell: Cell = sheet.cell(number, place)  # type: ignore[assignment]
    cell.number_format = "@"
    if datatype == XSD + "integer" and _NUMBER.fullmatch(text):
        cell.value, cell.number_format = int(text), _FORMATS[datatype]
    elif datatype == XSD + "dateTime" and (day := _find_day(text)):
        cell.value, cell.number_format = day, _FORMATS[datatype]
    else:
        cell.value = text
        cell.data_type = "s"  # text, never a formula or an error


def _find_problem(number: int, text: str) -> str:
    """Return what in a cell no workbook can hold, or ""."""
    if number > _MAX_ROW:
        return f"There are more than {_MAX_ROW:,} rows."
    if len(text.encode("utf-16-le")) // 2 > _MAX_TEXT:
        return f"The text is longer than {_MAX_TEXT:,} characters."
    found = _CONTROL.search(text)
    return f"The text holds the control character U+{ord(found[0]):04X}." if found else ""


def _find_day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _show_example(made: _Book, sheet: Worksheet, table: Table, row: Mapping[str, str]) -> None:
    """Write the row that shows what a row looks like; its id says that it is not read."""
    for place, header in enumerate(made.headers[table.name], start=1):
        text = row.get(header, "")
        if header == table.id_column:
            text = f"{EXAMPLE} {text}"
        _write(sheet, 2, place, text, "", f'{table.name}, example, column "{header}"')
        sheet.cell(2, place).style = "kg example"


def _offer(made: _Book, sheet: Worksheet, column: Column, cells: str) -> None:
    """Give a column its drop-down; one that takes several values has none, its note says how."""
    from openpyxl.worksheet.datavalidation import DataValidation

    labels = column.labels or (("true", "false") if column.datatype == XSD + "boolean" else ())
    owners = find_owners(column, made.schema)
    if column.separator or not (labels or len(owners) == 1):
        return
    if labels:
        source = _list(made, labels if column.required else (*labels, *NOT_KNOWN))
        what = "one of the list"
    else:
        source = _ids(made, owners[0])
        what = f"the id of a row of the sheet {owners[0].name}"
    rule = DataValidation(type="list", formula1=source, allow_blank=True, sqref=cells)
    # What may be right all the same is not forbidden: an id whose row comes later, or an own kind.
    rule.errorStyle = "stop" if labels else "warning"
    rule.showErrorMessage = column.path not in KIND_PATHS or column.required
    rule.errorTitle = column.name[:32]
    rule.error = f"Write {what}."[:255]
    sheet.add_data_validation(rule)


def _list(made: _Book, values: tuple[str, ...]) -> str:
    """Return the cells of a list on the sheet of lists."""
    from openpyxl.utils import get_column_letter

    if values not in made.lists:
        letter = get_column_letter(len(made.lists) + 1)
        made.lists[values] = f"{GUIDES[1]}!${letter}$1:${letter}${len(values)}"
    return made.lists[values]


def _ids(made: _Book, table: Table) -> str:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(made.headers[table.name].index(table.id_column) + 1)
    first, last = made.first[table.name], made.last[table.name]
    return f"'{table.name}'!${letter}${first}:${letter}${last}"


def _write_lists(made: _Book) -> None:
    sheet = made.book.create_sheet(GUIDES[1])
    sheet.sheet_state = "hidden"
    for place, values in enumerate(made.lists, start=1):
        for number, value in enumerate(values, start=1):
            sheet.cell(number, place, value)
