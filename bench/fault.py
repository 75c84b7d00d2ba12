"""Faults: faulty studies planted among sound ones, with the list of what must be reported.

A row with an error stays out, and so does every row that refers to it; the topics that those rows
name are in doubt. Faulty rows therefore name a concept and a precondition that are there for it,
and which of the two came into doubt is worked out here.
"""

from __future__ import annotations

from pathlib import Path

from bench.kind import DAMAGES, KINDS, Kind
from bench.plan import Plan
from bench.tables import Tables
from bench.victim import Cells, Row, build_victim

__all__ = ["Planter"]

_BAD_TEXT = b"Synthetic, and not UTF-8: \xff\n"


class Planter:
    """Plants one faulty study after the other, the kinds in turn.

    Attributes:
        count: How many faulty studies there are to be.
        planted: (table, row, column, rule) of every fault that must be reported.
    """

    def __init__(self, plan: Plan, tables: Tables, folder: Path) -> None:
        """Begin with no fault; the first one is a file and no row."""
        self._plan = plan
        self._tables = tables
        self._left = [
            *(KINDS[n % len(KINDS)] for n in range(max(plan.size.faults - 1, 0))),
            *(DAMAGES[n % len(DAMAGES)] for n in range(plan.size.damaged)),
        ]
        self.count = len(self._left)
        self.planted: list[tuple[str, int, str, str]] = []
        if plan.size.faults:
            (folder / "texts" / "not-utf-8.txt").write_bytes(_BAD_TEXT)
            self.planted.append(("texts/not-utf-8.txt", 0, "", "text-encoding"))

    def plant(self, number: int) -> None:
        """Write the next faulty study.

        Args:
            number: Its number among all studies, which gives it its id.
        """
        kind = self._left.pop(0)
        v = f"study-{number}"
        rows = build_victim(self._plan, v)
        if "memo-again" in kind.edits:
            first = rows["memo" if kind.name == "id-twice" else "page"][1]
            rows["memo-again"] = ("memos", first, rows["memo"][2])
        words = {"{v}": v, "{need}": self._plan.preconditions[-1]}
        edited = {name: _edit(row, kind.edits.get(name, {}), words) for name, row in rows.items()}
        numbers = {name: self._write(kind, name, row) for name, row in edited.items()}
        for name, column, rule in kind.faults:
            self.planted.append((edited[name][0], numbers[name], column, rule))
        self._doubt(kind, edited)

    def _write(self, kind: Kind, name: str, row: Row) -> int:
        table, row_id, cells = row
        more: tuple[str, ...] = ()
        if name == "memo":
            row_id = {"no-id": "", "shipped-id": "trust"}.get(kind.name, row_id)
            more = ("ragged",) if kind.name == "ragged" else ()
        return self._tables.add(table, row_id, cells, *more)

    def _doubt(self, kind: Kind, rows: dict[str, Row]) -> None:
        """Note which topics come into doubt: those that the rows which stay out name."""
        plan = self._plan
        if kind in DAMAGES:
            plan.doubted |= {*plan.concepts, *plan.configurations, *plan.preconditions}
            return
        out, waiting = set[str](), list(kind.wrong)
        while waiting:
            name = waiting.pop()
            if name not in out:
                out.add(name)
                waiting += [n for n, row in rows.items() if rows[name][1] in _named(row)]
        topics = {plan.spare, *plan.preconditions}
        for name in out:
            plan.doubted |= _named(rows[name]) & topics


def _edit(row: Row, cells: Cells, words: dict[str, str]) -> Row:
    table, row_id, before = row
    after = dict(cells)
    for mark, word in words.items():
        after = {column: cell.replace(mark, word) for column, cell in after.items()}
    return table, row_id, before | after


def _named(row: Row) -> set[str]:
    return {part for cell in row[2].values() for part in cell.split(";")}
