"""Robustness: what would change without each study and each review statement.

A status follows from facts: whether there is evidence in the target for and against, whether
anything supports from elsewhere, and the same of every precondition. A study changes something
only where it alone holds up a fact. So the facts are found once, by the first stages of the rule;
one query counts who holds them up; and the stages that decide statuses run on copies of the few
claims that lose one, all in one store. They are the same queries that decide when carrying.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.query import copy_properties, get_query, run_query
from kg.store import DefaultGraph, NamedNode, Quad, Store
from kg.synthesis.carry import (
    FACTS,
    STATUSES,
    infer_facts,
    infer_statuses,
    list_stages,
    statuses,
)
from kg.terms import LEFT_OUT_GRAPH, QES, RDF_TYPE, RDFS, WORKING_GRAPH, plain, show_id

__all__ = ["Removal", "copy_evidence", "find_removals", "leave_one_out"]

_TRANSFER = NamedNode(QES + "Transfer")
_TOPIC = QES + "working/topic"
_WITHOUT = "/without/"

Fact = tuple[str, str]  # node, property
Facts = Mapping[str, list[Quad]]


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


def leave_one_out(store: Store) -> Iterator[Removal]:
    """Yield what would change without each study that counts, and each review statement.

    Sorted by kind and id; reports of one sample are removed one by one.
    """
    work = copy_evidence(store)
    infer_facts(work)
    yield from find_removals(work)


def find_removals(work: Store) -> Iterator[Removal]:
    """Yield the same from the facts, where these were found before.

    Args:
        work: Store with the facts in the working graph, and what they were found in; statuses are
            decided in it.
    """
    links: dict[tuple[str, str], set[str]] = {}
    for kind, removed, link in run_query(work, get_query("why", "removable").text).rows:
        links.setdefault((kind, removed), set()).add(link)
    held = _find_held(work, {removed: found for (_, removed), found in links.items()})
    facts = _read_facts(work)
    infer_statuses(work)
    before = statuses(work)
    trial = Store()
    trial.extend(_labels(work))
    after = _find_after(trial, facts, held)
    for kind, removed in links:
        changed = sorted(
            (show_id(i), before[show_id(i)], status)
            for i, status in after.get(removed, {}).items()
            if before[show_id(i)] != status
        )
        yield Removal(
            show_id(removed),
            kind,
            tuple(i for i, _, s in changed if s == "no basis"),
            tuple(c for c in changed if c[2] != "no basis"),
        )


def copy_evidence(store: Store) -> Store:
    """Return a store in memory with all that the stages look at before a status is decided."""
    copy = copy_properties(store, _named(FACTS + STATUSES))
    copy.extend(store.quads_for_pattern(None, None, None, NamedNode(LEFT_OUT_GRAPH)))
    copy.extend(_labels(store))
    return copy


def _named(part: str) -> frozenset[str]:
    """Return the IRIs that the stages of a part name, among them every property they look at."""
    from kg.checks import find_read

    return find_read(list_stages(part))


def _find_held(work: Store, links: Mapping[str, set[str]]) -> dict[str, set[Fact]]:
    """Return study or statement → the facts that it alone holds up.

    That a transfer is asked for at all is one of them: its topic may be named by nothing else. A
    bearing that counts for nothing is not taken away, and goes on naming it.
    """
    held: defaultdict[str, set[Fact]] = defaultdict(set)
    for node, fact, removed, topic in run_query(work, get_query("why", "held").text).rows:
        if fact == _TOPIC:
            bears, named = NamedNode(QES + "bearsOn"), NamedNode(topic)
            rows = work.quads_for_pattern(None, bears, named, DefaultGraph())
            if not {plain(q.subject) for q in rows} <= links.get(removed, set()):
                continue
        held[removed].add((node, fact))
    return {removed: facts for removed, facts in held.items() if removed in links}


def _read_facts(work: Store) -> Facts:
    """Return node → what the working graph says of it that decides statuses."""
    facts: defaultdict[str, list[Quad]] = defaultdict(list)
    for name in sorted(_named(STATUSES)):
        found = work.quads_for_pattern(None, NamedNode(name), None, NamedNode(WORKING_GRAPH))
        for quad in found:
            facts[plain(quad.subject)].append(quad)
    return facts


def _find_after(
    trial: Store, facts: Facts, held: Mapping[str, set[Fact]]
) -> dict[str, dict[str, str]]:
    """Return study or statement → transfer → its status without it, where a fact is lost."""
    around = _find_around(facts)
    touching: defaultdict[str, set[str]] = defaultdict(set)
    for transfer, nodes in around.items():
        for node in nodes:
            touching[node].add(transfer)
    after: defaultdict[str, dict[str, str]] = defaultdict(dict)
    copies: dict[str, tuple[str, str]] = {}
    for number, (removed, lost) in enumerate(sorted(held.items())):
        gone = {node for node, fact in lost if fact == _TOPIC}
        after[removed].update(dict.fromkeys(gone, "no basis"))
        transfers = {t for node, _ in lost for t in touching[node]} - gone
        suffix = f"{_WITHOUT}{number}"
        copies.update({t + suffix: (removed, t) for t in transfers})
        nodes = set().union(*(around[t] for t in transfers))
        trial.extend(_copy_facts(facts, nodes, lost, suffix))
    infer_statuses(trial)
    for name, status in run_query(trial, get_query("why", "statuses").text).rows:
        removed, transfer = copies[name]
        after[removed][transfer] = status
    return after


def _find_around(facts: Facts) -> dict[str, set[str]]:
    """Return transfer → the nodes that decide on it: itself, what it needs, what stands in."""
    pointing: defaultdict[str, set[str]] = defaultdict(set)
    pointed: dict[str, set[str]] = {}
    for node, quads in facts.items():
        pointed[node] = {name for q in quads if (name := plain(q.object)) in facts}
        for name in pointed[node]:
            pointing[name].add(node)
    around = {}
    for node, quads in facts.items():
        if any(q.predicate.value == RDF_TYPE and q.object == _TRANSFER for q in quads):
            beside = {node} | pointing[node]
            around[node] = beside.union(*(pointed[name] for name in beside))
    return around


def _copy_facts(facts: Facts, nodes: set[str], lost: set[Fact], suffix: str) -> Iterator[Quad]:
    """Yield the facts about some nodes, under other names, without those that are lost."""
    graph = NamedNode(WORKING_GRAPH)
    for node in nodes:
        for quad in facts[node]:
            if (node, quad.predicate.value) in lost:
                continue
            value = plain(quad.object)
            renamed = NamedNode(value + suffix) if value in nodes else quad.object
            yield Quad(NamedNode(node + suffix), quad.predicate, renamed, graph)


def _labels(store: Store) -> Iterator[Quad]:
    """Yield the labels of what the stages name: statuses are told in words."""
    for name in sorted(_named(FACTS + STATUSES)):
        label = NamedNode(RDFS + "label")
        yield from store.quads_for_pattern(NamedNode(name), label, None, DefaultGraph())
