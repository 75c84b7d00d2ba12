"""Where each line goes: what passed into the default graph, and everything into its own.

The graph of a file says where a triple came from, also if its row stays out; what was adjudicated
goes into the graph of the dissent. Lines are cut and joined as they were written, never parsed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from kg.sources import Part, write_lines
from kg.terms import DISSENT_GRAPH, LEFT_OUT_GRAPH, file_graph
from kg.workspace.judged import Judged

__all__ = ["keep_lines", "pass_lines", "place_lines"]


def place_lines(judged: Judged, base: str, rows: Collection[str] | None = None) -> Iterator[bytes]:
    """Yield what the parts assert as N-Quads, one part after the other.

    Args:
        judged: What was read, and what stays out of the default graph.
        base: Base IRI of the workspace.
        rows: IRIs of the rows to place; None for everything.
    """
    yield from pass_lines(judged, base, rows)
    yield from keep_lines(judged, base, rows)


def pass_lines(judged: Judged, base: str, rows: Collection[str] | None = None) -> Iterator[bytes]:
    """Yield of :func:`place_lines` what rules, stages and check queries look at.

    That is the default graph, what stays out, and the graphs of files beside the tables.
    """
    for part in _cut_parts(judged, rows):
        yield _divide(part, judged)[0]
        if not part.rows:
            yield _in_graph(part.text, file_graph(base, part.name))
    yield _in_graph(write_lines(judged.out.triples()), LEFT_OUT_GRAPH)


def keep_lines(judged: Judged, base: str, rows: Collection[str] | None = None) -> Iterator[bytes]:
    """Yield the rest of :func:`place_lines`: the graphs of tables, and the dissent."""
    for part in _cut_parts(judged, rows):
        if part.rows:
            yield _in_graph(part.text, file_graph(base, part.name))
        yield _in_graph(_divide(part, judged)[1], DISSENT_GRAPH)


def _cut_parts(judged: Judged, rows: Collection[str] | None) -> Iterator[Part]:
    """Yield the parts with the lines of some rows only."""
    locator = judged.locator
    for part in locator.parts:
        if rows is None:
            yield part
        elif part.rows:
            yield part.cut(rows)
        elif part.text:
            lines = part.text.splitlines(keepends=True)
            kept = (n for n in lines if locator.row_of(_read_line(n)[0]) in rows)
            yield replace(part, text=b"".join(kept))


def _in_graph(lines: bytes, graph: str) -> bytes:
    return lines.replace(b" .\n", f" <{graph}> .\n".encode())


def _divide(part: Part, judged: Judged) -> tuple[bytes, bytes]:
    """Return the lines of a part that pass, and those that belong to the dissent."""
    passed = _drop(part, judged)
    if not judged.dissent.rows:
        return passed, b""
    counts: list[bytes] = []
    held: list[bytes] = []
    for line in passed.splitlines(keepends=True):
        (held if judged.dissent.holds(*_read_line(line)) else counts).append(line)
    return b"".join(counts), b"".join(held)


def _drop(part: Part, judged: Judged) -> bytes:
    """Return the lines of a part without those about rows that stay out."""
    out = judged.out.rows
    if not out:
        return part.text
    if not part.rows:
        lines = part.text.splitlines(keepends=True)
        row_of = judged.locator.row_of
        return b"".join(n for n in lines if row_of(_read_line(n)[0]) not in out)
    if out.keys().isdisjoint(part.rows):
        return part.text
    return b"".join(part.lines_of(row) for row in part.rows if row not in out)


def _read_line(line: bytes) -> tuple[str, str]:
    """Return the subject of a line of N-Triples, and the node that is its object, or ""."""
    subject, _, rest = line.partition(b"> <")
    named = rest.partition(b"> ")[2].removesuffix(b" .\n")
    return subject[1:].decode(), named[1:-1].decode() if named.startswith(b"<") else ""
