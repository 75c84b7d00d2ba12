"""The closure over data: a short ordered list of INSERT rules.

Each rule writes what it entails into the default graph, where queries find it, and into the graph
``entailed``, which says where it came from.
"""

from __future__ import annotations

from kg.query import list_queries, run_update
from kg.store import Store

__all__ = ["infer"]


def infer(store: Store) -> None:
    """Run the shipped rules, in the order of their names, on a store."""
    for rule in list_queries("rules"):
        run_update(store, rule.text)
