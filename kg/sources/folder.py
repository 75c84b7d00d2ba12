"""The truth of a workspace: which files there are, and what each of them says.

``tables/``, ``texts/`` and ``more/``; nothing else is read, and no link is followed that leads out
of the workspace. One file gives its own parts, so that only what changed needs to be read again.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import Fault, nearest
from kg.schema import Schema, load_schema
from kg.sources.part import Part, write_lines
from kg.sources.review import Review
from kg.sources.row import map_sheet
from kg.sources.sheet import Sheet, read_csv
from kg.sources.side import MAX_TEXT, read_side
from kg.sources.workbook import read_workbook
from kg.terms import QES, RDF_TYPE, data_iri

__all__ = [
    "TruthFile",
    "list_files",
    "missing_tables",
    "read_file",
    "read_sheets",
    "repeated_tables",
]

_MAX_BYTES = 128 << 20
_TABLE_FORMATS = (".csv", ".xlsx")


@dataclass(frozen=True)
class TruthFile:
    """One file of the truth.

    Attributes:
        name: Path relative to the workspace.
        digest: SHA-256 of the content.
        data: The content, read once, so that digest and rows are of the same bytes.
        fault: What is wrong with the file as such; it has no content then.
    """

    name: str
    digest: str
    data: bytes = field(default=b"", repr=False)
    fault: Fault | None = None


def list_files(folder: Path, review: Review) -> list[TruthFile]:
    """Return the files of the truth, sorted by name.

    A file in ``tables/`` that is named like a table but is in no format of a table has a fault:
    left aside in silence, it could make an answer better.
    """
    root = Path(os.path.realpath(folder))
    found = [
        *_list_folder(folder, root, "tables", _TABLE_FORMATS),
        *_list_folder(folder, root, "more", (".ttl",)),
        *_list_folder(folder, root, review.texts, (".txt",)),
    ]
    return sorted({file.name: file for file in found}.values(), key=lambda file: file.name)


def _list_folder(
    folder: Path, root: Path, place: str, formats: tuple[str, ...]
) -> Iterator[TruthFile]:
    try:
        paths = list((folder / place).iterdir()) if _inside(folder / place, root) else None
    except FileNotFoundError:
        return
    except OSError as error:
        yield _faulty(place, "file-unreadable", f"The folder can't be read ({error.strerror}).")
        return
    if paths is None:
        yield _faulty(place, "file-outside", "The folder is a link that leads out of the workspace,"
                      " and is not followed. Put the files themselves here.")  # fmt: skip
        return
    for path in paths:
        name = os.fsencode(path.relative_to(folder)).decode("utf-8", "replace")
        if path.name.startswith((".", "~$")) or path.name.endswith("~"):
            continue  # hidden, a lock or a backup
        if path.suffix.lower() in formats:
            yield _read_truth(path, name, root)
        elif place == "tables" and os.path.isfile(path) and _is_table(path.name):
            yield _faulty(name, "table-format", "A table is a .csv or an .xlsx file. Save it as one"
                          " of these, or move it out of the folder.")  # fmt: skip


def _inside(path: Path, root: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(root)


def _is_table(name: str) -> bool:
    return _stem(name) in load_schema().tables  # loaded only if a file here is in no format


def _stem(name: str) -> str:
    return Path(name).stem.strip().lower()


def _faulty(name: str, rule: str, message: str) -> TruthFile:
    fault = Fault(name, 0, "", rule, "error", "", message)
    return TruthFile(name, sha256(f"{rule} {message}".encode()).hexdigest(), fault=fault)


def _read_truth(path: Path, name: str, root: Path) -> TruthFile:
    if not _inside(path, root):
        return _faulty(name, "file-outside", "The file is a link that leads out of the workspace, "
                       "and is not followed. Put a copy of the file here.")  # fmt: skip
    most = MAX_TEXT if path.suffix.lower() == ".txt" else _MAX_BYTES
    try:
        # Opened without following anything that was put there since, or waiting for a pipe.
        file = os.open(os.path.realpath(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(file, "rb") as opened:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                return _faulty(name, "file-unreadable", "This is not a file. Delete or rename it.")
            data = opened.read(most + 1)
    except IsADirectoryError:
        return _faulty(name, "file-unreadable", "This is a folder, not a file. Rename it.")
    except OSError as error:
        return _faulty(name, "file-unreadable", f"The file can't be read ({error.strerror}). "
                       "Make it readable, or delete it.")  # fmt: skip
    if len(data) > most:
        return _faulty(name, "file-unreadable", f"The file is bigger than {most >> 20} MiB and is "
                       "not read. Take out what is not needed.")  # fmt: skip
    return TruthFile(name, sha256(data).hexdigest(), data)


def read_file(truth: TruthFile, review: Review, schema: Schema) -> list[Part]:
    """Return the parts in one file: one for each table, side file or text."""
    suffix = Path(truth.name).suffix.lower()
    if truth.fault:
        name = _stem(truth.name) if truth.name.startswith("tables/") else truth.name
        doubtful = suffix != ".txt" and truth.name != review.texts
        return [Part(name, truth.name, faults=[truth.fault], unreadable=doubtful)]
    if suffix == ".ttl":
        return [read_side(truth.name, truth.data, truth.digest, review.base)]
    if suffix == ".txt":
        return [_read_text(truth, review)]
    return [_map(sheet, review, schema) for sheet in read_sheets(truth, schema)]


def read_sheets(truth: TruthFile, schema: Schema) -> list[Sheet]:
    """Return the tables in a CSV file or workbook, as they stand there."""
    if truth.name.lower().endswith(".csv"):
        return [read_csv(truth.name, truth.data)]
    return read_workbook(truth.name, truth.data, frozenset(schema.tables))


def _map(sheet: Sheet, review: Review, schema: Schema) -> Part:
    table = schema.tables.get(sheet.table)
    if table:
        return map_sheet(sheet, table, schema, review.base)
    if not sheet.faults:
        near = nearest(sheet.table, schema.tables)
        hint = f' Did you mean "{near}"?' if near else ""
        sheet.fault(
            "table-unknown",
            "No table has this name. Rename the file, or delete it; `kg schema` lists the tables."
            + hint,
            value=sheet.table,
        )
    doubtful = any(f.severity == "error" for f in sheet.faults)
    return Part(sheet.table, sheet.file, faults=sheet.faults, unreadable=doubtful)


def missing_tables(parts: Iterable[Part], schema: Schema) -> list[Fault]:
    """Return a fault for each table that is missing although a table that is there needs it.

    Every workspace needs ``reviews``; a table that has rows needs the tables that its required
    columns refer to, unless the ontology ships such individuals.
    """
    parts = list(parts)
    present = {p.name for p in parts}
    needed = {"reviews": "everything rests on a review"}
    for part in parts:
        table = schema.tables.get(part.name)
        for column in table.columns if table and part.rows else ():
            owner = schema.table_of(column.refers_to)
            if column.required and owner and owner.cls not in schema.classes_with_individuals:
                needed.setdefault(owner.name, f'"{column.name}" of {part.name} refers to it')
    return [
        Fault(f"tables/{name}.csv", 0, "", "table-missing", "error", "",
              f"The table is missing, and {why}. Add the file with this header: "
              f"{','.join(schema.tables[name].header)}")
        for name, why in sorted(needed.items())
        if name not in present
    ]  # fmt: skip


def repeated_tables(parts: Iterable[Part], schema: Schema) -> list[Fault]:
    """Return a fault for each file of a table that is given more than once, and doubt its rows.

    Which of the files holds cannot be known, so none is relied on.
    """
    given: defaultdict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.name in schema.tables:
            given[part.name].append(part)
    faults = []
    for name, same in sorted(given.items()):
        for part in same if len(same) > 1 else ():
            part.unreadable = True
            part.damaged |= part.rows.keys()
            others = ", ".join(p.file for p in same if p is not part)
            message = f"The table {name} is also given in {others}. Keep one of them."
            faults.append(Fault(part.file, 0, "", "table-duplicate", "error", "", message))
    return faults


def _read_text(truth: TruthFile, review: Review) -> Part:
    part = Part(truth.name, truth.name)
    try:
        content = truth.data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        part.faults.append(
            Fault(truth.name, 0, "", "text-encoding", "error",
                  f"0x{truth.data[error.start]:02X}", f"Byte {error.start + 1} is not UTF-8, so "
                  "offsets would not hold. Save the text as UTF-8.")
        )  # fmt: skip
        return part
    file = Path(truth.name).name
    node = NamedNode(data_iri(review.base, f"text/{file}"))
    part.text = write_lines(
        [
            Triple(node, NamedNode(RDF_TYPE), NamedNode(QES + "SourceText")),
            Triple(node, NamedNode(QES + "fileName"), Literal(file)),
            Triple(node, NamedNode(QES + "content"), Literal(content)),
        ]
    )
    part.canonical = f"{truth.name}\t{sha256(content.encode()).hexdigest()}"
    return part
