"""Annotate: a user's own workbook with what was found in it, in the cells that it is about.

Layer: exports. A person corrects a table where it was typed, so faults go there: a colour, a note,
and a first sheet that lists them all. Everything of ours can be recognised, and is taken away when
the workbook is annotated again.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from xml.etree.ElementTree import tostring

from kg.errors import Fault, shorten
from kg.exports.fault_sheet import (
    COLOURS,
    CONTROL,
    MAX_TEXT,
    Place,
    read_fills,
    write_fault_sheet,
    write_text_cell,
)
from kg.schema import Schema
from kg.sources import FAULTS_NAME, Sheet, find_fault_sheets, open_book, save_book
from kg.sources.workbook import GUIDES

__all__ = ["annotate_tables", "annotate_workbook", "find_cuts", "is_annotated", "list_faults"]

_AUTHOR = "kg check"
_MARK = f"{_AUTHOR}: "
_MAX_ROW = 1_048_576
_MAX_NOTE = 5_000


def annotate_workbook(
    data: bytes,
    sheets: Iterable[Sheet],
    faults: Iterable[Fault],
    schema: Schema,
    unsure: Collection[str] = (),
) -> bytes:
    """Return a workbook with its faults marked.

    Args:
        data: The workbook.
        sheets: The tables that were read from it.
        faults: What was found; what lies in no cell of it is listed without a link.
        schema: The tables that there are.
        unsure: Tables that are given more than once, so that their name leads to no one sheet.

    Raises:
        UsageError: The workbook unfolds to more than can be held.

    Caution:
        What openpyxl doesn't know is lost: see :func:`kg.sources.find_lost_parts`. Notes lose the
        size of their box and the format of their text.
    """
    book = open_book(data)
    _clear(book)
    titles = [s.title for s in book.worksheets if s.title not in GUIDES]
    spots = _find_spots(sheets, titles, schema, unsure)
    _mark(book, spots, list(faults))
    return save_book(book, data, results=True)


def annotate_tables(
    sheets: Iterable[Sheet],
    faults: Iterable[Fault],
    schema: Schema,
    unsure: Collection[str] = (),
) -> bytes:
    """Return a new workbook with one sheet for each CSV table, all cells text, faults marked.

    Caution:
        :func:`find_cuts` says what a sheet can't hold.
    """
    book = _new_book()
    pages: dict[str, Sheet] = {}
    for sheet in sheets:
        if sheet.table in schema.tables and sheet.header:
            pages.setdefault(sheet.table, sheet)
    for title, sheet in pages.items():
        _fill_page(book.create_sheet(title), sheet)
    _mark(book, _find_spots(pages.values(), list(pages), schema, unsure), list(faults))
    return save_book(book)


def list_faults(faults: Iterable[Fault]) -> bytes:
    """Return a workbook that only lists faults, for where no table can be shown."""
    book = _new_book()
    _mark(book, {}, list(faults))
    return save_book(book)


def find_cuts(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """Return a phrase for each kind of text in CSV tables that no sheet can hold as it is."""
    cells = [(row, text) for s in sheets for row, texts in s.rows for text in texts if text]
    counts = (
        (sum(len(text) > MAX_TEXT for _, text in cells), f"cut to {MAX_TEXT} characters"),
        (sum(bool(CONTROL.search(text)) for _, text in cells), "shown without control characters"),
        (sum(row > _MAX_ROW for row, _ in cells), "left out below the last row of a sheet"),
    )
    return tuple(f"{number} cells {what}" for number, what in counts if number)


def is_annotated(data: bytes) -> bool:
    """Return whether a file is a workbook as it was annotated, saved by nobody since."""
    from openpyxl import load_workbook

    try:
        book: Any = load_workbook(io.BytesIO(data), read_only=True)
        found = find_fault_sheets(book)
    except Exception:  # no workbook: openpyxl and zipfile raise all kinds
        return False
    saved = book.properties
    return bool(found) and saved.lastModifiedBy == _AUTHOR and saved.modified.year == 1980


def _new_book() -> Any:
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    book.properties.creator = _AUTHOR
    book.properties.created = datetime(1980, 1, 1)
    return book


def _fill_page(page: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for row, cells in [(1, sheet.header), *sheet.rows]:
        for place, text in enumerate(cells, start=1):
            if text and row <= _MAX_ROW:
                write_text_cell(page.cell(row, place), text)
    for place in range(1, len(sheet.header) + 1):
        page.column_dimensions[get_column_letter(place)].width = 22


class _Spot(NamedTuple):
    """A table in the workbook: title of the sheet, headers in lower case, place of the id."""

    title: str
    header: list[str]
    id_place: int


def _find_spots(
    sheets: Iterable[Sheet], titles: list[str], schema: Schema, unsure: Collection[str]
) -> dict[str, _Spot]:
    """Return name of a table, and of its file, → where it is."""
    spots = {}
    for sheet in sheets:
        named = [t for t in titles if t.strip().lower() == sheet.table] or titles[:1]
        table = schema.tables.get(sheet.table)
        if table is None or not named:
            continue
        header = [" ".join(h.split()).lower() for h in sheet.header]
        place = header.index(table.id_column) if table.id_column in header else 0
        spots[sheet.file] = _Spot(named[0], header, place + 1)
        if sheet.table not in unsure:
            spots[sheet.table] = spots[sheet.file]
    return spots


def _locate(fault: Fault, spots: dict[str, _Spot]) -> Place | None:
    """Return the cell that a fault is about, that of the id for a whole row, None for a table."""
    spot = spots.get(fault.table)
    if spot is None or not 1 <= fault.row <= _MAX_ROW:
        return None
    column = " ".join(fault.column.split()).lower()
    number = spot.header.index(column) + 1 if column in spot.header else spot.id_place
    return Place(spot.title, fault.row, number)


def _mark(book: Any, spots: dict[str, _Spot], faults: Sequence[Fault]) -> None:
    from openpyxl.styles import PatternFill

    located = [(fault, _find_anchor(book, _locate(fault, spots))) for fault in faults]
    marked: defaultdict[Place, list[Fault]] = defaultdict(list)
    for fault, place in located:
        if place:
            marked[place].append(fault)
    before = {}
    for place, here in sorted(marked.items()):
        cell = book[place.sheet].cell(place.row, place.column)
        if cell.fill.fill_type:
            before[place] = tostring(cell.fill.to_tree(), encoding="unicode")
        worst = next((s for s in COLOURS if s in {f.severity for f in here}), "info")
        cell.fill = PatternFill("solid", fgColor=COLOURS[worst])
        _add_note(cell, here)
    write_fault_sheet(book, located, before)
    book.properties.lastModifiedBy = _AUTHOR


def _find_anchor(book: Any, place: Place | None) -> Place | None:
    """Return the place, or the first cell of the merged range in which it lies."""
    if place is None:
        return None
    for span in book[place.sheet].merged_cells.ranges:
        left, top, right, bottom = span.bounds
        if top <= place.row <= bottom and left <= place.column <= right:
            return Place(place.sheet, top, left)
    return place


def _add_note(cell: Any, faults: Iterable[Fault]) -> None:
    from openpyxl.comments import Comment

    lines = []
    for fault in faults:
        seen = f' Seen: "{shorten(fault.value, 60)}".' if fault.value else ""
        fix = f' Did you mean "{shorten(fault.fix, 60)}"?' if fault.fix else ""
        lines.append(f"{_MARK}{fault.severity}: {shorten(fault.message, 600)}{seen}{fix}")
    text = CONTROL.sub("\ufffd", "\n".join(lines))
    if len(text) > _MAX_NOTE:
        text = f"{text[:_MAX_NOTE]} … The first sheet lists them all."
    own = cell.comment
    if own is not None:
        text = f"{own.text}\n{text}"
    height = 24 + 18 * sum(1 + len(line) // 55 for line in text.split("\n"))
    author = own.author if own is not None else _AUTHOR
    cell.comment = Comment(text, author, height=min(height, 600), width=400)


def _clear(book: Any) -> None:
    """Take away what an earlier annotation left; fills become again what they were."""
    from openpyxl.styles import PatternFill

    before = read_fills(book)
    for title in find_fault_sheets(book) & set(book.sheetnames):
        if len(book.sheetnames) > 1:
            book.remove(book[title])
    book.defined_names.pop(FAULTS_NAME, None)
    cells = (c for s in book.worksheets for row in s.iter_rows() for c in row if c.comment)
    for cell in cells:
        if _MARK not in cell.comment.text:
            continue
        _remove_lines(cell)
        if cell.fill.fgColor.rgb in COLOURS.values():
            cell.fill = before.get((cell.parent.title, cell.coordinate)) or PatternFill()


def _remove_lines(cell: Any) -> None:
    from openpyxl.comments import Comment

    own = cell.comment
    kept = [line for line in own.text.split("\n") if not line.startswith(_MARK)]
    text = "\n".join(kept)
    cell.comment = Comment(text, own.author) if text.strip() else None
