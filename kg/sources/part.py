"""Parts: what was read from one table, side file or text, and the form in which it is kept.

What a part says is N-Triples text in which the lines of a row stand together. The engines read it
as it is, a row is a slice of it, and it can be read back without running anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse, serialize

from kg.errors import Fault

__all__ = ["Part", "find_links", "parse_lines", "read_parts", "write_lines", "write_parts"]

_LINK = re.compile(rb"^<([^>]*)> <[^>]*> <([^>]*)> [.]$", re.MULTILINE)
_HEAD = 10  # digits of the length that stands before what is kept of a part


@dataclass
class Part:
    """What was read from one table, side file or text.

    Attributes:
        name: Name of the table, or path of the side file.
        file: Path of the file, relative to the workspace.
        text: Everything that was read as N-Triples, rows with faults included.
        rows: IRI of the row → record numbers (more than one if the id occurs twice).
        spans: Record number → where the lines of the row begin and end in the text.
        damaged: Rows of which it isn't known what they say (ragged, without a unique id, in a
            table whose header is wrong).
        unreadable: Whether the whole table is in doubt.
        faults: Faults of the file itself.
        canonical: What the data version is made of: the hash of what stands there, however it is
            laid out; "" if nothing does.
    """

    name: str
    file: str
    text: bytes = field(default=b"", repr=False)
    rows: dict[str, list[int]] = field(default_factory=dict)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    unreadable: bool = False
    faults: list[Fault] = field(default_factory=list)
    canonical: str = ""

    @property
    def is_side_file(self) -> bool:
        """Return whether it was read from RDF, which may say anything."""
        return self.file.lower().endswith(".ttl")

    @cached_property
    def triples(self) -> list[Triple]:
        """Return everything that was read; for parts that are small, or are asked for by people."""
        return parse_lines(self.text)

    def set_rows(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Make (record number, lines) of every row the text, one after the other."""
        texts, end = [], 0
        for number, lines in rows:
            texts.append(lines)
            self.spans[number] = (end, end := end + len(lines))
        self.text = b"".join(texts)

    def cut(self, rows: Iterable[str]) -> Part:
        """Return what the part says of some of its rows, in its order."""
        found = sorted((self.rows[row], row) for row in rows if row in self.rows)
        own = {row: numbers for numbers, row in found}
        few = Part(self.name, self.file, rows=own, damaged=self.damaged & own.keys())
        few.unreadable = self.unreadable
        numbers = sorted(number for numbers in own.values() for number in numbers)
        few.set_rows((n, self.text[slice(*self.spans[n])]) for n in numbers)
        return few

    def lines_of(self, row: str) -> bytes:
        """Return the lines of a row, those of all its records if the id occurs twice."""
        spans = (self.spans[number] for number in self.rows.get(row, ()))
        return b"".join(self.text[start:end] for start, end in spans)


def find_links(text: bytes, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (subject, object) of the lines that lead from a node to a node by one property, or any.

    What a row is (``rdf:type``) is a link, too: its kind may be another row.
    """
    if not path:
        for found in _LINK.finditer(text):
            yield found[1].decode(), found[2].decode()
        return
    middle = f"> <{path}> <".encode()
    place = text.find(middle)
    while place >= 0:
        subject = text[text.rfind(b"\n", 0, place) + 2 : place]
        end = text.find(b">", place + len(middle))
        if b" " not in subject:  # otherwise it stands in a text
            yield subject.decode(), text[place + len(middle) : end].decode()
        place = text.find(middle, end)


def parse_lines(text: bytes) -> list[Triple]:
    """Return N-Triples as triples."""
    return [quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)]


def write_lines(triples: Iterable[Triple]) -> bytes:
    """Return triples as N-Triples, a line each."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def write_parts(parts: Iterable[Part]) -> bytes:
    """Return the parts as bytes from which :func:`read_parts` makes equal ones."""
    written = []
    for part in parts:
        head = json.dumps(
            {
                "name": part.name,
                "file": part.file,
                "text": len(part.text),
                "rows": part.rows,
                "numbers": list(part.spans),
                "ends": [end for _, end in part.spans.values()],
                "damaged": sorted(part.damaged),
                "unreadable": part.unreadable,
                "faults": [fault.as_dict() for fault in part.faults],
                "canonical": part.canonical,
            },
            ensure_ascii=False,
        ).encode()
        written += [b"%0*d" % (_HEAD, len(head)), head, part.text]
    return b"".join(written)


def read_parts(data: bytes) -> list[Part]:
    """Return the parts that were written.

    Raises:
        ValueError: The bytes are not what :func:`write_parts` writes.
    """
    parts, place = [], 0
    try:
        while place < len(data):
            body = place + _HEAD + int(data[place : place + _HEAD])
            head = json.loads(data[place + _HEAD : body])
            place = body + head["text"]
            parts.append(_read_part(head, data[body:place]))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a kept part: {error}") from error
    return parts


def _read_part(head: dict[str, Any], text: bytes) -> Part:
    if len(text) != head["text"]:
        raise ValueError("the text of a part is cut short")
    return Part(
        name=head["name"],
        file=head["file"],
        text=text,
        rows=head["rows"],
        spans=dict(zip(head["numbers"], pairwise([0, *head["ends"]]), strict=True)),
        damaged=set(head["damaged"]),
        unreadable=head["unreadable"],
        faults=[Fault(**fault) for fault in head["faults"]],
        canonical=head["canonical"],
    )
