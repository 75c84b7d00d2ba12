"""Stores on other machines: SPARQL 1.1 Protocol and Graph Store HTTP Protocol.

On the line of files out and in: what is pushed comes from above, and what is answered goes there.
Nothing here is loaded unless somebody names an address, and nothing here runs because data say so.
"""

from __future__ import annotations

from kg.remote.address import Address, read_address
from kg.remote.endpoint import ask_endpoint, count_graphs
from kg.remote.graph_store import DEFAULT, delete_graph, put_graph
from kg.remote.manifest import (
    MANIFEST_GRAPH,
    MANIFEST_QUERY,
    Entry,
    Manifest,
    read_manifest,
    write_manifest,
)
from kg.remote.plan import Step, find_strangers, make_plan

__all__ = [
    "DEFAULT",
    "MANIFEST_GRAPH",
    "MANIFEST_QUERY",
    "Address",
    "Entry",
    "Manifest",
    "Step",
    "ask_endpoint",
    "count_graphs",
    "delete_graph",
    "find_strangers",
    "make_plan",
    "put_graph",
    "read_address",
    "read_manifest",
    "write_manifest",
]
