"""Assembly: everything put where it belongs.

What has faults is left out, the rest is inferred from and carried, and the result is judged again.
Loaded only when something is built: a workspace that stands in the cache needs neither engines nor
rules.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from kg.checks import Violation, check_store, describe_violations
from kg.reasoning import infer
from kg.schema import ontology_triples
from kg.store import DefaultGraph, NamedNode, Quad, Store, load_quads
from kg.synthesis import carry
from kg.terms import ONTOLOGY_GRAPH
from kg.workspace.judged import Judged

__all__ = ["assemble", "describe", "find_version"]


def assemble(store: Store, judged: Judged, base: str) -> list[Violation]:
    """Put all that rules look at into an empty store, infer and carry, and return what is wrong.

    What :meth:`Judged.place_rest` gives belongs there, too, but only whoever wants to
    know where something came from looks at it.

    Args:
        store: Store in memory.
        judged: What was read, and what stays out.
        base: Base IRI of the workspace.
    """
    # Not as text: the blank nodes of the ontology would get other names every time.
    for graph in (DefaultGraph(), NamedNode(ONTOLOGY_GRAPH)):
        quads = (Quad(t.subject, t.predicate, t.object, graph) for t in ontology_triples())
        store.bulk_extend(quads)
    load_quads(store, judged.place_passing(base))
    infer(store)
    carry(store, find_version(judged))
    return sorted(check_store(store))


def find_version(judged: Judged) -> str:
    """Return the hash of the truth: of the canonical rows."""
    rows = "\n".join(sorted(p.canonical for p in judged.locator.parts if p.canonical))
    return sha256(rows.encode()).hexdigest()


def describe(judged: Judged, violations: list[Violation]) -> dict[str, Any]:
    """Return all that is said about what was built, as it is kept beside the store."""
    locator = judged.locator
    faults = {*judged.faults, *describe_violations(violations, locator)}
    return {
        "faults": [fault.as_dict() for fault in sorted(faults)],
        "left_out": judged.out.find_places(locator),
        "data_version": find_version(judged),
        "engine": judged.engine,
        "dissent": sorted(p for row in judged.dissent.rows for p in locator.rows.get(row, [])),
        "individuals": locator.schema.individuals,
        "later": {iri: places[0] for iri, places in sorted(locator.rows.items())},
    }
