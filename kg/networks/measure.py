"""Betweenness and communities of one network.

`kg.networks`. networkx for small networks, rustworkx for large ones: both count betweenness in the
same way. rustworkx finds no communities, so networkx does that for networks of any size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec

from kg.errors import UsageError
from kg.networks.network import INTEGER, NUMBER, Attribute, Network, Node

__all__ = ["MOST_EDGES", "find_betweenness", "find_communities", "read_pairs", "with_measures"]

MOST_EDGES = 100_000
"""Above so many edges betweenness needs rustworkx."""

_FEW_EDGES = 10_000
_DIGITS = 12  # both engines agree so far, and files are the same bytes with either
_SEED = 1
_MEASURES = (
    Attribute("degree", "other nodes that it has an edge with", INTEGER),
    Attribute("betweenness", "share of shortest paths between other nodes that lead through it",
              NUMBER),
    Attribute("community", "number of its community, 1 is the largest", INTEGER),
)  # fmt: skip

Pairs = list[tuple[int, int]]


def with_measures(network: Network) -> Network:
    """Return the network with degree, betweenness and community of each node.

    Direction and weight of edges are left aside, several edges between two nodes are one, and a
    loop is none.

    Raises:
        UsageError: It has more than ``MOST_EDGES`` edges, and rustworkx is not installed.
    """
    number, pairs = read_pairs(network)
    degree = [0] * number
    for one, other in pairs:
        degree[one] += 1
        degree[other] += 1
    between = find_betweenness(number, pairs)
    community = find_communities(number, pairs)

    def nodes() -> Iterator[Node]:
        for node, *values in zip(network.nodes(), degree, between, community, strict=True):
            found = dict(zip((m.name for m in _MEASURES), values, strict=True))
            yield Node(node.name, {**node.data, **found})

    return replace(network, node_attributes=(*network.node_attributes, *_MEASURES), nodes=nodes)


def read_pairs(network: Network) -> tuple[int, Pairs]:
    """Return the number of nodes, and the pairs of places of nodes that an edge joins, sorted."""
    places = {node.name: place for place, node in enumerate(network.nodes())}
    found = {tuple(sorted((places[e.source], places[e.target]))) for e in network.edges()}
    return len(places), sorted((a, b) for a, b in found if a != b)


def find_betweenness(number: int, pairs: Pairs, engine: str = "") -> list[float]:
    """Return the betweenness of each node, to 12 digits: 0 for all if there are fewer than three.

    It is divided by the number of pairs of other nodes, so that it lies between 0 and 1.

    Args:
        number: Number of nodes.
        pairs: Pairs of places of nodes, each once.
        engine: "networkx" or "rustworkx"; "" for the one that suits the size.

    Raises:
        UsageError: There are more than ``MOST_EDGES`` pairs, and rustworkx is not installed.

    Source: Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical
        Sociology 25 (2001) 163-177.
    """
    if (engine or _find_engine(len(pairs))) == "rustworkx":
        import rustworkx as rx

        graph: rx.PyGraph[int, None] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from(range(number))
        graph.add_edges_from_no_data(pairs)
        # In one thread: sums that several threads make differ in their last digits.
        found = dict(rx.graph_betweenness_centrality(graph, parallel_threshold=number + 1))
    else:
        import networkx as nx

        known: nx.Graph[int] = nx.Graph()
        known.add_nodes_from(range(number))
        known.add_edges_from(pairs)
        found = nx.betweenness_centrality(known)
    return [round(found[node], _DIGITS) for node in range(number)]


def _find_engine(edges: int) -> str:
    if edges <= _FEW_EDGES:
        return "networkx"
    if find_spec("rustworkx"):
        return "rustworkx"
    if edges <= MOST_EDGES:
        return "networkx"
    raise UsageError(
        f"Betweenness of {edges} edges would take hours with networkx. Type "
        "pip install 'collective-efficacy-kg[networks]', or leave out --measures."
    )


def find_communities(number: int, pairs: Pairs) -> list[int]:
    """Return the number of the community of each node; 1 is the largest, then by first node.

    Louvain's method with a fixed start: the same network has the same communities on every
    machine, but another start may find others. A node without an edge is a community of its own.

    Source: Blondel et al., Fast unfolding of communities in large networks, Journal of Statistical
        Mechanics (2008) P10008.
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(number))
    graph.add_edges_from(pairs)
    found = nx.community.louvain_communities(graph, seed=_SEED) if pairs else [
        {node} for node in range(number)
    ]  # fmt: skip
    numbers = [0] * number
    for place, members in enumerate(sorted(found, key=lambda c: (-len(c), min(c))), start=1):
        for node in members:
            numbers[node] = place
    return numbers
