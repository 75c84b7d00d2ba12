"""Networks out: concepts, studies and settings as GraphML and as node and edge CSV.

Every attribute is a text, "" where there is nothing; the order of nodes and edges is fixed.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.exports.xml import find_illegal, finish_xml, replace_illegal
from kg.query import get_query, run_query
from kg.store import Store
from kg.terms import local_name

if TYPE_CHECKING:
    import networkx

__all__ = ["build_network", "find_network_losses", "write_edges", "write_graphml", "write_nodes"]

_NODE = ("label", "kind", "detail", "iri")
_EDGE = ("label", "polarity", "sense", "through")


def build_network(store: Store) -> networkx.MultiDiGraph[str]:
    """Return concepts, studies and settings with the links between them.

    A node is named by its id, or by its IRI where two have the same id. Nodes carry ``label``,
    ``kind``, ``detail`` (role of a study, kind of a setting) and ``iri``; edges have an id as their
    key and carry ``label`` (the relation), ``polarity`` and ``sense`` (of a bearing), and
    ``through`` (the bearing, or the study itself).
    """
    import networkx as nx

    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes = run_query(store, get_query("export", "nodes").text).as_dicts()
    ids = Counter(local_name(row["node"]) for row in nodes)
    names = {
        iri: iri if ids[local_name(iri)] > 1 else local_name(iri)
        for iri in (row["node"] for row in nodes)
    }
    for row in nodes:
        name = names[row["node"]]
        label = row["label"] or name
        graph.add_node(name, label=label, kind=row["kind"], detail=row["detail"], iri=row["node"])
    for row in run_query(store, get_query("export", "edges").text).as_dicts():
        source, target = names[row["source"]], names[row["target"]]
        through = local_name(row["through"])
        graph.add_edge(
            source,
            target,
            key=f"{source}--{row['relation'].replace(' ', '-')}--{target}--{through}",
            label=row["relation"],
            polarity=row["polarity"],
            sense=row["meant"],
            through=through,
        )
    return graph


def write_graphml(store: Store) -> bytes:
    """Return the network as GraphML.

    Caution: XML can't hold control characters; see :func:`find_network_losses`.
    """
    import networkx as nx

    graph = build_network(store)
    losses = find_network_losses(graph)
    for data in (d for _, d in graph.nodes(data=True)):
        _make_legal(data)
    for data in (d for _, _, d in graph.edges(data=True)):
        _make_legal(data)
    content = io.BytesIO()
    # Not nx.write_graphml, which writes other bytes where lxml is installed.
    nx.write_graphml_xml(graph, content)
    return finish_xml(content.getvalue(), losses)


def _make_legal(data: dict[str, str]) -> None:
    """Replace what XML can't hold, and drop what is empty: readers take it for absent anyway."""
    for name, value in list(data.items()):
        data[name] = replace_illegal(value)
        if not value:
            del data[name]


def find_network_losses(graph: networkx.MultiDiGraph[str]) -> tuple[str, ...]:
    """Return a sentence for each value that GraphML can't hold as it is."""
    named: list[tuple[str, dict[str, str]]] = [(n, d) for n, d in graph.nodes(data=True)]
    named += [(key, data) for _, _, key, data in graph.edges(keys=True, data=True)]
    return tuple(
        f"{name}, {attribute}: {find_illegal(value)} control characters are replaced by U+FFFD."
        for name, data in named
        for attribute, value in data.items()
        if find_illegal(value)
    )


def write_nodes(store: Store) -> bytes:
    """Return the nodes as CSV: id, label, kind, detail, iri."""
    nodes = build_network(store).nodes(data=True)
    return _csv(("id", *_NODE), ((name, *(data[a] for a in _NODE)) for name, data in nodes))


def write_edges(store: Store) -> bytes:
    """Return the edges as CSV: source, target, id, label, polarity, sense, through."""
    edges = build_network(store).edges(keys=True, data=True)
    return _csv(
        ("source", "target", "id", *_EDGE),
        ((source, target, key, *(data[a] for a in _EDGE)) for source, target, key, data in edges),
    )


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *(tuple(map(_safe, row)) for row in rows)])
    return text.getvalue().encode()


def _safe(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula.

    An apostrophe stands before it; before a value that has apostrophes there already as well, so
    that taking one away always gives the value back.
    """
    return "'" + value if re.match(r"'*[=+\-@\t\r]", value) else value
