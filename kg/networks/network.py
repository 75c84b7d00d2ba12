"""A network as the writers take it: nodes and edges one by one, with what their attributes mean.

`kg.networks`. Nodes and edges are asked for anew by each pass, so that a writer needs one at a
time in memory; what makes them decides whether it holds them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.networks.xml import find_illegal
from kg.terms import local_name

if TYPE_CHECKING:
    import networkx

__all__ = [
    "INTEGER",
    "NUMBER",
    "TEXT",
    "Attribute",
    "Edge",
    "Network",
    "Node",
    "Value",
    "find_losses",
    "name_nodes",
    "to_networkx",
]

Value = str | int | float | None
"""Value of an attribute; None and "" mean that there is none."""

TEXT, INTEGER, NUMBER = "text", "integer", "number"


class Node(NamedTuple):
    """A node: its id and its attributes by name."""

    name: str
    data: Mapping[str, Value]


class Edge(NamedTuple):
    """An edge: the ids of its two nodes, an id of its own, and its attributes by name."""

    source: str
    target: str
    key: str
    data: Mapping[str, Value]


@dataclass(frozen=True)
class Attribute:
    """One attribute of nodes or edges.

    Attributes:
        name: Its name, unique among those of nodes or of edges whatever the case: Gephi drops the
            second of two that differ in case only.
        meaning: What it says.
        kind: TEXT, INTEGER or NUMBER; one for all nodes or edges.
    """

    name: str
    meaning: str
    kind: str = TEXT


@dataclass(frozen=True)
class Network:
    """Nodes and edges in a fixed order.

    Attributes:
        name: Kind of network.
        meaning: What nodes and edges are, in one sentence.
        directed: Whether source and target of an edge are different roles.
        node_attributes: Attributes of nodes, in the order of columns; the first is "label".
        edge_attributes: Attributes of edges, in the order of columns; the first is "label".
        nodes: Yields all nodes, from the start at each call.
        edges: Yields all edges, from the start at each call, by source in the order of nodes.
    """

    name: str
    meaning: str
    directed: bool
    node_attributes: tuple[Attribute, ...]
    edge_attributes: tuple[Attribute, ...]
    nodes: Callable[[], Iterable[Node]]
    edges: Callable[[], Iterable[Edge]]


def name_nodes(iris: Sequence[str]) -> list[str]:
    """Return the name of each node: its id, or its IRI where two have the same id."""
    ids = [local_name(iri) for iri in iris]
    number = Counter(ids)
    return [i if number[i] == 1 else iri for i, iri in zip(ids, iris, strict=True)]


def find_losses(network: Network) -> Iterator[str]:
    """Yield a sentence for each value that XML can't hold as it is."""
    named = ((n.name, n.data) for n in network.nodes())
    for name, data in named:
        yield from _lost(name, data)
    for edge in network.edges():
        yield from _lost(edge.key, edge.data)


def _lost(name: str, data: Mapping[str, Value]) -> Iterator[str]:
    for attribute, value in data.items():
        if isinstance(value, str) and (number := find_illegal(value)):
            yield f"{name}, {attribute}: {number} control characters are replaced by U+FFFD."


def to_networkx(network: Network) -> networkx.MultiGraph[str]:
    """Return the network as networkx has it; the key of an edge is its id.

    A directed network is a ``MultiDiGraph``. What is empty is kept.
    """
    import networkx as nx

    graph: networkx.MultiGraph[str] = nx.MultiDiGraph() if network.directed else nx.MultiGraph()
    for node in network.nodes():
        graph.add_node(node.name, **node.data)
    for edge in network.edges():
        graph.add_edge(edge.source, edge.target, key=edge.key, **edge.data)
    return graph
