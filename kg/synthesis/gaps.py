"""The gap map, and what else is counted over all evidence: facets, and what rests on one study.

Absence, disagreement and silence are kept apart. Where the store has columns beside it, they are
counted in; the answer is the same.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.query import Rows
from kg.store import Store

__all__ = ["find_facets", "find_gaps", "find_reliance"]


def find_gaps(store: Store, columns: Path | None = None) -> Rows:
    """Return one row per (concept, kind of setting) with its cell, sorted by both.

    The cell is supported, contradicted (bearings disagree), refuted, reported absent, no effect
    seen, or silent (no bearing of a study that may count).

    Args:
        store: A built store.
        columns: Folder of the columns of this store, if it has any.
    """
    from kg.columns import find_measure

    return find_measure(store, "why", "gaps", columns)


def find_facets(store: Store, columns: Path | None = None) -> Rows:
    """Return one row per (facet, value) with its studies and findings, the most frequent first."""
    from kg.columns import find_measure

    return find_measure(store, "why", "facets", columns)


def find_reliance(store: Store, base: str, columns: Path | None = None) -> Rows:
    """Return how many claims rest on each study or review statement, and how many on it alone.

    Studies come first, and of these those on which most rests.
    """
    from kg.columns import find_id, find_measure

    found = find_measure(store, "why", "reliance", columns)
    rows = [(kind, find_id(name, base), claims, alone) for kind, name, claims, alone in found.rows]
    rows.sort(key=lambda r: (r[0] != "study", -int(r[3]), -int(r[2]), r[1]))
    return replace(found, rows=tuple(rows), terms=())
