"""Files for the reading tests: bytes of CSV and XLSX, and what the package reads from them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook

from kg.schema import load_schema
from kg.sources import Part, Review, TruthFile, read_file
from kg.terms import local_name

BASE = "https://example.org/review/"
REVIEW = Review("A test", BASE)

Rows = Iterable[Iterable[object]]


def read(data: bytes, table: str = "people", suffix: str = "csv") -> Part:
    """Return the one part in a file."""
    (part,) = read_all(data, f"{table}.{suffix}")
    return part


def read_all(data: bytes, file: str) -> list[Part]:
    """Return all parts in a file of the tables folder."""
    return read_file(TruthFile(f"tables/{file}", "", data), REVIEW, load_schema())


def workbook(sheets: Mapping[str, Rows], change: Callable[[Workbook], None] | None = None) -> bytes:
    """Return a workbook with these sheets, after a change to it if there is one."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def rewrite(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an archive whose entries went through a change."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(new, "w", 8) as archive:
        for entry in old.namelist():
            archive.writestr(entry, change(entry, old.read(entry)))
    return new.getvalue()


def seen(part: Part) -> list[tuple[str, int, str, str, str]]:
    """Return the faults of a part as (rule, row, column, severity, value)."""
    return [(f.rule, f.row, f.column, f.severity, f.value) for f in sorted(part.faults)]


def ids(part: Part) -> dict[str, list[int]]:
    """Return id → record numbers."""
    return {iri.removeprefix(BASE): numbers for iri, numbers in part.rows.items()}


def values(part: Part, row: str, prop: str) -> list[str]:
    """Return what a row says by a property, whose local name is given, as plain strings."""
    return sorted(
        str(t.object.value)
        for t in part.triples
        if t.subject.value == BASE + row and local_name(t.predicate.value) == prop
    )


def write_workbooks(source: Path, folder: Path, *, one: bool) -> None:
    """Write the CSV tables of a workspace as workbooks: one with all sheets, or one a table."""
    tables = {
        path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True)))
        for path in sorted((source / "tables").glob("*.csv"))
    }
    (folder / "tables").mkdir(parents=True)
    (folder / "review.yaml").write_bytes((source / "review.yaml").read_bytes())
    if one:
        (folder / "tables" / "all.xlsx").write_bytes(workbook(tables))
    else:
        for name, rows in tables.items():
            (folder / "tables" / f"{name}.xlsx").write_bytes(workbook({"Sheet1": rows}))
