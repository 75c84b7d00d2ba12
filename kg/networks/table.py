"""Nodes and edges as CSV, with the headers that Gephi, Cytoscape and igraph look for.

`kg.networks`. A value that a spreadsheet would take for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from kg.networks.network import Network, Value

__all__ = ["write_edge_table", "write_node_table", "write_table"]

_BATCH = 1000
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write_node_table(network: Network) -> Iterator[str]:
    """Yield the nodes as CSV: id, then the attributes of nodes; empty where there is nothing."""
    names = [a.name for a in network.node_attributes]
    rows = ((n.name, *(n.data.get(a) for a in names)) for n in network.nodes())
    yield from write_table(("id", *names), rows)


def write_edge_table(network: Network) -> Iterator[str]:
    """Yield the edges as CSV: source, target, id, then the attributes of edges.

    In an undirected network "type" says so after the target: Gephi takes every edge for directed
    that says nothing.
    """
    names = [a.name for a in network.edge_attributes]
    way = () if network.directed else ("undirected",)
    header = ("source", "target", *(("type",) if way else ()), "id", *names)
    rows = (
        (e.source, e.target, *way, e.key, *(e.data.get(a) for a in names)) for e in network.edges()
    )
    yield from write_table(header, rows)


def write_table(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield a table as CSV, some rows at a time; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow(list(map(_safe, row)))
        if number % _BATCH == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _safe(value: Value) -> Value:
    """Return a value that no spreadsheet takes for a formula.

    An apostrophe stands before it; before a value that has apostrophes there already as well, so
    that taking one away always gives the value back.
    """
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value
