"""Where each line goes: what passed into the default graph, and everything into its own.

The graph of a file says where a triple came from, also if its row stays out; what was adjudicated
goes into the graph of the dissent. Lines are cut and joined as they were written, never parsed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from kg.checks.dissent import Dissent
from kg.checks.judgement import LeftOut
from kg.checks.locator import Locator
from kg.sources import Part, write_lines
from kg.terms import DISSENT_GRAPH, LEFT_OUT_GRAPH, file_graph

__all__ = ["cut_parts", "in_graph", "keep_lines", "pass_lines", "place_lines", "sort_lines"]


def place_lines(
    parts: Iterable[Part], out: LeftOut, dissent: Dissent, locator: Locator, base: str
) -> Iterator[bytes]:
    """Yield what the parts assert as N-Quads, one part after the other.

    Args:
        parts: What was read.
        out: The rows that stay out of the default graph.
        dissent: The rows that no longer count.
        locator: Where the rows are.
        base: Base IRI of the workspace.
    """
    parts = list(parts)
    yield from pass_lines(parts, out, dissent, locator, base)
    yield from keep_lines(parts, out, dissent, locator, base)


def pass_lines(
    parts: Iterable[Part], out: LeftOut, dissent: Dissent, locator: Locator, base: str
) -> Iterator[bytes]:
    """Yield of :func:`place_lines` what rules, stages and check queries look at.

    That is the default graph, what stays out, and the graphs of files beside the tables.
    """
    for part in parts:
        yield sort_lines(part, out, dissent, locator)[0]
        if not part.rows:
            yield in_graph(part.text, file_graph(base, part.name))
    yield in_graph(write_lines(out.triples()), LEFT_OUT_GRAPH)


def keep_lines(
    parts: Iterable[Part], out: LeftOut, dissent: Dissent, locator: Locator, base: str
) -> Iterator[bytes]:
    """Yield the rest of :func:`place_lines`: the graphs of tables, and the dissent."""
    for part in parts:
        if part.rows:
            yield in_graph(part.text, file_graph(base, part.name))
        if dissent.rows:
            yield in_graph(sort_lines(part, out, dissent, locator)[1], DISSENT_GRAPH)


def cut_parts(locator: Locator, rows: Collection[str]) -> Iterator[Part]:
    """Yield the parts with the lines of some rows only, files beside the tables included."""
    for part in locator.parts:
        if part.rows:
            yield part.cut(rows)
        elif part.text:
            lines = part.text.splitlines(keepends=True)
            kept = (n for n in lines if locator.row_of(_read_line(n)[0]) in rows)
            yield replace(part, text=b"".join(kept))


def sort_lines(part: Part, out: LeftOut, dissent: Dissent, locator: Locator) -> tuple[bytes, bytes]:
    """Return the lines of a part that count, and those that belong to the dissent.

    Lines about rows that stay out are in neither.
    """
    passed = _drop(part, out, locator)
    return _part(passed, dissent) if dissent.rows else (passed, b"")


def in_graph(lines: bytes, graph: str) -> bytes:
    """Return N-Triples as N-Quads of a graph."""
    return lines.replace(b" .\n", f" <{graph}> .\n".encode())


def _drop(part: Part, out: LeftOut, locator: Locator) -> bytes:
    """Return the lines of a part without those about rows that stay out."""
    if not out.rows:
        return part.text
    if not part.rows:
        lines = part.text.splitlines(keepends=True)
        return b"".join(n for n in lines if locator.row_of(_read_line(n)[0]) not in out.rows)
    if out.rows.keys().isdisjoint(part.rows):
        return part.text
    return b"".join(part.lines_of(row) for row in part.rows if row not in out.rows)


def _part(lines: bytes, dissent: Dissent) -> tuple[bytes, bytes]:
    """Return the lines that count, and those that belong to the dissent."""
    counts: list[bytes] = []
    held: list[bytes] = []
    for line in lines.splitlines(keepends=True):
        (held if dissent.holds(*_read_line(line)) else counts).append(line)
    return b"".join(counts), b"".join(held)


def _read_line(line: bytes) -> tuple[str, str]:
    """Return the subject of a line of N-Triples, and the node that is its object, or ""."""
    subject, _, rest = line.partition(b"> <")
    named = rest.partition(b"> ")[2].removesuffix(b" .\n")
    return subject[1:].decode(), named[1:-1].decode() if named.startswith(b"<") else ""
