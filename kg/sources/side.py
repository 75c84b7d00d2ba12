"""Side files: Turtle that says what a table can't, every statement of it with two names.

Nothing of a file is used that can't be traced. The parser follows statements about statements by
calling itself, and a file that nests a million of them would end the process: it is not shown one.
"""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import Fault, shorten
from kg.sources.part import Part, write_lines

__all__ = ["MAX_ABOUT", "MAX_TEXT", "read_side"]

MAX_ABOUT = 1_000
"""Statements about statements that a file may hold before it is shown to a parser."""

MAX_TEXT = 4 << 20
"""Bytes that one text may have: written with escapes, it still fits into the parser's buffer."""

_MAX_UNTRACED = 1_000
_BLANK = re.compile(r"_:[0-9a-f]{32}")  # the parser's names, which are new each time


def read_side(name: str, data: bytes, digest: str, base: str) -> Part:
    """Return what a side file says, or the fault that keeps it from being used.

    Args:
        name: Path of the file relative to the workspace.
        data: Its content.
        digest: SHA-256 of the content.
        base: Base IRI of the workspace, against which relative IRIs are resolved.
    """
    part = Part(name, name, canonical=f"{name}\t{digest}")

    def fault(rule: str, message: str, value: str = "") -> None:
        part.faults.append(Fault(name, 0, "", rule, "error", shorten(value), message))
        part.unreadable = True

    if data.count(b"<<") > MAX_ABOUT:
        fault("turtle-unreadable", f"The file holds more than {MAX_ABOUT} statements about "
              "statements, of which none can be traced. Leave them out.")  # fmt: skip
        return part
    try:
        triples, untraced = _parse(data, base)
    except (SyntaxError, ValueError, MemoryError) as error:
        fault("turtle-unreadable", "The file can't be read as Turtle. Mend or delete it.",
              str(error))  # fmt: skip
        return part
    if untraced:
        more = f"more than {_MAX_UNTRACED}" if len(untraced) > _MAX_UNTRACED else len(untraced)
        fault("turtle-blank-node", "Give every node an IRI: blank nodes can't be traced (statements"
              f" with one: {more}).", _BLANK.sub("[]", str(untraced[0])))  # fmt: skip
    part.text = write_lines(triples)
    return part


def _parse(data: bytes, base: str) -> tuple[list[Triple], list[Triple]]:
    """Return the statements that can be traced and those that can't; few of them are enough."""
    traced, untraced = [], []
    for quad in parse(data, format=RdfFormat.TURTLE, base_iri=base):
        if not isinstance(quad.subject, NamedNode) or not isinstance(
            quad.object, NamedNode | Literal
        ):
            untraced.append(quad.triple)
            if len(untraced) > _MAX_UNTRACED:
                return [], untraced
            continue
        if len(quad.object.value.encode()) > MAX_TEXT:
            raise ValueError(f"a text of more than {MAX_TEXT >> 20} MiB")
        traced.append(quad.triple)
    return traced, untraced
