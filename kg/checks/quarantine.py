"""Quarantine: from what was read and what the shapes said of it to faults and rows that stay out.

The same whoever judged, and where: everything at once, in slices, or on many machines. What was
read is looked up in the parts; of rows without a fault that stay in, only ids and places are.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from kg.checks.engine import Result
from kg.checks.judgement import duplicate_faults, judge
from kg.checks.locator import Locator
from kg.errors import Fault
from kg.schema import load_schema, ontology_triples
from kg.sources import Part, missing_tables, repeated_tables
from kg.terms import QES, RDF_TYPE, plain

__all__ = ["find_faults", "find_topics", "mark_damaged"]


def mark_damaged(locator: Locator) -> list[Fault]:
    """Return a fault for each file of a table that is given twice.

    Rows of such a file, and rows whose id is used more than once, are marked as damaged.
    """
    repeated = repeated_tables(locator.parts, locator.schema)
    shared = _find_shared_ids(locator)
    for part in locator.parts:
        part.damaged |= shared & part.rows.keys()
    return repeated


def _find_shared_ids(locator: Locator) -> set[str]:
    """Return the IRIs of rows whose id is used more than once, within or across tables."""
    return {iri for iri, places in locator.rows.items() if len(places) > 1}


def find_faults(
    results: Iterable[Result], locator: Locator, repeated: list[Fault]
) -> tuple[list[Fault], set[str]]:
    """Return all faults of files and rows, and the nodes that have an error.

    Args:
        results: What the shapes said.
        locator: Where the rows are.
        repeated: Faults of tables that are given twice.
    """
    parts = list(locator.parts)
    shared = _find_shared_ids(locator)
    # What two rows say together under one id was judged, too, but is no fault of its own.
    results = [r for r in results if locator.row_of(r.focus) not in shared]
    faults, wrong = judge(results, locator, parts)
    faults += [f for p in parts for f in p.faults]
    faults += [*missing_tables(parts, locator.schema), *repeated]
    doubtful = {p.name for p in parts if p.unreadable}
    faults += [f for f in duplicate_faults(locator) if not repeated or f.table not in doubtful]
    return faults, wrong


def find_topics(parts: Iterable[Part]) -> set[str]:
    """Return the IRIs of everything that a transfer may rest on, in ontology and rows."""
    parts = list(parts)
    schema = load_schema()
    topic = QES + "BearingTopic"
    kinds = {cls for cls, above in schema.superclasses.items() if topic in above}
    tables = {name for name, table in schema.tables.items() if table.cls in kinds}
    rows = {row for part in parts if part.name in tables for row in part.rows}
    triples = chain(ontology_triples(), *(part.triples for part in parts if not part.rows))
    return rows | {
        plain(t.subject)
        for t in triples
        if t.predicate.value == RDF_TYPE and plain(t.object) in kinds
    }
