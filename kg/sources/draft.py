"""A draft: changes to the tables of a workspace, looked at first, then written all or none.

What isn't changed keeps its bytes: delimiter, encoding, line ends, order and quotation marks of a
CSV file stay as they are. Several files become current through one journal: a process that dies
in between leaves the old state or one that the next command completes.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.errors import CannotWrite, DataFaults, UsageError, shorten
from kg.schema import Schema
from kg.sources.folder import list_files, read_sheets
from kg.sources.ledger import CsvLedger, Ledger, XlsxLedger
from kg.sources.review import Review
from kg.sources.sheet import Sheet
from kg.store import Cache, write_text

__all__ = ["Change", "Draft", "finish_writing"]

_JOURNAL = "pending"
_HALF_WRITTEN = re.compile(r"\..+\.\d+\.new")


@dataclass(frozen=True, order=True)
class Change:
    """One cell that a draft changes.

    Attributes:
        table: Name of the table.
        row: Record number; that of a new row if ``new``.
        column: Header of the column.
        before: What stands there, "" for a new row.
        after: What will stand there.
        new: Whether the row is added.
    """

    table: str
    row: int
    column: str
    before: str
    after: str
    new: bool = False


class Draft:
    """Changes to the tables of a workspace that are not written yet.

    Example::

        draft = Draft(folder, review, schema)
        draft.add("studies", {"id": "teig2009", "label": "Community gardens in Denver"})
        print(draft.diff())
        draft.write()
    """

    def __init__(self, folder: Path, review: Review, schema: Schema) -> None:
        """Read the tables.

        Raises:
            DataFaults: A table can't be read, or is given twice: no row can be added safely.
        """
        self._folder, self._schema = folder, schema
        self._ledgers: dict[str, Ledger] = {}
        self._changes: dict[tuple[str, int, str], Change] = {}
        faults = []
        for file in list_files(folder, review):
            if not file.name.startswith("tables/"):
                continue
            faults += [file.fault] if file.fault else []
            for sheet in [] if file.fault else read_sheets(file, schema):
                faults += [f for f in sheet.faults if f.severity == "error"]
                if sheet.table in self._ledgers:
                    raise UsageError(
                        f"The table {sheet.table} is given twice. Keep one of its files."
                    )
                self._ledgers[sheet.table] = _open(sheet, file.name, file.data)
        if faults:
            raise DataFaults(sorted(faults))

    def rows(self, table: str) -> dict[int, dict[str, str]]:
        """Return record number → the filled cells by header, changes of the draft included."""
        ledger = self._ledgers.get(table)
        return (
            {n: {h: v for h, v in row.items() if v} for n, row in ledger.rows().items()}
            if ledger
            else {}
        )

    def find(self, table: str, row_id: str) -> tuple[int, dict[str, str]] | None:
        """Return record number and cells of the row with this id, or None."""
        column = self._schema.tables[table].id_column
        found = ((n, r) for n, r in self.rows(table).items() if r.get(column) == row_id)
        return next(found, None)

    def add(self, table: str, values: Mapping[str, str]) -> int:
        """Add a row at the end of a table, and return its record number.

        Args:
            table: Name of the table; a file is made for it if there is none.
            values: Header → cell; empty cells may be left out.

        Raises:
            UsageError: The table has no such column.
        """
        self._insist(table, values)
        if table not in self._ledgers:
            header = list(self._schema.tables[table].header)
            self._ledgers[table] = CsvLedger.new(f"tables/{table}.csv", header)
        number = self._ledgers[table].add(values)
        for column, value in values.items():
            if value:
                key = (table, number, column)
                self._changes[key] = Change(table, number, column, "", value, new=True)
        return number

    def set(self, table: str, row: int, column: str, value: str) -> None:
        """Change one cell; the change is dropped again if the old value is put back.

        Raises:
            UsageError: There is no such table, row or column.
        """
        self._insist(table, [column])
        ledger = self._ledgers.get(table)
        cells = ledger.row(row) if ledger else None
        if ledger is None or cells is None:
            raise UsageError(f"{table} has no row {row}.")
        before = cells.get(column, "")
        if value == before:
            return
        ledger.set(row, column, value)
        old = self._changes.pop((table, row, column), Change(table, row, column, before, ""))
        if old.new or value != old.before:
            change = Change(table, row, column, old.before, value, old.new)
            self._changes[table, row, column] = change

    def rename(self, table: str, before: str, after: str) -> None:
        """Change a header to that of a column.

        Raises:
            UsageError: There is no such table, header or column.
        """
        self._insist(table, [after])
        if table not in self._ledgers:
            raise UsageError(f"There is no table {table}.")
        self._ledgers[table].rename(before, after)
        self._changes[table, 1, before] = Change(table, 1, before, before, after)

    def is_computed(self, table: str, row: int, column: str) -> bool:
        """Return whether the cell holds a formula, which a change would put an end to."""
        ledger = self._ledgers.get(table)
        return ledger is not None and ledger.is_computed(row, column)

    def _insist(self, table: str, columns: Iterable[str]) -> None:
        if table not in self._schema.tables:
            raise UsageError(f"There is no table {table}.")
        known = self._schema.tables[table].header
        for column in columns:
            if column not in known:
                raise UsageError(f'{table} has no column "{column}".')

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the changes, sorted by table, row and column."""
        return tuple(sorted(self._changes.values()))

    def diff(self) -> str:
        """Return the changes for people: a line for each new row and each changed cell."""
        lines: list[str] = []
        new: dict[str, list[str]] = {}
        for change in self.changes:
            where = f"{change.table} row {change.row}"
            if change.new:
                new.setdefault(where, []).append(f"{change.column}={shorten(change.after, 60)}")
            else:
                before = f'"{shorten(change.before, 60)}"' if change.before else "empty"
                lines.append(
                    f'{where}, {change.column}: {before} becomes "{shorten(change.after, 60)}"'
                )
        lines += [f"{where}, new: {', '.join(cells)}" for where, cells in new.items()]
        return "\n".join(lines)

    def write(self) -> tuple[str, ...]:
        """Write what changed, all files or none, and return their names.

        Raises:
            CannotWrite: The folder can't be written; nothing is changed then.
        """
        tables = sorted({change.table for change in self._changes.values()})
        ledgers = {self._ledgers[t].file: self._ledgers[t] for t in tables}
        if not ledgers:
            return ()
        by_file = {
            file: [x for x in self._ledgers.values() if x.file == file and x.changed]
            for file in ledgers
        }
        contents = {file: same[0].write(same) for file, same in by_file.items()}
        (self._folder / "tables").mkdir(exist_ok=True)
        with Cache(self._folder / ".kg").writing():
            _write_all(self._folder, contents)
        self._changes.clear()
        return tuple(contents)


