"""What building gives: the store, what is wrong with the data, and what stays out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import Fault
from kg.sources import Review
from kg.store import Snapshot, Store

__all__ = ["Built"]


@dataclass(frozen=True)
class Built:
    """A built workspace.

    Attributes:
        store: The store, to be read only.
        review: What ``review.yaml`` says.
        faults: All faults, sorted by table, row and column.
        left_out: (table, record number) of every row that stays out, sorted; record number 0 for
            a table of which no row could be read.
        dissent: (table, record number) of every row that was adjudicated and no longer counts, and
            of the notes and quotations that belong to it, sorted.
        data_version: SHA-256 over the canonical rows.
        engine: The engine that judged: "shacl", or "pyshacl" where that can't be used.
        changed: Whether the store was built just now; False if it was there already.
        read_again: Names of the files that were read in this build; empty if nothing changed.
        cached: Whether the store is the one on disk.
        individuals: Local name → IRI of the shipped individuals that a row may refer to.
        columns: Folder of the columns beside the store; None where it is too small to need them.
        held: What keeps the store on disk from being deleted.
        places: Gives the IRI of every row → table and record number.
    """

    store: Store
    review: Review
    faults: tuple[Fault, ...]
    left_out: tuple[tuple[str, int], ...]
    data_version: str
    engine: str
    changed: bool = True
    read_again: tuple[str, ...] = ()
    cached: bool = True
    held: Snapshot | None = field(default=None, repr=False, compare=False)
    dissent: tuple[tuple[str, int], ...] = ()
    individuals: dict[str, str] = field(default_factory=dict, hash=False)
    columns: Path | None = field(default=None, compare=False)
    places: Callable[[], dict[str, list[Any]]] = field(default=dict, repr=False, compare=False)

    @cached_property
    def rows(self) -> dict[str, tuple[str, int]]:
        """Return IRI of every row → (table, record number); seldom needed, and long."""
        return {iri: (table, number) for iri, (table, number) in self.places().items()}
