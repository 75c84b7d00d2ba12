"""The gap map: concept × kind of setting, with absence, disagreement and silence kept apart."""

from __future__ import annotations

from kg.query import Rows, get_query, run_query
from kg.store import Store

__all__ = ["find_gaps"]


def find_gaps(store: Store) -> Rows:
    """Return one row per (concept, kind of setting) with its cell, sorted by both.

    The cell is supported, contradicted (bearings disagree), refuted, reported absent, no effect
    seen, or silent (no bearing of a study that may count).
    """
    return run_query(store, get_query("why", "gaps").text)
