"""Elements of REFI-QDA, made so that they are the same each time.

`kg.exports`. A GUID is made from the address of a row (UUID version 5), so it is the same in every
export. What an element has no place for stands in its description, one line a cell, which programs
show to people and our import reads back.

Source: REFI-QDA Standard 1.5; RFC 9562, section 5.5.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from kg.errors import shorten
from kg.exports.xml import find_illegal, finish_xml, replace_illegal
from kg.schema import load_schema
from kg.terms import data_iri

__all__ = ["ORIGIN", "Element", "Pen", "Row", "render", "write_date"]

ORIGIN = "collective-efficacy-kg"
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
Element = ElementTree.Element
Row = Mapping[str, str]


@dataclass
class Pen:
    """What writes elements of one workspace, and keeps what had no place.

    Attributes:
        base: Base IRI of the workspace.
        losses: Kind of what had no place → names.
    """

    base: str
    losses: dict[str, list[str]] = field(default_factory=dict)

    def lose(self, kind: str, name: str) -> None:
        """Count something that has no place in the file."""
        self.losses.setdefault(kind, []).append(name)

    def guid(self, kind: str, row_id: str, part: str = "") -> str:
        """Return the GUID of a row, or of a part of it."""
        return str(uuid5(NAMESPACE_URL, f"{data_iri(self.base, row_id)}#{kind}{part}"))

    def add(
        self, parent: Element, tag: str, text: str = "", row_id: str = "", **attributes: str
    ) -> Element:
        """Add an element and return it; attributes that are empty are left out."""
        given = {n: self._legal(v, row_id or text) for n, v in attributes.items() if v}
        element = ElementTree.SubElement(parent, tag, given)
        if text:
            element.text = self._legal(text, row_id)
        return element

    def describe(self, parent: Element, table: str, row: Row, shown: Collection[str] = ()) -> None:
        """Add a description that holds the cells of a row, but for columns shown otherwise."""
        header = load_schema().tables[table].header
        cells = [f"{c}: {_escape(row[c])}" for c in header[1:] if row.get(c) and c not in shown]
        text = "\n".join([f"[{table} {row['id']}]", *cells])
        self.add(parent, "Description", text, row_id=row["id"])

    def refer(self, parent: Element, guids: Collection[str], tag: str = "NoteRef") -> None:
        """Add a reference for each GUID."""
        for guid in guids:
            ElementTree.SubElement(parent, tag, {"targetGUID": guid})

    def _legal(self, text: str, name: str) -> str:
        if find_illegal(text):
            self.lose("control characters, replaced by U+FFFD", shorten(name, 60))
        return replace_illegal(text)


def _escape(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def render(root: Element) -> bytes:
    """Return a document as bytes."""
    ElementTree.indent(root, " ")
    return finish_xml(ElementTree.tostring(root, "utf-8", xml_declaration=True), ())


def write_date(cell: str) -> str:
    """Return a date as ``xsd:dateTime``, or "" if it is none."""
    try:
        datetime.fromisoformat(cell)
    except ValueError:
        return ""
    match = _DATE.fullmatch(cell)
    return f"{match[1]}{match[2] or 'T00:00:00'}" if match else ""
