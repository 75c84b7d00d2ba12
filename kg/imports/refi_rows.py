"""Rows of an import: ids that come out the same each time, and cells that are never overwritten.

`kg.imports`. Programs make new GUIDs at every export, so ids are made from names and places. A row
that is there already stays as it is: what the file says otherwise is listed, not written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.imports.refi_report import Report
from kg.imports.refi_xml import refuse
from kg.schema import load_schema
from kg.sources import Draft
from kg.terms import slug

__all__ = ["CARRIED", "Rows", "read_cells", "short_id"]

CARRIED = (
    "constructs", "findings", "memos", "people", "quotations", "reports", "studies", "translations"
)  # fmt: skip
"""Tables of which a row has a counterpart in REFI-QDA."""

_HEAD = re.compile(r"\[([a-z-]+) (\S.*)\]")
_ESCAPED = re.compile(r"\\(.)")
_MAX_CELL, _MAX_ALL, _MAX_ID = 1_000_000, 50_000_000, 60
_SUFFIX = re.compile(r"\.(txt|docx?|odt|rtf|pdf|html?|md)$", re.I)


def short_id(name: str, otherwise: str) -> str:
    """Return a short readable id made from a name, without the extension of a file."""
    return slug(_SUFFIX.sub("", name.strip())[:_MAX_ID]) or otherwise


def read_cells(description: str) -> tuple[str, str, dict[str, str]] | None:
    """Return table, id and cells that a description written by our export holds, or None.

    The first line is ``[table id]``, each further line ``column: cell``; anything else is a
    description that somebody wrote.
    """
    head, *lines = description.strip().split("\n")
    match = _HEAD.fullmatch(head.strip())
    table = load_schema().tables.get(match[1]) if match else None
    if not match or table is None or table.name not in CARRIED:
        return None
    cells = {}
    for line in lines:
        column, found, value = line.strip().partition(": ")
        if not found or not table.find(column):
            return None
        cells[column] = _ESCAPED.sub(lambda m: {"n": "\n", "r": "\r"}.get(m[1], m[1]), value)
    return table.name, match[2], cells


class Rows:
    """The rows of the workspace, and those that an import adds."""

    def __init__(self, draft: Draft, report: Report) -> None:
        """Learn which ids there are."""
        self._draft, self._report = draft, report
        schema = load_schema()
        self._found: dict[tuple[str, str], tuple[int, dict[str, str]]] = {}
        self._owner = dict.fromkeys(schema.individuals, "")
        for name, table in schema.tables.items():
            for number, cells in draft.rows(name).items():
                row_id = cells.get(table.id_column, "")
                self._found[name, row_id] = number, cells
                self._owner[row_id] = name
        self._claimed: set[str] = set()
        self._numbers: dict[tuple[str, str], int] = {}
        self._size = 0

    def claim(self, table: str, wanted: str) -> str:
        """Return the id for a row: the wanted one, with a number if something else has it.

        A row of the same table that has this id is taken for the same row, once in an import.
        """
        number = self._numbers.get((table, wanted), 1)
        row_id = wanted if number == 1 else f"{wanted}-{number}"
        while row_id in self._claimed or self._owner.get(row_id, table) != table:
            number += 1
            row_id = f"{wanted}-{number}"
        self._claimed.add(row_id)
        self._numbers[table, wanted] = number
        return row_id

    def put(self, table: str, row_id: str, cells: Mapping[str, str], grows: str = "") -> None:
        """Add a row, or compare it with the one that is there.

        Args:
            table: Name of the table.
            row_id: A claimed id.
            cells: Header → cell; empty cells are left out.
            grows: A column with several values, to which those that are new are added.
        """
        wanted = {c: v.strip().replace("\r\n", "\n") for c, v in cells.items() if v.strip()}
        for column in [c for c, v in wanted.items() if len(v) > _MAX_CELL]:
            del wanted[column]
            self._report.lose(f"texts longer than {_MAX_CELL} characters", f"{row_id}, {column}")
        self._size += sum(map(len, wanted.values()))
        if self._size > _MAX_ALL:
            raise refuse(self._report.file, f"The file makes cells of more than {_MAX_ALL} "
                         "characters, and nothing was imported. Export the project in parts."
                         )  # fmt: skip
        if (table, row_id) not in self._found:
            self._draft.add(table, {"id": row_id, **wanted})
            self._report.added[table] += 1
            return
        number, there = self._found[table, row_id]
        self._report.there[table] += 1
        for column, value in wanted.items():
            if column == grows:
                self._grow(table, row_id, number, column, there.get(column, ""), value)
            elif there.get(column, "") != value:
                self._report.differing.append(f"{table} {row_id}, {column}")

    def _grow(self, table: str, row_id: str, number: int, column: str, old: str, new: str) -> None:
        present = [value.strip() for value in old.split(";") if value.strip()]
        more = [value for value in new.split(";") if value not in present]
        if more:
            self._draft.set(table, number, column, ";".join([*present, *more]))
            self._report.filled.append(f"{table} {row_id}: {column} {';'.join(more)}")

    def find_all(self, table: str, column: str, value: str) -> list[str]:
        """Return the ids of the rows that were there and have this value in a column."""
        return [
            row_id
            for (name, row_id), (_, cells) in self._found.items()
            if name == table and cells.get(column) == value
        ]
