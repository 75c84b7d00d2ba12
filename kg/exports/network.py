"""The network of concepts, studies and settings among the exports: GraphML, node and edge CSV.

It is found and written in `kg.networks`, as every network is; here it stands for `kg export`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kg.networks import (
    find_concepts,
    to_networkx,
    write_edge_table,
    write_node_table,
)
from kg.networks import write_graphml as write_pieces
from kg.store import Store

if TYPE_CHECKING:
    import networkx

__all__ = [
    "build_network",
    "write_edges",
    "write_graphml",
    "write_nodes",
]


def build_network(store: Store) -> networkx.MultiDiGraph[str]:
    """Return the network as networkx has it; the key of an edge is its id."""
    return cast("networkx.MultiDiGraph[str]", to_networkx(find_concepts(store)))


def write_graphml(store: Store) -> bytes:
    """Return the network as GraphML, in the bytes that networkx writes.

    Caution: XML can't hold control characters; see `kg.networks.find_losses`.
    """
    return "".join(write_pieces(find_concepts(store))).encode()


def write_nodes(store: Store) -> bytes:
    """Return the nodes as CSV: id, label, kind, detail, iri."""
    return "".join(write_node_table(find_concepts(store))).encode()


def write_edges(store: Store) -> bytes:
    """Return the edges as CSV: source, target, id, label, polarity, sense, through."""
    return "".join(write_edge_table(find_concepts(store))).encode()
