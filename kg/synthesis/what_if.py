"""What if: the same rule run again with something taken away or put in.

Leave-one-out takes the bearings of one study, or the statements of the source review, away;
*what would change our mind* puts one bearing in. Both run the real stages on a store in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from kg.query import get_query, run_query
from kg.store import DefaultGraph, NamedNode, Quad, Store
from kg.synthesis.carry import Transfer, run_stages, statuses
from kg.terms import QES, RDF_TYPE, data_iri, plain, show_id

__all__ = ["Change", "Removal", "leave_one_out", "what_would_change"]


@dataclass(frozen=True)
class Removal:
    """What happens without one study or statement.

    Attributes:
        removed: Id of the study, or of the review statement.
        kind: "study" or "review statement".
        lost: Ids of the transfers that lose their basis.
        changed: (id, status before, status after) of every other transfer that changes.
    """

    removed: str
    kind: str
    lost: tuple[str, ...]
    changed: tuple[tuple[str, str, str], ...]

    def as_dict(self) -> dict[str, object]:
        """Return the removal in its machine form (design, section 8)."""
        return {
            "removed": self.removed,
            "kind": self.kind,
            "lost": list(self.lost),
            "changed": [{"id": i, "from": a, "to": b} for i, a, b in self.changed],
        }


@dataclass(frozen=True)
class Change:
    """One bearing that would move a status: what it would bear on, how, and where to."""

    topic: str
    polarity: str
    status: str


def copy_default(store: Store) -> Store:
    """Return a store in memory with the default graph and the left-out rows of another."""
    copy = Store()
    left_out = NamedNode(QES + "graph/left-out")
    copy.bulk_extend(
        chain(
            store.quads_for_pattern(None, None, None, DefaultGraph()),
            store.quads_for_pattern(None, None, None, left_out),
        )
    )
    return copy


def leave_one_out(store: Store) -> Iterator[Removal]:
    """Yield what would change without each study that counts, and each review statement.

    Sorted by kind and id; reports of one sample are removed one by one.
    """
    work = copy_default(store)
    run_stages(work)
    before = statuses(work)
    rows = run_query(work, get_query("why", "removable").text).as_dicts()
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        groups.setdefault((row["kind"], row["removed"]), []).append(row["link"])
    for (kind, removed), links in groups.items():
        predicate = NamedNode(QES + ("bearsOn" if kind == "study" else "isAbout"))
        quads = list(
            chain.from_iterable(
                work.quads_for_pattern(NamedNode(link), predicate, None, DefaultGraph())
                for link in links
            )
        )
        after = _without(work, quads)
        changed = sorted(
            (i, s, after.get(i, "no basis"))
            for i, s in before.items()
            if after.get(i, "no basis") != s
        )
        yield Removal(
            show_id(removed),
            kind,
            tuple(i for i, _, s in changed if s == "no basis"),
            tuple(c for c in changed if c[2] != "no basis"),
        )


def _without(store: Store, quads: list[Quad]) -> dict[str, str]:
    for quad in quads:
        store.remove(quad)
    run_stages(store)
    after = statuses(store)
    for quad in quads:
        store.add(quad)
    return after


def what_would_change(store: Store, transfers: list[Transfer], base: str) -> list[list[Change]]:
    """Return, for each of the transfers, the single bearings that would move its status.

    Each is an interpretive finding of a demonstration study in the target itself, asserted, on the
    concept or on one of its preconditions.
    """
    work = copy_default(store)
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
            run_stages(work)
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
