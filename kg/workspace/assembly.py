"""Assembly: all parts judged together, and everything put where it belongs.

Read together, judged together; what has faults is left out, the rest is inferred from and carried,
and the result is judged again. Loaded only when something is built: a workspace that stands in the
cache needs neither engines nor rules.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from itertools import chain

from kg.checks import (
    Locator,
    check_store,
    duplicate_faults,
    find_dissent,
    judge,
    leave_out,
    validate,
)
from kg.reasoning import infer
from kg.schema import load_schema, ontology_triples
from kg.sources import (
    Part,
    Review,
    find_kinds,
    missing_tables,
    name_kinds,
    repeated_tables,
    with_kinds,
    write_lines,
)
from kg.store import DefaultGraph, NamedNode, Quad, Store, Triple, load_quads
from kg.synthesis import carry
from kg.terms import ONTOLOGY_GRAPH, QES, RDF_TYPE, plain
from kg.workspace.built import Built
from kg.workspace.placing import place_lines

__all__ = ["assemble"]


def assemble(parts: list[Part], review: Review, engine: str) -> Built:
    """Judge the parts and put everything where it belongs, in a store in memory."""
    schema = with_kinds(load_schema(), find_kinds(parts, load_schema()))
    parts = name_kinds(parts, schema)
    repeated = repeated_tables(parts, schema)
    locator = Locator(parts, schema)
    shared = _doubt_shared_ids(parts, locator)
    results, used = validate(b"".join([write_lines(_ontology()), *(p.text for p in parts)]), engine)
    # What two rows say together under one id was judged, too, but is no fault of its own.
    results = [r for r in results if locator.row_of(r.focus) not in shared]
    faults, wrong = judge(results, locator, parts)
    faults += [f for p in parts for f in p.faults]
    faults += [*missing_tables(parts, schema), *repeated]
    doubtful = {p.name for p in parts if p.unreadable}
    faults += [f for f in duplicate_faults(locator) if not repeated or f.table not in doubtful]
    out = leave_out(wrong, parts, locator, _topics(parts))
    dissent = find_dissent(parts, out, locator)
    store = Store()
    # Not as text: the blank nodes of the ontology would get other names every time.
    for graph in (DefaultGraph(), NamedNode(ONTOLOGY_GRAPH)):
        store.bulk_extend(Quad(t.subject, t.predicate, t.object, graph) for t in _ontology())
    load_quads(store, place_lines(parts, out, dissent, locator, review.base))
    infer(store)
    rows = "\n".join(sorted(p.canonical for p in parts if p.canonical))
    version = sha256(rows.encode()).hexdigest()
    carry(store, version)
    faults += check_store(store, locator)
    store.optimize()
    return Built(
        store=store,
        review=review,
        faults=tuple(sorted(set(faults))),
        left_out=tuple(
            sorted({p for r, at in out.rows.items() for p in locator.rows.get(r, [at])})
        ),
        data_version=version,
        engine=used,
        rows={iri: places[0] for iri, places in sorted(locator.rows.items())},
        dissent=tuple(sorted(p for r in dissent.rows for p in locator.rows.get(r, []))),
        individuals=schema.individuals,
    )


@cache
def _ontology() -> tuple[Triple, ...]:
    return ontology_triples()


def _doubt_shared_ids(parts: list[Part], locator: Locator) -> set[str]:
    """Return the IRIs of rows whose id is used more than once, within or across tables."""
    shared = {iri for iri, places in locator.rows.items() if len(places) > 1}
    for part in parts:
        part.damaged |= shared & part.rows.keys()
    return shared


def _topics(parts: list[Part]) -> set[str]:
    """Return the IRIs of everything that a transfer may rest on, in ontology and rows."""
    schema = load_schema()
    topic = QES + "BearingTopic"
    kinds = {cls for cls, above in schema.superclasses.items() if topic in above}
    tables = {name for name, table in schema.tables.items() if table.cls in kinds}
    rows = {row for part in parts if part.name in tables for row in part.rows}
    triples = chain(_ontology(), *(part.triples for part in parts if not part.rows))
    return rows | {
        plain(t.subject)
        for t in triples
        if t.predicate.value == RDF_TYPE and plain(t.object) in kinds
    }
