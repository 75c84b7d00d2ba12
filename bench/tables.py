"""Tables that are written row by row, none of them ever held in memory.

The headers are those of the shapes (``kg.schema``); a column that no shape has is an error here,
so that the generator can't drift away from the tables.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kg.schema import load_schema

if TYPE_CHECKING:
    from _csv import Writer

__all__ = ["Tables", "write_list"]

_BUFFER = 1 << 18


class _Sheet:
    """One table: where its columns are, and how many records it has."""

    def __init__(self, folder: Path, name: str, header: tuple[str, ...]) -> None:
        self.places = {column: place for place, column in enumerate(header)}
        self.blank = [""] * len(header)
        self.records = 1
        self.file: TextIO = (folder / f"{name}.csv").open(
            "w", encoding="utf-8", newline="", buffering=_BUFFER
        )
        self.writer: Writer = csv.writer(self.file, lineterminator="\n")
        self.writer.writerow(header)


class Tables:
    """The tables of one workspace; a file is made when its first row is."""

    def __init__(self, folder: Path) -> None:
        """Make the folder of the tables."""
        self._folder = folder / "tables"
        self._folder.mkdir(parents=True)
        self._headers = {t.name: t.header for t in load_schema().tables.values()}
        self._sheets: dict[str, _Sheet] = {}

    def add(self, table: str, row: str, cells: Mapping[str, str], *more: str) -> int:
        """Write one row, and return its record number (header = 1).

        Args:
            table: Name of the table.
            row: Id of the row.
            cells: Header → cell; headers that are not named stay empty.
            more: Cells beyond the last header, for a row that is to be ragged.

        Raises:
            KeyError: There is no such table or column.
        """
        sheet = self._sheets.get(table)
        if sheet is None:
            sheet = _Sheet(self._folder, table, self._headers[table])
            self._sheets[table] = sheet
        values = sheet.blank.copy()
        values[0] = row
        for column, cell in cells.items():
            values[sheet.places[column]] = cell
        sheet.writer.writerow((*values, *more))
        sheet.records += 1
        return sheet.records

    def close(self) -> int:
        """Finish all files, and return how many rows there are."""
        for sheet in self._sheets.values():
            sheet.file.close()
        return sum(sheet.records - 1 for sheet in self._sheets.values())


def write_list(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write a list of what was planted, beside the tables."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
