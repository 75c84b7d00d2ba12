"""What would change our mind: the same rule run again with one bearing put in.

The real stages run on a store in memory, as far as the statuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.store import DefaultGraph, NamedNode, Quad, Store
from kg.synthesis.carry import Transfer, infer_facts, infer_statuses, statuses
from kg.synthesis.robustness import copy_evidence
from kg.terms import QES, RDF_TYPE, data_iri, plain

__all__ = ["Change", "what_would_change"]


@dataclass(frozen=True)
class Change:
    """One bearing that would move a status: what it would bear on, how, and where to."""

    topic: str
    polarity: str
    status: str


def what_would_change(store: Store, transfers: list[Transfer], base: str) -> list[list[Change]]:
    """Return, for each of the transfers, the single bearings that would move its status.

    Each is an interpretive finding of a demonstration study in the target itself, asserted, on the
    concept or on one of its preconditions.
    """
    work = copy_evidence(store)
    wanted = {data_iri(base, t.target) for t in transfers}
    kind = NamedNode(QES + "TargetContext")
    for quad in list(work.quads_for_pattern(None, NamedNode(RDF_TYPE), kind, DefaultGraph())):
        if plain(quad.subject) not in wanted:
            work.remove(quad)
    return [_changes(work, store, transfer, base) for transfer in transfers]


def _changes(work: Store, store: Store, transfer: Transfer, base: str) -> list[Change]:
    concept = _concept_iri(store, transfer)
    found = []
    for topic in (transfer.concept, *(p["id"] for p in transfer.preconditions)):
        iri = concept if topic == transfer.concept else data_iri(base, topic)
        for polarity in ("supports", "refutes"):
            quads = list(_hypothetical(store, transfer, iri, polarity, base))
            work.extend(quads)
            infer_facts(work)
            infer_statuses(work)
            status = statuses(work)[transfer.id]
            for quad in quads:
                work.remove(quad)
            if status != transfer.status:
                found.append(Change(topic, polarity, status))
    return found


def _concept_iri(store: Store, transfer: Transfer) -> str:
    node, carries = NamedNode(transfer.iri), NamedNode(QES + "carries")
    return plain(next(iter(store.quads_for_pattern(node, carries, None))).object)


def _hypothetical(
    store: Store, transfer: Transfer, topic: str, polarity: str, base: str
) -> Iterable[Quad]:
    """Yield a study, a finding and a bearing in the target, with ids that no row can have."""
    target = data_iri(base, transfer.target)

    def exemplar(name: str) -> NamedNode:
        quads = store.quads_for_pattern(NamedNode(target), NamedNode(QES + name), None)
        return NamedNode(plain(next(iter(quads)).object))

    study, finding, bearing = (
        NamedNode(f"{QES}what-if/{n}") for n in ("study", "finding", "bearing")
    )
    pairs: list[tuple[NamedNode, str, NamedNode]] = [
        (study, "playsRole", NamedNode(QES + "study-role-demonstration-corpus")),
        (study, "samples", exemplar("hasExemplarPopulation")),
        (study, "countedAs", study),
        (finding, "findingOf", study),
        (finding, "observedIn", exemplar("hasExemplarSetting")),
        (finding, "hasModality", NamedNode(QES + "modality-asserted")),
        (bearing, "bearingOf", finding),
        (bearing, "fromStudy", study),
        (bearing, "bearsOn", NamedNode(topic)),
        (bearing, "hasPolarity", NamedNode(QES + f"polarity-{polarity}")),
        (bearing, "hasEvidenceKind", NamedNode(QES + "evidence-kind-interpretive-qualitative")),
    ]
    if transfer.sense:
        for quad in store.quads_for_pattern(
            NamedNode(transfer.iri), NamedNode(QES + "inSense"), None
        ):
            pairs.append((bearing, "inSense", NamedNode(plain(quad.object))))
    limits = store.quads_for_pattern(NamedNode(target), NamedNode(QES + "limitedTo"), None)
    pairs += [(finding, "appliesTo", NamedNode(plain(q.object))) for q in limits]
    yield Quad(finding, NamedNode(RDF_TYPE), NamedNode(QES + "Finding"))
    for subject, name, value in pairs:
        yield Quad(subject, NamedNode(QES + name), value)
