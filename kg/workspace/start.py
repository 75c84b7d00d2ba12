"""A new workspace: what to fill in, in which order, and nothing that has to be answered first.

Beside the empty tables stands the same as a workbook, with help, drop-downs and an example in every
sheet. A template adds what a shipped case knows apart from its evidence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import UsageError, shorten
from kg.exports.workbook import write_workbook
from kg.schema import Column, Schema, load_schema
from kg.sources import Draft, find_kinds, list_files, map_sheet, read_review, with_kinds
from kg.sources.folder import read_sheets
from kg.store import write_text
from kg.workspace.case import check_room, get_case, refuse_folder
from kg.workspace.welcome import EXAMPLES, write_guide, write_review

__all__ = ["export_workbook", "make_workspace", "read_schema", "tables_as_workbook"]

_CASE = "collective-efficacy"
_KEPT = ("conditions", "theories", "targets")
_NEEDED = ("settings", "populations")

Tables = dict[str, dict[int, dict[str, str]]]


def make_workspace(folder: Path, *, template: str = "", xlsx: bool = False) -> Path:
    """Make a workspace in a new or empty folder, and return the folder.

    Args:
        folder: The folder; its name becomes the title.
        template: A shipped case to start from, or "" for empty tables.
        xlsx: Whether the tables are one workbook; otherwise they are CSV files, with the workbook
            beside them.

    Raises:
        UnknownName: There is no such template.
        UsageError: The folder is not empty.
        CannotWrite: The folder can't be made.
    """
    schema = load_schema()
    tables = _read_template(get_case(template), schema) if template else {}
    workbook = write_workbook(schema, tables, _read_examples(schema))
    files: dict[str, str | bytes] = {
        "review.yaml": write_review(folder),
        "README.md": write_guide(schema, tables, xlsx=xlsx),
        ".gitignore": ".kg/\n~$*\n",
        "texts/.gitkeep": "",
        "tables/workbook.xlsx" if xlsx else "workbook.xlsx": workbook,
    }
    for table in () if xlsx else schema.tables.values():
        files[f"tables/{table.name}.csv"] = _csv(table.header, tables.get(table.name, {}).values())
    try:
        check_room(folder)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_text(folder / name, content)
    except OSError as error:
        raise refuse_folder(folder, error) from None
    return folder


def _read_tables(folder: Path, schema: Schema) -> Tables:
    draft = Draft(folder, read_review(folder), schema)
    return {name: draft.rows(name) for name in schema.tables}


def tables_as_workbook(folder: Path) -> bytes:
    """Return the tables of a workspace as a workbook.

    Raises:
        NoWorkspace: There is no ``review.yaml``.
        DataFaults: A table can't be read.
        UsageError: A table is given twice, or holds what no workbook can hold.
    """
    return write_workbook(read_schema(folder), _read_tables(folder, load_schema()))


def export_workbook(folder: Path, path: Path, carried: str = "") -> Path:
    """Write the tables of a workspace as a workbook, and return the file.

    Raises:
        UsageError: Carried claims are asked for, or as for :func:`tables_as_workbook`.
        CannotWrite: The file can't be written.
    """
    if carried:
        raise UsageError("Carried claims need a format with graphs: .trig, .nq or .jsonld.")
    write_text(path, tables_as_workbook(folder))
    return path


def read_schema(folder: Path) -> Schema:
    """Return the schema with the kinds of settings that a workspace adds.

    Raises:
        NoWorkspace: There is no ``review.yaml``.
    """
    schema, review = load_schema(), read_review(folder)
    own = [table for table in schema.tables.values() if table.kind_of]
    parts = [
        map_sheet(sheet, table, schema, review.base)
        for file in list_files(folder, review)
        if file.name.startswith("tables/") and not file.fault
        for sheet in read_sheets(file, schema)
        for table in own
        if sheet.table == table.name
    ]
    return with_kinds(schema, find_kinds(parts, schema))


def _read_examples(schema: Schema) -> dict[str, dict[str, str]]:
    """Return an example row of each table: of the shipped case the one that says most."""
    examples = dict(EXAMPLES)
    for name, rows in _read_tables(get_case(_CASE), schema).items():
        if rows:
            fullest = max(rows.values(), key=lambda row: (len(row), row["id"]))
            examples[name] = {header: shorten(cell, 160) for header, cell in fullest.items()}
    return examples


def _read_template(case: Path, schema: Schema) -> Tables:
    """Return the rows of a case that hold no evidence, and refer to nothing that does."""
    rows = _read_tables(case, schema)
    wanted = {cell for row in rows["targets"].values() for cell in row.values()}
    kept = {name: rows[name] for name in _KEPT} | {
        name: {n: r for n, r in rows[name].items() if r["id"] in wanted} for name in _NEEDED
    }
    known = {row["id"] for table in kept.values() for row in table.values()} | {*schema.individuals}
    return {
        name: {
            number: {h: _keep(cell, schema.tables[name].find(h), known) for h, cell in row.items()}
            for number, row in enumerate(table.values(), start=2)
        }
        for name, table in kept.items()
    }


def _keep(cell: str, column: Column | None, known: set[str]) -> str:
    """Return a cell without references to rows that are not there."""
    if column is None or not column.refers_to:
        return cell
    ids = cell.split(column.separator) if column.separator else [cell]
    return (column.separator or ";").join(i.strip() for i in ids if i.strip() in known)


def _csv(header: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(header), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
