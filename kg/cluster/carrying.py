"""Carrying: facts batch by batch, statuses and claims once, over all of them.

`kg.cluster`. A batch holds all that its studies' facts are found in: its evidence, the settings,
populations and reports that this names, and what all batches share (targets, concepts, statements,
requirements, decisions). No fact joins two studies: :mod:`kg.cluster.pack` keeps studies of one
sample together, and the places of findings are names for what stands in them, so that one batch
finds the same of a place as another. So the facts of all are the union of the facts of each.

Not in a batch: whether a substitution stands in, statuses, scope, counts and sentences, for they
look at all facts of a transfer. Near misses look at one finding and its place; they are listed in
the batch, because there are more of them than of everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from zlib import compress, decompress

from kg.checks import (
    Dissent,
    LeftOut,
    Locator,
    check_store,
    describe_violations,
    in_graph,
    sort_lines,
)
from kg.cluster.dataset import Dataset, Shared, group
from kg.cluster.judging import Judgement, Runner
from kg.cluster.pack import LOOKED_UP
from kg.cluster.reading import (
    TEXTS,
    is_read,
    keep_read,
    list_claim_names,
    list_fact_names,
    list_near_miss_stages,
)
from kg.errors import Fault
from kg.query import get_query, run_update
from kg.reasoning import infer
from kg.schema import Schema, load_schema, ontology_triples
from kg.sources import Part, write_lines
from kg.store import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, load_quads, serialize
from kg.synthesis import Removal, Transfer, read_transfers
from kg.synthesis.carry import infer_claims, infer_facts, read_near_misses
from kg.synthesis.robustness import find_removals
from kg.terms import LEFT_OUT_GRAPH, QES, RDF_TYPE, WORKING_GRAPH, file_graph, plain

__all__ = [
    "Facts",
    "Passing",
    "carry_dataset",
    "check_claims",
    "find_claims",
    "find_passing",
    "leave_one_out",
    "open_store",
]

Near = tuple[str, str, str]
_TOGETHER = 4  # batches in a task: all transfers are set up anew in each, which takes half a second


@dataclass(frozen=True)
class Passing:
    """What a process needs to know which rows of a batch count, and what they stand beside.

    Attributes:
        dataset: The dataset.
        schema: The schema, with the workspace's own kinds.
        common: What all batches share, as far as facts are found in it.
        out: The rows that stay out.
        dissent: IRIs of the rows that no longer count.
        whole: Rows of which every line is wanted, because a side file takes them for a claim.
        known: What follows from the shared data alone, as N-Quads; it is not told again.
    """

    dataset: Dataset
    schema: Schema
    common: list[Part]
    out: LeftOut
    dissent: frozenset[str]
    whole: frozenset[str] = frozenset()
    known: frozenset[bytes] = frozenset()


@dataclass(frozen=True)
class Facts:
    """All facts, in one store, before a status is decided.

    Attributes:
        store: Ontology, shared data and what is read of the evidence; facts in the working graph.
        near: (transfer, label, finding) of the near misses, sorted.
    """

    store: Store
    near: list[Near]


def open_store(parts: Iterable[Part], passing: Passing) -> Store:
    """Return a store with the ontology, and what counts of some parts and of the shared data."""
    store = Store()
    store.bulk_extend(_list_ontology())
    load_quads(store, _find_counting([*passing.common, *parts], passing))
    infer(store)
    return store


@cache
def _list_ontology() -> tuple[Quad, ...]:
    return tuple(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in ontology_triples())


def _find_counting(parts: list[Part], passing: Passing) -> Iterator[bytes]:
    locator = Locator(parts, passing.schema)
    dissent = Dissent(passing.dissent, locator)
    for part in parts:
        yield sort_lines(part, passing.out, dissent, locator)[0]


def find_passing(dataset: Dataset, shared: Shared, judgement: Judgement) -> Passing:
    """Return what every process needs to find facts."""
    names = list_fact_names()
    beside = [part for part in shared.common if not part.rows]
    said = {name for part in beside for t in part.triples for name in _list_above(t)}
    whole = {
        plain(t.subject)
        for part in shared.index
        for t in (() if part.rows else part.triples)
        if t.predicate.value == RDF_TYPE
        and plain(t.object) in (QES + "Transfer", QES + "PreconditionState")
    }
    return Passing(
        dataset,
        judgement.schema,
        [keep_read(part, names, said) if _is_cut(part) else part for part in shared.common],
        judgement.out,
        judgement.dissent.rows,
        frozenset(whole),
    )


def _list_above(triple: Triple) -> Iterator[str]:
    """Yield the subject of a triple, and all rows that it may be a child of."""
    name = plain(triple.subject)
    while name:
        yield name
        name = name.rpartition("/")[0]


def _is_cut(part: Part) -> bool:
    """Return whether a part is cut down; side files and kinds are needed whole."""
    table = load_schema().tables.get(part.name)
    return bool(part.rows) and not (table and table.kind_of)


def carry_dataset(dataset: Dataset, shared: Shared, judgement: Judgement, runner: Runner) -> Facts:
    """Return all facts, and the near misses.

    Args:
        dataset: The dataset.
        shared: What its batches share.
        judgement: What stays out of it.
        runner: What runs a function on batches.
    """
    passing = find_passing(dataset, shared, judgement)
    left_out = in_graph(write_lines(judgement.out.triples()), LEFT_OUT_GRAPH)
    store = open_store((), passing)
    load_quads(store, [left_out])
    alone, near = _find_facts(store, frozenset())
    known = frozenset(alone.splitlines(keepends=True))
    found = runner.run(
        _find_facts_in,
        replace(passing, known=known),
        group(dataset.studied, _TOGETHER),
        "finding facts",
    )
    store = open_store((), replace(passing, common=shared.common))
    load_quads(store, chain([alone, left_out], (decompress(text) for text, _ in found)))
    # In a batch nothing is known of what stays out elsewhere; which claims that puts in doubt is
    # found over all of them.
    run_update(store, get_query("carry", "13-left-out").text)
    return Facts(store, sorted({*near, *(row for _, rows in found for row in rows)}))


def _find_facts_in(passing: Passing, numbers: tuple[int, ...]) -> tuple[bytes, list[Near]]:
    parts: list[Part] = []
    for batch in map(passing.dataset.read_batch, numbers):
        named = (part for part in batch.others if part.name in LOOKED_UP)
        parts += [*batch.evidence, *named, *batch.near]
    store = open_store(parts, passing)
    lines, near = _find_facts(store, passing.whole)
    new = (line for line in lines.splitlines(keepends=True) if line not in passing.known)
    return compress(b"".join(new), 1), near


def _find_facts(store: Store, whole: frozenset[str]) -> tuple[bytes, list[Near]]:
    """Return the facts of a store with what claims read of its evidence, and the near misses."""
    infer_facts(store)
    working = store.quads_for_pattern(None, None, None, NamedNode(WORKING_GRAPH))
    lines = serialize([*_find_read(store, whole), *working], format=RdfFormat.N_QUADS) or b""
    for stage in list_near_miss_stages():
        run_update(store, stage.text)
    return lines, read_near_misses(store)


def _find_read(store: Store, whole: frozenset[str]) -> Iterator[Quad]:
    """Yield the quads at which statuses and claims look."""
    names = list_claim_names()
    typed = {
        quad.subject
        for name in names
        for quad in store.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(name))
    }
    for name in sorted(names):
        for quad in store.quads_for_pattern(None, NamedNode(name), None, DefaultGraph()):
            if name in TEXTS and quad.subject not in typed:
                continue
            if name != RDF_TYPE or is_read(name, plain(quad.object), names):
                yield quad
    for node in sorted(whole):
        yield from store.quads_for_pattern(NamedNode(node), None, None, DefaultGraph())


def find_claims(
    facts: Facts, shared: Shared, base: str, *, evidence: bool = False
) -> list[Transfer]:
    """Return every transfer, those without basis included, sorted by target and id.

    Args:
        facts: All facts; claims are written into their store, and the facts taken away.
        shared: What the batches share.
        base: Base IRI of the workspace.
        evidence: Whether the evidence from elsewhere is written with each claim.
    """
    for part in shared.index:  # what a side file takes for a claim is told as one
        if part.text:
            load_quads(facts.store, [in_graph(part.text, file_graph(base, part.name))])
    infer_claims(facts.store)
    if evidence:
        run_update(facts.store, get_query("carry", "50-evidence").text)
    facts.store.remove_graph(NamedNode(WORKING_GRAPH))
    return read_transfers(facts.store, facts.near)


def check_claims(facts: Facts, judgement: Judgement) -> list[Fault]:
    """Return all faults: those of files and rows, and those that the check queries find.

    Args:
        facts: All facts, claims written with their evidence.
        judgement: What was wrong before.
    """
    found = describe_violations(check_store(facts.store), judgement.locator)
    return sorted({*judgement.faults, *found})


def leave_one_out(facts: Facts) -> list[Removal]:
    """Return what would change without each study and each review statement."""
    return list(find_removals(facts.store))