def _open(sheet: Sheet, file: str, data: bytes) -> Ledger:
    return (
        CsvLedger(file, data, sheet)
        if file.lower().endswith(".csv")
        else XlsxLedger(file, data, sheet)
    )


def _write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files through the journal; call it inside the lock of the one writer."""
    for left in (folder / "tables").glob(".*"):
        if _HALF_WRITTEN.fullmatch(left.name):  # by a process that was killed: nobody else writes
            left.unlink(missing_ok=True)
    if len(contents) > 1:
        journal = {
            name: {"before": _digest(folder / name), "after": base64.b64encode(data).decode()}
            for name, data in contents.items()
        }
        write_text(folder / ".kg" / _JOURNAL, json.dumps(journal))
    for name, data in contents.items():
        write_text(folder / name, data)
    (folder / ".kg" / _JOURNAL).unlink(missing_ok=True)


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def finish_writing(folder: Path) -> None:
    """Complete what a process that died had begun to write.

    One that is still at it is waited for. A file that somebody changed meanwhile stays as it is.

    Raises:
        CannotWrite: The folder can't be written.
    """
    path = folder / ".kg" / _JOURNAL
    if path.is_file():
        with Cache(folder / ".kg").writing():
            _finish(folder, path)


def _finish(folder: Path, path: Path) -> None:
    try:
        journal = json.loads(path.read_bytes())
        files = {n: (e["before"], base64.b64decode(e["after"])) for n, e in journal.items()}
    except FileNotFoundError:  # its writer was alive, and is done
        return
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise CannotWrite(f'"{path}" is damaged ({error}). Delete it.') from None
    for name, (before, after) in files.items():
        inside = name.startswith("tables/") and ".." not in Path(name).parts
        if inside and _digest(folder / name) == before:
            write_text(folder / name, after)
    path.unlink(missing_ok=True)
