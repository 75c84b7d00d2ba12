"""RIS and PubMed's NBIB: lines of tag and value, gathered into records.

Layer imports. rispy 0.10 was tried: a record without ER is joined to the next one, whose title
overwrites its own, and a byte order mark, ``TY - JOUR`` or an indented file gives no record, all
without a word. A report that explains every record needs a reader that loses none; rispy reads
the same file in a test.

Source: RIS as Reference Manager defined it (tag, two spaces, hyphen, space; TY opens, ER closes);
NBIB as PubMed writes it (tag padded to four, hyphen; further lines indented by six).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from kg.imports.upload import MAX_RECORDS

__all__ = ["Raw", "read_nbib", "read_ris"]

_MAX_FIELDS = 10_000
_RIS = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*)")
_LOOSE = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}- ?(.*)")
_NBIB = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")


@dataclass
class Raw:
    """One record as it stands in a file.

    Attributes:
        place: Where it begins, for example "line 12".
        fields: (name, value) in the order of the file; a repeated name stands repeatedly.
        broken: Why it can't be taken, or "".
    """

    place: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    broken: str = ""


def read_ris(text: str) -> tuple[list[Raw], list[str]]:
    """Return the records of a RIS file, and what a reader should know.

    Tags with one space, or indented, are read only in a file that has no other ones: in a wrapped
    abstract, "UK - based" is no tag.
    """
    strict = re.search(r"^TY  -", text, re.M) is not None
    tag = _RIS if strict else _LOOSE
    found = _Gathered()
    unclosed = 0
    for number, line in enumerate(io.StringIO(text), start=1):
        match = None if strict and line[2:5] != "  -" else tag.fullmatch(line.rstrip())
        name = match[1] if match else ""
        if name == "TY":
            unclosed += found.open
            found.begin(number)
        if name == "ER":
            found.end()
        elif not found.take(name, (match[2] or "") if match else line):
            break
    unclosed += found.open
    found.end()
    notes = [f"{unclosed} without an ER line; each was read up to the next TY line."]
    return found.records, [*(notes if unclosed else []), *found.notes()]


def read_nbib(text: str) -> tuple[list[Raw], list[str]]:
    """Return the records of an NBIB file, and what a reader should know; PMID opens each."""
    found = _Gathered()
    for number, line in enumerate(io.StringIO(text), start=1):
        match = _NBIB.fullmatch(line.rstrip()) if line[4:5] == "-" else None
        if match and match[1] == "PMID":
            found.begin(number)
        if not found.take(match[1] if match else "", match[2] if match else line):
            break
    found.end()
    return found.records, found.notes()


class _Gathered:
    """The records so far; reading ends when they are too many."""

    def __init__(self) -> None:
        self.records: list[Raw] = []
        self.open = False
        self._parts: list[str] = []
        self._name = ""
        self._outside = 0

    def begin(self, number: int) -> None:
        """Begin a record at a line, after the one that may be open."""
        self.end()
        self.records.append(Raw(f"line {number}"))
        self.open = True

    def take(self, name: str, text: str) -> bool:
        """Take a field, or go on with the last one; return whether there may be more."""
        words = " ".join(text.split())
        if not self.open:
            self._outside += bool(words)
        elif name:
            self._close()
            self._name, self._parts = name, [words]
        elif words:
            self._parts.append(words)
        return len(self.records) <= MAX_RECORDS

    def _close(self) -> None:
        """Put the last field, which is whole now, into its record."""
        if not self._name:
            return
        record = self.records[-1]
        if len(record.fields) < _MAX_FIELDS:
            record.fields.append((self._name, " ".join(self._parts).strip()))
        else:
            record.broken = f"It has more than {_MAX_FIELDS} fields."
        self._name, self._parts = "", []

    def end(self) -> None:
        """End the record that is open."""
        if self.open:
            self._close()
        self.open = False

    def notes(self) -> list[str]:
        """Return what a reader should know of lines that belong to no record."""
        lines = self._outside
        return [f"Lines outside of any record, not taken over: {lines}."] if lines else []
