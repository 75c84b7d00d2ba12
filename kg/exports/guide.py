"""How a workbook of tables looks and explains itself: first sheet, headers, notes.

`kg.exports`. The order of the sheets is the order in which a synthesis is entered; it is written
down here for readers, and a table that it lacks comes after the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.schema import Column, Schema, Table
from kg.sources.sheet import EXAMPLE
from kg.sources.workbook import GUIDES
from kg.terms import NOT_KNOWN, XSD

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "FIRST",
    "ORDER",
    "describe_column",
    "draw_header",
    "draw_start",
    "find_owners",
    "make_styles",
    "order_tables",
]

ORDER = (
    "reviews", "people", "stances", "criteria", "searches",
    "authors", "reports", "pages", "studies", "eligibility", "appraisals",
    "settings", "setting-kinds", "populations", "conditions",
    "concepts", "senses", "theories", "uses",
    "findings", "quotations", "bearings",
    "constructs", "study-relations", "translations", "lines-of-argument",
    "statements", "elements", "mechanisms", "outcomes", "configurations",
    "preconditions", "requires", "review-findings", "confidence", "components",
    "targets", "decisions", "memos", "egos", "alters", "ties",
)  # fmt: skip
"""The tables in the order in which a synthesis is entered."""

FIRST = (
    ("people", "who reads and judges: every judgement is somebody's"),
    ("reviews", 'the synthesis itself, of the kind "this synthesis", with its question'),
    ("concepts", "what the synthesis is about; senses, if the word has several meanings"),
    ("reports", "what can be read: articles, chapters, theses"),
    ("populations", "who took part; conditions, if what they live with matters"),
    ("settings", "where it took place; setting-kinds, if the shipped kinds don't fit"),
    ("studies", "what was done, each with its reports, settings and populations"),
    ("findings", "what a study found, quoted or said to be a paraphrase"),
    ("bearings", "what a finding means for a concept: carrying reads these rows only"),
    ("targets", "where a concept is to be carried: an example of its setting and its people"),
)
"""The tables that a first claim needs, in order, and what goes in."""

_WIDTHS = {"id": 26, XSD + "integer": 10, XSD + "boolean": 12, XSD + "dateTime": 14}
_HEAD = "1F3864"
_NEEDED, _OPTIONAL, _GREY = "F8CBAD", "DDEBF7", "7F7F7F"


def order_tables(tables: Mapping[str, Table]) -> list[Table]:
    """Return the tables in the order in which a synthesis is entered."""
    named = [tables[name] for name in ORDER if name in tables]
    return named + [tables[name] for name in sorted(tables) if name not in ORDER]


def make_styles() -> list[NamedStyle]:
    """Return the styles of headers, of examples, and of the first sheet."""
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

    def fill(colour: str) -> PatternFill:
        return PatternFill("solid", fgColor=colour)

    centred, wrapped = Alignment(vertical="center"), Alignment(wrap_text=True, vertical="top")
    return [
        NamedStyle("kg required", font=Font(bold=True), fill=fill(_NEEDED), alignment=centred),
        NamedStyle("kg optional", fill=fill(_OPTIONAL), alignment=centred),
        NamedStyle("kg example", font=Font(italic=True, color=_GREY), number_format="@"),
        NamedStyle("kg title", font=Font(bold=True, size=16, color=_HEAD)),
        NamedStyle("kg text", alignment=wrapped),
        NamedStyle("kg link", font=Font(underline="single", color="0563C1")),
    ]


def find_owners(column: Column, schema: Schema) -> list[Table]:
    """Return the tables whose ids a column takes, sorted by name; empty for other columns."""
    wanted, above = column.refers_to, schema.superclasses
    return [
        t
        for t in schema.tables.values()
        if wanted and (wanted in above.get(t.cls, ()) or t.cls in above.get(wanted, ()))
    ]


def describe_column(column: Column, schema: Schema) -> str:
    """Return the help of a column: what it means, what goes in, whether every row needs it."""
    return "\n".join([column.help, _say_values(column, schema), *_say_rest(column)])


def _say_values(column: Column, schema: Schema) -> str:
    if column.labels:
        return "One of: " + "; ".join(column.labels)
    if owners := find_owners(column, schema):
        names = ", ".join(t.name for t in owners)
        shipped = " (or of a shipped concept)" if schema.topic(column) else ""
        return (
            "The id of a row of any sheet."
            if len(owners) == len(schema.tables)
            else f"The id of a row of {names}{shipped}."
        )
    kinds = {
        "anyURI": "An address, as https://example.org/page.",
        "boolean": "true or false.",
        "dateTime": "A day, as 2026-05-01, or a moment, as 2026-05-01T09:30:00Z.",
        "integer": "A whole number.",
    }
    return kinds.get(column.datatype.removeprefix(XSD), "Text.")


def _say_rest(column: Column) -> Iterable[str]:
    if column.separator:
        yield f"Several are allowed, with {column.separator} between them."
    if column.required:
        yield "* Every row needs it."
    elif column.labels or column.refers_to or column.datatype:
        yield "Leave it empty, or write why it is not known: " + ", ".join(NOT_KNOWN) + "."


def draw_header(sheet: Worksheet, table: Table, headers: Sequence[str], schema: Schema) -> None:
    """Write the headers of a table, with notes, widths and the first row frozen."""
    for place, header in enumerate(headers, start=1):
        column = table.find(header)
        cell = sheet.cell(1, place, header)
        needed = header == table.id_column or bool(column and column.required)
        cell.style = "kg required" if needed else "kg optional"
        width = _WIDTHS["id"] if header == table.id_column else _width(column)
        sheet.column_dimensions[cell.column_letter].width = max(width, len(header) + 4)
        if header == table.id_column:
            _note(sheet, cell.coordinate, _ID)
        elif column:
            _note(sheet, cell.coordinate, describe_column(column, schema))
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 22


_ID = (
    "A short readable id, as teig2009, by which other sheets name this row. It never changes its "
    f"meaning.\nA row whose id begins with {EXAMPLE} is never read.\n* Every row needs it."
)


def _width(column: Column | None) -> int:
    if column is None:
        return 20
    if column.labels or column.refers_to:
        return 24
    return _WIDTHS.get(column.datatype, 40)


def _note(sheet: Worksheet, coordinate: str, text: str) -> None:
    from openpyxl.comments import Comment

    lines = sum(1 + len(line) // 44 for line in text.split("\n"))
    sheet[coordinate].comment = Comment(text, "kg", height=20 * lines + 20, width=320)


def draw_start(sheet: Worksheet, tables: Sequence[Table], examples: bool) -> None:
    """Write the first sheet: how to fill the others, and what each of them holds."""
    sheet.title = GUIDES[0]
    sheet.sheet_view.showGridLines = False
    for letter, width in (("A", 24), ("B", 26), ("C", 96)):
        sheet.column_dimensions[letter].width = width
    sheet["A1"], sheet["A1"].style = "Tables of a synthesis", "kg title"
    row = 3
    for text in _explain(examples):
        sheet.cell(row, 1, text).style = "kg text"
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
        sheet.row_dimensions[row].height = 15 * (1 + len(text) // 130)
        row += 1
    row = _draw_first(sheet, row + 1)
    for place, title in enumerate(("Sheet", "What a row is", "Why"), start=1):
        sheet.cell(row, place, title).style = "kg optional"
    for number, table in enumerate(tables, start=row + 1):
        _link(sheet, number, 1, table.name)
        sheet.cell(number, 2, table.title).style = "kg text"
        sheet.cell(number, 3, table.why).style = "kg text"


def _explain(examples: bool) -> Iterable[str]:
    yield "Each sheet is a table. Write one row for each thing, under the headers; leave row 1."
    yield (
        "A header in bold on orange marks a column that every row needs. Rest the pointer on a "
        "header to read what goes in. Where a cell has an arrow, choose from its list."
    )
    if examples:
        yield (
            f"The row in grey italics shows what a row looks like. Its id begins with {EXAMPLE} "
            "and it is never read. Delete it, or leave it."
        )
    yield (
        "Rows name one another by id: a finding names its study, a bearing its finding. Empty "
        "sheets are fine. This sheet is never read."
    )
    yield "The workbook is read where it lies in the folder tables, in place of CSV files."


def _draw_first(sheet: Worksheet, row: int) -> int:
    sheet.cell(row, 1, "Fill first").style = "kg required"
    sheet.cell(row, 2).style = sheet.cell(row, 3).style = "kg required"
    for number, (name, why) in enumerate(FIRST, start=row + 1):
        _link(sheet, number, 1, name)
        sheet.cell(number, 2, why)
    return row + len(FIRST) + 2


def _link(sheet: Worksheet, row: int, place: int, table: str) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = sheet.cell(row, place, table)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{table}'!A1", display=table)
    cell.style = "kg link"
