"""Parts: what was read from one table, side file or text, and the form in which it is kept.

Kept parts are JSON and N-Triples: data that can be read back without running anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse, serialize

from kg.errors import Fault

__all__ = ["Part", "read_parts", "write_parts"]


@dataclass
class Part:
    """What was read from one table, side file or text.

    Attributes:
        name: Name of the table, or path of the side file.
        file: Path of the file, relative to the workspace.
        triples: Everything that was read, rows with faults included.
        rows: IRI of the row → record numbers (more than one if the id occurs twice).
        damaged: Rows of which it isn't known what they say (ragged, without a unique id, in a
            table whose header is wrong).
        unreadable: Whether the whole table is in doubt.
        faults: Faults of the file itself.
        canonical: The rows as canonical text, for the data version.
    """

    name: str
    file: str
    triples: list[Triple] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    unreadable: bool = False
    faults: list[Fault] = field(default_factory=list)
    canonical: str = ""


def write_parts(parts: Iterable[Part]) -> bytes:
    """Return the parts as bytes from which :func:`read_parts` makes equal ones."""
    content = [
        {
            "name": part.name,
            "file": part.file,
            "triples": (serialize(part.triples, format=RdfFormat.N_TRIPLES) or b"").decode(),
            "rows": part.rows,
            "damaged": sorted(part.damaged),
            "unreadable": part.unreadable,
            "faults": [fault.as_dict() for fault in part.faults],
            "canonical": part.canonical,
        }
        for part in parts
    ]
    return json.dumps(content, ensure_ascii=False).encode()


def read_parts(data: bytes) -> list[Part]:
    """Return the parts that were written.

    Raises:
        ValueError: The bytes are not what :func:`write_parts` writes.
    """
    try:
        return [_read_part(content) for content in json.loads(data)]
    except (AttributeError, KeyError, SyntaxError, TypeError) as error:
        raise ValueError(f"not a kept part: {error}") from error


def _read_part(content: dict[str, Any]) -> Part:
    triples = content["triples"].encode()
    return Part(
        name=content["name"],
        file=content["file"],
        triples=[q.triple for q in parse(triples, format=RdfFormat.N_TRIPLES)],
        rows=content["rows"],
        damaged=set(content["damaged"]),
        unreadable=content["unreadable"],
        faults=[Fault(**fault) for fault in content["faults"]],
        canonical=content["canonical"],
    )
