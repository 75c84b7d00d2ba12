"""Types the tables of docs/tutorial.md into a workbook, as a person would.

``fill.py tables FILE`` types what the page shows under "The tables that are typed", mistakes and
all; ``fill.py corrections FILE`` types the last column of its table of mistakes. The page is the
data: there is no second copy here.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook

PAGE = Path(__file__).resolve().parents[3] / "docs" / "tutorial.md"
FIRST = 3  # row 1 holds the headers, row 2 the example


class Mistake(NamedTuple):
    """A cell that is wrong on purpose, and what is typed instead; row 1 is a header."""

    sheet: str
    row: int
    column: str
    typed: str
    message: str
    instead: str


def read_tables(page: str) -> dict[str, list[dict[str, str]]]:
    """Return sheet → its rows, header → what is typed, empty cells left out."""
    part = _part(page, "The tables that are typed")
    tables = {}
    for title, text in re.findall(r"^### (\S+)\n(.*?)(?=^### |\Z)", part, re.S | re.M):
        header, *rows = _rows(text)
        tables[title] = [{h: c for h, c in zip(header, r, strict=True) if c} for r in rows]
    return tables


def read_mistakes(page: str) -> list[Mistake]:
    """Return the table of mistakes."""
    _, *rows = _rows(_part(page, "The ten mistakes"))
    return [Mistake(sheet, int(row), *rest) for sheet, row, *rest in rows]


def type_tables(book: Any, page: str) -> None:
    """Type all tables, each under the headers of its sheet."""
    over = {(m.sheet, m.typed): m.instead for m in read_mistakes(page) if m.row == 1}
    for title, rows in read_tables(page).items():
        sheet = book[title]
        for header in sorted({header for row in rows for header in row}):
            place = _place(sheet, over.get((title, header), header))
            sheet.cell(1, place).value = header
            for number, row in enumerate(rows, start=FIRST):
                if header in row:
                    sheet.cell(number, place).value = _value(row[header])


def type_correction(book: Any, mistake: Mistake) -> None:
    """Type what is right over a mistake; where it is right already, the same again."""
    sheet = book[mistake.sheet]
    wrong = mistake.row == 1 and mistake.typed in [cell.value for cell in sheet[1]]
    header = mistake.typed if wrong else mistake.instead if mistake.row == 1 else mistake.column
    place = _place(sheet, header)
    sheet.cell(mistake.row, place).value = _value(mistake.instead)


def _part(page: str, title: str) -> str:
    return re.split(rf"^## {title}\n", page, flags=re.M)[1].split("\n## ")[0]


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a table; what stands between backticks is typed as it stands."""
    for line in text.splitlines():
        if line.startswith("|") and not line.startswith("| ---"):
            cells = (cell.strip() for cell in line.strip("|").split("|"))
            yield [_cell(cell) for cell in cells]


def _cell(text: str) -> str:
    if text.startswith("`") and text.endswith("`"):
        return text[1:-1]
    return "" if text == "*nothing*" else text


def _place(sheet: Any, header: str) -> int:
    return [cell.value for cell in sheet[1]].index(header) + 1


def _value(text: str) -> str | int:
    """Return what a spreadsheet makes of it: a whole number is a number."""
    return int(text) if re.fullmatch(r"[1-9]\d*", text) else text


def main(what: str, file: str) -> None:
    """Fill a workbook in place."""
    page = PAGE.read_text(encoding="utf-8")
    book = load_workbook(file)
    if what == "tables":
        type_tables(book, page)
    else:
        for mistake in read_mistakes(page):
            type_correction(book, mistake)
    book.save(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
