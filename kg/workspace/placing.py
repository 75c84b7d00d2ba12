"""Where each line goes: what passed into the default graph, and everything into its own.

The graph of a file says where a triple came from, also if its row stays out; what was adjudicated
goes into the graph of the dissent. Lines are cut and joined as they were written, never parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.checks import Dissent, LeftOut, Locator
from kg.sources import Part, write_lines
from kg.terms import DISSENT_GRAPH, LEFT_OUT_GRAPH, file_graph

__all__ = ["place_lines"]


def place_lines(
    parts: Iterable[Part],
    out: LeftOut,
    dissent: Dissent,
    locator: Locator,
    base: str,
) -> Iterator[bytes]:
    """Yield what the parts assert as N-Quads, one part after the other.

    Args:
        parts: What was read.
        out: The rows that stay out of the default graph.
        dissent: The rows that no longer count.
        locator: Where the rows are.
        base: Base IRI of the workspace.
    """
    for part in parts:
        yield _in_graph(part.text, file_graph(base, part.name))
        passed = _drop(part, out, locator)
        if dissent.rows:
            counts, held = _part(passed, dissent)
            yield counts
            yield _in_graph(held, DISSENT_GRAPH)
        else:
            yield passed
    yield _in_graph(write_lines(out.triples()), LEFT_OUT_GRAPH)


def _in_graph(lines: bytes, graph: str) -> bytes:
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
