"""The sheet "Faults": all that was found in a workbook, with a link to each cell.

A defined name leads to it, so that it is passed over when the workbook is read as tables, and
taken away when the workbook is annotated again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import fromstring

from kg.errors import Fault
from kg.sources import FAULTS_NAME, find_fault_sheets

__all__ = [
    "COLOURS",
    "CONTROL",
    "MAX_TEXT",
    "Place",
    "read_fills",
    "write_fault_sheet",
    "write_text_cell",
]

COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
"""Severity → colour of the cell."""

MAX_TEXT = 32_767
"""Characters that a cell can hold."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that no sheet can hold."""

_TITLE = "Faults"
_COLUMNS = (
    ("table", 16), ("row", 7), ("column", 18), ("cell", 9), ("severity", 10), ("rule", 24),
    ("what was seen", 30), ("message", 70), ("did you mean", 24), ("fill before", 0),
)  # fmt: skip
_MAX_LISTED = 100_000
_LINE, _MAX_LINES = 15, 27  # points; no row may be higher than 409


class Place(NamedTuple):
    """Where a fault is marked: sheet, row and column, counted from 1."""

    sheet: str
    row: int
    column: int


def write_text_cell(cell: Any, text: str) -> None:
    """Write text that stays text, also where it begins as a formula does."""
    cell.value = CONTROL.sub("\ufffd", text)[:MAX_TEXT]
    cell.data_type = "s"
    cell.number_format = "@"


def write_fault_sheet(
    book: Any, located: Sequence[tuple[Fault, Place | None]], before: Mapping[Place, str]
) -> None:
    """Add the sheet as the first one, and open the workbook there.

    Args:
        book: The workbook.
        located: Each fault with the cell that is marked for it, if there is one.
        before: Cell → the fill that it had, as XML.
    """
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    sheet = book.create_sheet(_free_title(book), 0)
    where = f"{quote_sheetname(sheet.title)}!$A$1"
    book.defined_names[FAULTS_NAME] = DefinedName(FAULTS_NAME, attr_text=where)
    _write_header(sheet)
    for row, (fault, place) in enumerate(located[:_MAX_LISTED], start=2):
        _write_row(sheet, row, fault, place, before)
    if not located:
        sheet.cell(2, 8, "Nothing was found.")
    elif len(located) > _MAX_LISTED:
        sheet.cell(_MAX_LISTED + 2, 8, f"{len(located) - _MAX_LISTED} more are not listed.")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # one page wide when printed
    last = get_column_letter(len(_COLUMNS) - 1)
    sheet.auto_filter.ref = f"A1:{last}{max(2, min(len(located), _MAX_LISTED) + 1)}"
    book.active = 0
    for page in book.worksheets:  # sheets that are selected together are typed into together
        page.sheet_view.tabSelected = page is sheet
    for chart in book.chartsheets:
        for view in chart.sheetViews.sheetView:
            view.tabSelected = False


def _write_header(sheet: Any) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for place, (name, width) in enumerate(_COLUMNS, start=1):
        sheet.cell(1, place, name).font = Font(bold=True)
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width, dimension.hidden = width or 12, not width


def _write_row(
    sheet: Any, row: int, fault: Fault, place: Place | None, before: Mapping[Place, str]
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import quote_sheetname
    from openpyxl.worksheet.hyperlink import Hyperlink

    texts = list(_texts(fault, place, before))
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        write_text_cell(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.row_dimensions[row].height = _LINE * min(_count_lines(texts), _MAX_LINES)
    number = sheet.cell(row, 2)
    number.value, number.number_format = fault.row or None, "0"
    colour = COLOURS.get(fault.severity, COLOURS["info"])
    sheet.cell(row, 5).fill = PatternFill("solid", fgColor=colour)
    if place:
        link = sheet.cell(row, 4)
        target = f"{quote_sheetname(place.sheet)}!{link.value}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=target)
        link.font = Font(color="FF0563C1", underline="single")


def _count_lines(texts: Sequence[str]) -> int:
    """Return how many lines the row takes; left to themselves, some programs let texts overlap."""
    lines = 1
    for text, (_, width) in zip(texts, _COLUMNS, strict=True):
        if width:
            lines = max(lines, sum(1 + len(part) // (width - 1) for part in text.split("\n")))
    return lines


def _texts(fault: Fault, place: Place | None, before: Mapping[Place, str]) -> Iterator[str]:
    from openpyxl.utils import get_column_letter

    yield from (fault.table, "", fault.column)
    yield f"{get_column_letter(place.column)}{place.row}" if place else ""
    yield from (fault.severity, fault.rule, fault.value, fault.message, fault.fix)
    yield before.get(place, "") if place else ""


def _free_title(book: Any) -> str:
    """Return the title of the list, with a number if the user has such a sheet."""
    taken = {t.lower() for t in book.sheetnames}
    names = (_TITLE if n == 1 else f"{_TITLE} {n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name.lower() not in taken)


def read_fills(book: Any) -> dict[tuple[str, str], Any]:
    """Return sheet and cell → the fill that it had before it was coloured."""
    from openpyxl.styles.fills import Fill

    read: Any = Fill.from_tree
    found = {}
    for title in find_fault_sheets(book) & set(book.sheetnames):
        for row in book[title].iter_rows(min_row=2, max_col=len(_COLUMNS)):
            link, fill = row[3].hyperlink, str(row[-1].value or "")
            if link and link.location and fill.startswith("<"):
                sheet, _, cell = link.location.rpartition("!")
                name = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
                found[name, cell] = read(fromstring(fill))
    return found
