"""A working copy for one interpreter: what is needed to judge, and nobody else's judgements.

Only the files of the truth are copied: no history of versions, in which judgements of others stand.
A row is kept because it is the interpreter's own, never because nobody recognised whose it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.appraisal import JUDGEMENTS
from kg.errors import DataFaults, UnknownName, UsageError
from kg.schema import Schema, Table, load_schema
from kg.sources import Review, Sheet, TruthFile, finish_writing, list_files, read_file, read_review
from kg.sources.folder import read_sheets
from kg.store import write_text
from kg.terms import QES, RDF_TYPE, plain
from kg.workspace.case import check_room, refuse_folder

__all__ = ["Copy", "copy_for"]

_PERSON = {j.table: j.interpreter for j in JUDGEMENTS} | {"memos": "by"}
_HANGS = {"memos": "about", "quotations": "of"}


@dataclass
class Copy:
    """A working copy, and what is not in it.

    Attributes:
        path: The folder.
        left_out: Table → how many rows are left out.
        kept: (table, id) of others' judgements that stay, because something shared rests on them.
        files: Side files that hold judgements or can't be read, and are left out.
    """

    path: Path
    left_out: dict[str, int] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return what is not in the copy, and what is in it all the same, one sentence a line."""
        said = [f"left out of {t}: {n} rows" for t, n in sorted(self.left_out.items())]
        said += [
            f"left out: {name}, which holds judgements or can't be read" for name in self.files
        ]
        said += [f"kept, as something shared rests on it: {i} of {t}" for t, i in self.kept]
        return said


Row = tuple[str, int]
"""Table and record number."""


def copy_for(folder: Path, target: Path, interpreter: str) -> Copy:
    """Make a working copy without the judgements of other interpreters, and say what is not in it.

    Own judgements stay, but not decisions between judgements, which name those of others. Notes of
    others, and what hangs on a row that is left out, are left out, too. Tables of which rows are
    left out, and workbooks, become CSV files.

    Caution: the shared tables may still tell what others think: the role of a study, a review
    finding, a construct. Files beside tables, texts (``.txt``) and side files are not copied.

    Raises:
        NoWorkspace: The folder is no workspace.
        DataFaults: A table can't be read, so that nobody knows whose rows are in it.
        UnknownName: Nobody in ``people`` has this id.
        UsageError: The target is not empty, or a table is given twice.
        CannotWrite: The target can't be written.
    """
    schema, review = load_schema(), read_review(folder)
    finish_writing(folder)
    files = list_files(folder, review)
    sheets = _read_tables(files, schema)
    people = {c.get("id", "") for _, c in _rows(sheets.get("people"))}
    if interpreter not in people:
        raise UnknownName("person", interpreter, people - {""})
    copy = Copy(target)
    drop = _find_others(sheets, schema, interpreter, copy)
    content = {"review.yaml": (folder / "review.yaml").read_bytes()}
    for file in files:
        content |= _copy_file(file, sheets, drop, review, schema, copy)
    try:
        check_room(target)
        for name, data in sorted(content.items()):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            write_text(target / name, data)
    except OSError as error:
        raise refuse_folder(target, error) from None
    return copy


def _read_tables(files: Iterable[TruthFile], schema: Schema) -> dict[str, Sheet]:
    sheets: dict[str, Sheet] = {}
    faults = []
    for file in files:
        if file.name.startswith("tables/"):
            faults += [file.fault] if file.fault else []
            for sheet in [] if file.fault else read_sheets(file, schema):
                faults += [f for f in sheet.faults if f.severity == "error"]
                if sheet.table in sheets:
                    raise UsageError(
                        f"The table {sheet.table} is given twice. Keep one of its files."
                    )
                sheets[sheet.table] = sheet
    if faults:
        raise DataFaults(sorted(faults))
    return {name: sheet for name, sheet in sheets.items() if name in schema.tables}


def _rows(sheet: Sheet | None) -> Iterable[tuple[int, dict[str, str]]]:
    names = [" ".join(h.split()).lower() for h in sheet.header] if sheet else []
    for number, cells in sheet.rows if sheet else ():
        yield number, dict(zip(names, cells, strict=False))


def _find_others(
    sheets: dict[str, Sheet], schema: Schema, interpreter: str, copy: Copy
) -> set[Row]:
    """Return the rows that are left out: others' judgements, decisions, and what hangs on them."""
    rows = {(t, n): cells for t, sheet in sheets.items() for n, cells in _rows(sheet)}
    drop = {
        (table, number)
        for (table, number), cells in rows.items()
        if table in _PERSON
        and (cells.get(_PERSON[table], "") != interpreter or cells.get("adjudicates"))
    }
    places = {cells.get("id", ""): place for place, cells in rows.items()}
    needed = [p for p in rows if p not in drop and p[0] not in _HANGS]
    while needed:  # what something shared names has to stay, and so has what that names
        table, number = needed.pop()
        for name in _references(schema.tables[table], rows[table, number]):
            place = places.get(name)
            if place in drop and place[0] not in _HANGS:
                drop.discard(place)
                needed.append(place)
                copy.kept.append((place[0], name))
    hanging = {p for p in rows if p[0] in _HANGS}
    while more := {p for p in hanging - drop if places.get(rows[p].get(_HANGS[p[0]], "")) in drop}:
        drop |= more
    for table, _ in drop:
        copy.left_out[table] = copy.left_out.get(table, 0) + 1
    copy.kept.sort()
    return drop


def _references(table: Table, cells: dict[str, str]) -> Iterable[str]:
    for column in table.columns:
        if column.refers_to and cells.get(column.name):
            text = cells[column.name]
            yield from map(str.strip, text.split(column.separator) if column.separator else [text])


def _copy_file(
    file: TruthFile,
    sheets: dict[str, Sheet],
    drop: set[Row],
    review: Review,
    schema: Schema,
    copy: Copy,
) -> dict[str, bytes]:
    """Return the file as it is, its tables without what is left out, or nothing."""
    if file.name.lower().endswith(".ttl"):
        if file.fault or _tells_judgements(file, review, schema):
            copy.files.append(file.name)
            return {}
        return {file.name: file.data}
    if not file.name.startswith("tables/"):
        return {} if file.fault else {file.name: file.data}
    own = [s for s in sheets.values() if s.file == file.name]
    touched = {table for table, _ in drop}
    if file.name.lower().endswith(".csv") and not any(s.table in touched for s in own):
        return {file.name: file.data} if own else {}
    return {f"tables/{s.table}.csv": _write_sheet(s, drop) for s in own}


def _tells_judgements(file: TruthFile, review: Review, schema: Schema) -> bool:
    classes = {schema.tables[table].cls for table in _PERSON}
    for part in read_file(file, review, schema):
        if part.unreadable:
            return True
        for triple in part.triples:
            named = plain(triple.object) if triple.predicate.value == RDF_TYPE else ""
            if named in classes or triple.predicate.value == QES + "adjudicates":
                return True
    return False


def _write_sheet(sheet: Sheet, drop: set[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(sheet.header)
    writer.writerows(cells for number, cells in sheet.rows if (sheet.table, number) not in drop)
    return text.getvalue().encode()
