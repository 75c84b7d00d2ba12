"""Leave-one-out the naive way: the whole rule again for each study and each statement.

The oracle of ``kg.synthesis.robustness``, which counts instead. It reads nothing but what carrying
writes, and shares only the rule with what it judges.
"""

from collections import defaultdict

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.synthesis import carry, statuses
from kg.synthesis.robustness import Removal
from kg.terms import QES, local_name

__all__ = ["leave_one_out_naively"]

EVIDENCE = ("hasTargetEvidenceFor", "hasTargetEvidenceAgainst",
            "hasSourceEvidenceFor", "hasSourceEvidenceAgainst")  # fmt: skip


def leave_one_out_naively(store: Store) -> list[Removal]:
    """Return what changes without each study and statement; the store is as before then."""
    carry(store)
    before = statuses(store)
    removals = []
    for (kind, iri), links in sorted(_find_links(store).items(), key=_place):
        name = NamedNode(QES + ("bearsOn" if kind == "study" else "isAbout"))
        gone = [q for link in links for q in store.quads_for_pattern(link, name, None,
                                                                     DefaultGraph())]  # fmt: skip
        for quad in gone:
            store.remove(quad)
        carry(store)
        after = statuses(store)
        for quad in gone:
            store.add(quad)
        changed = sorted((i, s, after.get(i, "no basis")) for i, s in before.items()
                         if after.get(i, "no basis") != s)  # fmt: skip
        removals.append(Removal(local_name(iri), kind,
                                tuple(i for i, _, s in changed if s == "no basis"),
                                tuple(c for c in changed if c[2] != "no basis")))  # fmt: skip
    carry(store)
    return removals


def _place(item: tuple[tuple[str, str], set[NamedNode]]) -> tuple[bool, str]:
    """Sort the studies before the statements, then by name."""
    (kind, iri), _ = item
    return kind != "study", iri


def _find_links(store: Store) -> dict[tuple[str, str], set[NamedNode]]:
    """Return (kind, study or statement) → its bearings that are evidence, or itself."""
    links: defaultdict[tuple[str, str], set[NamedNode]] = defaultdict(set)
    for name in EVIDENCE:
        for quad in _carried(store, name):
            study = NamedNode(QES + "fromStudy")
            for link in store.quads_for_pattern(quad.object, study, None, DefaultGraph()):
                links["study", link.object.value].add(quad.object)
    for quad in _carried(store, "hasSourceStatement"):
        links["review statement", quad.object.value].add(quad.object)
    return dict(links)


def _carried(store: Store, name: str) -> list[Quad]:
    quads = store.quads_for_pattern(None, NamedNode(QES + name), None)
    return [q for q in quads if str(q.graph_name).endswith(("/carried>", "/set-aside>"))]
