"""Networks: of concepts, of translations, of persons; their statistics, and the files they go into.

Above queries and checks, beside synthesis and appraisal. A kind of network is one module that finds
nodes and edges; a form is one module that writes any network, piece by piece.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kg.networks.concepts import find_concepts
from kg.networks.cooccurrence import find_co_occurrence, find_occurrences
from kg.networks.gexf import write_gexf
from kg.networks.graphml import write_graphml
from kg.networks.measure import with_measures
from kg.networks.membership import find_membership
from kg.networks.network import Attribute, Edge, Network, Node, find_losses, to_networkx
from kg.networks.personal import (
    MEASURES,
    PersonalNetworks,
    count_untied,
    find_statistics,
    hide_ties,
    list_counts,
    read_personal_networks,
)
from kg.networks.table import write_edge_table, write_node_table, write_table
from kg.networks.translations import find_translations
from kg.store import Store

__all__ = [
    "KINDS",
    "MEASURES",
    "Attribute",
    "Edge",
    "Network",
    "Node",
    "PersonalNetworks",
    "count_untied",
    "find_co_occurrence",
    "find_concepts",
    "find_losses",
    "find_membership",
    "find_occurrences",
    "find_statistics",
    "hide_ties",
    "list_counts",
    "read_personal_networks",
    "to_networkx",
    "with_measures",
    "write_edge_table",
    "write_gexf",
    "write_graphml",
    "write_node_table",
    "write_table",
]


class Finder(Protocol):
    """What finds a network in a built store, or in the columns that a large one has beside it."""

    def __call__(self, store: Store, columns: Path | None = None) -> Network:
        """Return the network."""


KINDS: dict[str, Finder] = {
    "co-occurrence": find_co_occurrence,
    "concepts": lambda store, columns=None: find_concepts(store),
    "personal": lambda store, columns=None: find_membership(read_personal_networks(store)),
    "translations": lambda store, columns=None: find_translations(store),
}
"""Kind of network → what finds it."""
