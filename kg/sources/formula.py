"""Formulas: which of them a change of cells can't touch, so that their stored results still hold.

Nothing is computed here. A formula is followed only where it names its cells outright and uses
functions that read no others; any other formula may read anything. Layer: sources.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["find_untouched"]

_MAX_FORMULAS = 10_000  # each is compared with every changed cell, round after round
_AREA = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^'\[\]:]|'')+)'|(?P<bare>[^'\[\]:!]+))!)?"
    r"(?:(?P<cells>\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
    r"|(?P<lines>\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+))"
)
_ELSEWHERE = frozenset(("AVERAGEIF", "CELL", "GETPIVOTDATA", "INDIRECT", "INFO", "OFFSET", "SUMIF"))
"""Functions that read cells that stand nowhere in the formula, or more than stand there."""

_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14


@dataclass(frozen=True)
class _Area:
    """Cells that a formula reads; rows and columns count from 1."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int

    def holds(self, cells: Mapping[str, set[tuple[int, int]]]) -> bool:
        return any(
            self.top <= row <= self.bottom and self.left <= column <= self.right
            for row, column in cells.get(self.sheet, ())
        )


def find_untouched(
    book: Any, changed: Mapping[str, set[tuple[int, int]]]
) -> frozenset[tuple[str, str]]:
    """Return (title of the sheet, cell) of the formulas that read nothing that changes.

    Args:
        book: The workbook, with its formulas.
        changed: Title of a sheet → (row, column) of its cells that change, counted from 1.
    """
    formulas = {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    if len(formulas) > _MAX_FORMULAS:
        return frozenset()
    touched = {title.casefold(): set(cells) for title, cells in changed.items()}
    open_, done = {p: _read_areas(p[0], value) for p, value in formulas.items()}, False
    while not done:
        reached = [p for p, areas in open_.items() if _reads(areas, touched)]
        for title, row, column in reached:
            touched.setdefault(title.casefold(), set()).add((row, column))
            del open_[title, row, column]
        done = not reached
    return frozenset((title, f"{_letters(column)}{row}") for title, row, column in open_)


def _reads(areas: list[_Area] | None, cells: Mapping[str, set[tuple[int, int]]]) -> bool:
    return areas is None or any(area.holds(cells) for area in areas)


def _read_areas(title: str, formula: object) -> list[_Area] | None:
    """Return the cells that a formula names, or None if it may read others."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.utils import FORMULAE

    if not isinstance(formula, str):  # an array formula or a data table: it fills more than a cell
        return None
    try:
        tokens = Tokenizer(formula).items
    except (TokenizerError, IndexError):  # it raises either where brackets don't match
        return None
    areas = []
    for token in tokens:
        if token.type == "FUNC" and token.subtype == "OPEN":
            name = token.value.removesuffix("(").upper()
            if name not in FORMULAE or name in _ELSEWHERE:
                return None
        elif token.type == "OPERAND" and token.subtype == "RANGE":
            found = _AREA.fullmatch(token.value)
            area = _build_area(title, found) if found else None
            if area is None or area.right > _LAST_COLUMN:  # a name such as TAX2026
                return None
            areas.append(area)
    return areas


def _build_area(title: str, found: re.Match[str]) -> _Area:
    from openpyxl.utils.cell import range_boundaries

    name = (found["quoted"] or "").replace("''", "'") or found["bare"] or title
    left, top, right, bottom = range_boundaries(found["cells"] or found["lines"])
    columns, rows = (
        sorted((left or 1, right or _LAST_COLUMN)),
        sorted((top or 1, bottom or _LAST_ROW)),
    )
    return _Area(name.casefold(), columns[0], rows[0], columns[1], rows[1])


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
