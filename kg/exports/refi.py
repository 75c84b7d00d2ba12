"""REFI-QDA out: constructs as a codebook (``.qdc``), or a project (``.qdpx``) for other programs.

`kg.exports`. Written from the tables and not from the store: rows that are still in work go along.
What has no place is returned by kind with its names, as the standard asks of every export.

Source: REFI-QDA Standard 1.5 (Rotterdam Exchange Format Initiative, 2019).
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.errors import UsageError
from kg.exports.refi_element import ORIGIN, Pen, Row, render
from kg.exports.refi_project import Project, add_codes

__all__ = ["REFI", "Losses", "Tables", "write_codebook", "write_project"]

REFI = {
    "qdc": "constructs as a codebook of REFI-QDA, for programs of qualitative analysis",
    "qdpx": "texts, findings, constructs and studies as a project of REFI-QDA",
}
"""File extension → what is written."""

CARRIED = (
    "constructs", "findings", "memos", "people", "quotations", "reports", "studies", "translations"
)  # fmt: skip

Tables = Mapping[str, Sequence[Row]]
Losses = Mapping[str, list[str]]


def write_codebook(tables: Tables, base: str) -> tuple[bytes, Losses]:
    """Return a codebook, and what had no place: kind → names.

    Args:
        tables: Table → rows: header → cell.
        base: Base IRI of the workspace.

    Raises:
        UsageError: There are no constructs, and a codebook can't be empty.
    """
    pen = Pen(base)
    kept = _keep(pen, tables, ("constructs",))
    if not kept["constructs"]:
        raise UsageError("There are no constructs, and a codebook can't be empty. Add a construct.")
    root = ElementTree.Element("CodeBook", xmlns="urn:QDA-XML:codebook:1.0", origin=ORIGIN)
    add_codes(pen, ElementTree.SubElement(root, "Codes"), kept["constructs"], {})
    return render(root), pen.losses


def write_project(
    tables: Tables, texts: Mapping[str, str], base: str, title: str
) -> tuple[bytes, Losses]:
    """Return a project, and what had no place: kind → names.

    Args:
        tables: Table → rows: header → cell.
        texts: Name of a file in the text folder → its text.
        base: Base IRI of the workspace.
        title: Title of the workspace.
    """
    pen = Pen(base)
    project = Project(pen, _keep(pen, tables, CARRIED), texts)
    reviews = [row for row in tables.get("reviews", ()) if row.get("kind") == "this synthesis"]
    root = project.build(title, reviews)
    for row in project.rows["people"]:
        for column in ("orcid", "note"):
            if row.get(column):
                pen.lose(f"people, {column}", row["id"])
    for name in sorted(texts.keys() - project.used):
        pen.lose("texts that no report names", name)
    entries = {"project.qde": render(root), **project.files}
    return _pack(entries), pen.losses


def _keep(pen: Pen, tables: Tables, carried: Sequence[str]) -> dict[str, list[Row]]:
    """Return the rows that can be carried, sorted by id; the others are lost."""
    kept: dict[str, list[Row]] = {table: [] for table in carried}
    for table, rows in sorted(tables.items()):
        times = Counter(row.get("id", "") for row in rows)
        for row in sorted(rows, key=lambda row: row.get("id", "")):
            name = row.get("id", "")
            if table not in kept:
                pen.lose(table, name)
            elif not name or times[name] > 1:
                pen.lose(f"{table} without an id of their own", name or "no id")
            else:
                kept[table].append(row)
    return kept


def _pack(entries: Mapping[str, bytes]) -> bytes:
    """Return an archive with the same bytes each time."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in sorted(entries.items()):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=6)
    return stream.getvalue()
