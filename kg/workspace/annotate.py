"""Annotated workbooks: what a check found, written beside the tables in which people correct it.

Each workbook in ``tables/`` gives one of its own, and all CSV files together give one. If that is
only one, it gets the name that was asked for; otherwise its own name is added to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import DataFaults, Fault, UsageError
from kg.exports.annotate import (
    annotate_tables,
    annotate_workbook,
    find_cuts,
    is_annotated,
    list_faults,
)
from kg.schema import load_schema
from kg.sources import Review, Sheet, find_lost_parts, list_files, read_review, read_sheets
from kg.store import write_text

__all__ = ["Annotated", "write_annotated"]


@dataclass(frozen=True)
class Annotated:
    """One annotated workbook.

    Attributes:
        path: Where it was written.
        source: The workbook that it shows, "" for the CSV files.
        losses: What it doesn't show as it was; empty if nothing.
    """

    path: Path
    source: str
    losses: tuple[str, ...]


@dataclass
class _Book:
    """A workbook of the workspace, or all of its CSV files, which have no name."""

    file: str = ""
    data: bytes = b""
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Return the names of its tables and files."""
        return {name for s in self.sheets for name in (s.table, s.file)} | {self.file}


def write_annotated(folder: Path, out: Path, faults: Iterable[Fault]) -> tuple[Annotated, ...]:
    """Write the tables with their faults marked, and return what was written.

    Args:
        folder: The workspace.
        out: File to write; where several are needed, the name of each workbook is added.
        faults: What a check found.

    Raises:
        UsageError: The name is no workbook's, lies in ``tables/``, or is that of a file that
            somebody has changed or made; nothing is written then.
        CannotWrite: The file can't be written.
    """
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f'"{out}" has to end in .xlsx.')
    if out.resolve().is_relative_to((folder / "tables").resolve()):
        raise UsageError(f'"{out}" would be read as a table. Name a place outside of tables/.')
    faults = tuple(faults)
    books = _find_books(folder)
    told = {f for f in faults if any(f.table in b.names for b in books)}
    chosen = [b for b in books if any(f.table in b.names for f in told)] or books[:1] or [_Book()]
    places = _name_all(out, chosen, alone=len(books) < 2)
    for path in places:
        if path.exists() and not (path.is_file() and is_annotated(path.read_bytes())):
            raise UsageError(
                f'"{path}" is there, and kg did not write it or somebody has changed it since. '
                "Name another file, or move that one."
            )
    times = Counter(s.table for b in books for s in b.sheets)
    unsure = {table for table, number in times.items() if number > 1}
    contents = []
    for book in chosen:
        here = [f for f in faults if f.table in book.names or f not in told]
        contents.append(_render(book, here, unsure))
    for path, (data, _) in zip(places, contents, strict=True):
        write_text(path, data)
    return tuple(
        Annotated(path, book.file, losses)
        for path, book, (_, losses) in zip(places, chosen, contents, strict=True)
    )


def _find_books(folder: Path) -> list[_Book]:
    """Return the workbooks, sorted by name, the CSV files first."""
    try:
        review = read_review(folder)
    except DataFaults:  # the faults say so; the tables can be shown all the same
        review = Review("", "")
    loose, books = _Book(), []
    for file in list_files(folder, review):
        if not file.name.startswith("tables/") or file.fault:
            continue
        sheets = read_sheets(file, load_schema())
        if file.name.lower().endswith(".csv"):
            loose.sheets += sheets
        else:
            books.append(_Book(file.name, file.data, sheets))
    return [*([loose] if loose.sheets else []), *books]


def _name_all(out: Path, books: list[_Book], *, alone: bool) -> list[Path]:
    if alone:
        return [out]
    return [out.with_name(f"{out.stem}-{Path(b.file).stem or 'csv'}{out.suffix}") for b in books]


def _render(book: _Book, faults: list[Fault], unsure: set[str]) -> tuple[bytes, tuple[str, ...]]:
    """Return the annotated workbook, and what it doesn't show as it was."""
    schema = load_schema()
    if not book.file:
        return annotate_tables(book.sheets, faults, schema, unsure), find_cuts(book.sheets)
    if any(f.rule == "table-unreadable" and not s.rows for s in book.sheets for f in s.faults):
        return list_faults(faults), ("all tables: the workbook can't be read",)
    data = annotate_workbook(book.data, book.sheets, faults, schema, unsure)
    return data, find_lost_parts(book.data)
