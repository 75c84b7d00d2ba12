"""Networks out: concepts, studies and settings as GraphML and as node and edge CSV.

Every attribute has one type; nothing is None or a list; node and edge order is fixed.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.query import get_query, run_query
from kg.terms import local_name

if TYPE_CHECKING:
    import networkx

__all__ = ["build_network", "write_edges", "write_graphml", "write_nodes"]


def build_network(store: Store) -> networkx.MultiDiGraph[str]:
    """Return concepts, studies and settings with the links between them.

    Nodes carry ``label`` and ``kind``; edges carry ``id``, ``relation`` and ``detail`` (polarity of
    a bearing, "" otherwise).
    """
    import networkx as nx

    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in run_query(store, get_query("export", "nodes").text).as_dicts():
        name = local_name(row["node"])
        graph.add_node(name, label=_legal(row["label"]), kind=row["kind"])
    for row in run_query(store, get_query("export", "edges").text).as_dicts():
        ends = local_name(row["from"]), local_name(row["to"])
        key = f"{ends[0]}--{row['relation'].replace(' ', '-')}--{ends[1]}--{local_name(row['through'])}"
        graph.add_edge(*ends, key=key, id=key, relation=row["relation"], detail=row["detail"])
    return graph


def _legal(text: str) -> str:
    """Return text without the control characters that XML can't hold."""
    return "".join(c if c in "\t\n" or c >= " " else "\N{REPLACEMENT CHARACTER}" for c in text)


def write_graphml(store: Store) -> bytes:
    """Return the network as GraphML."""
    import networkx as nx

    lines = nx.generate_graphml(build_network(store), named_key_ids=True)
    return ("\n".join(lines) + "\n").encode()


def write_nodes(store: Store) -> bytes:
    """Return the nodes as CSV: id, label, kind."""
    graph = build_network(store)
    return _csv(
        ("id", "label", "kind"), [(n, d["label"], d["kind"]) for n, d in graph.nodes(data=True)]
    )


def write_edges(store: Store) -> bytes:
    """Return the edges as CSV: source, target, id, relation, detail."""
    graph = build_network(store)
    rows = [(a, b, d["id"], d["relation"], d["detail"]) for a, b, d in graph.edges(data=True)]
    return _csv(("source", "target", "id", "relation", "detail"), rows)


def _csv(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *(tuple(map(_safe, row)) for row in rows)])
    return text.getvalue().encode()


def _safe(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula."""
    return "'" + value if value[:1] in "=+-@\t\r" and value else value
