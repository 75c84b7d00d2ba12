"""Adjudication: who decided between interpreters, why, and what was set aside.

A judgement that another one adjudicates no longer counts; it is kept in the graph of dissent, and
this is where the chain under a claim shows it. Layer: synthesis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.query import get_query, run_query
from kg.store import NamedNode, Store
from kg.terms import DISSENT_GRAPH, QES, plain, show_id

__all__ = ["Adjudicated", "Adjudication", "ask_about", "find_adjudications", "find_decider"]

_ADJUDICATES, _DISSENT = NamedNode(QES + "adjudicates"), NamedNode(DISSENT_GRAPH)


@dataclass(frozen=True)
class Adjudication:
    """A decision between judgements on one question.

    Attributes:
        by: Who decided.
        said: What the decision says, where the judgements differ; all of it if they differ nowhere.
        reason: Why it decides so between them.
        judgements: The judgements between which it decides, sorted by interpreter and id.
    """

    by: str
    said: str
    reason: str
    judgements: tuple[Adjudicated, ...]

    def find(self, name: str) -> Adjudicated | None:
        """Return the judgement with an id among those that were decided between, or None."""
        for judgement in self.judgements:
            below = judgement.adjudication.find(name) if judgement.adjudication else None
            if found := judgement if judgement.id == name else below:
                return found
        return None

    def lines(self, depth: int) -> Iterator[str]:
        """Yield the decision and what it was made between, as indented lines."""
        yield "  " * depth + f"decided by {self.by}: {self.reason}"
        for judgement in self.judgements:
            yield from judgement.lines(depth + 1)

    def as_dict(self) -> dict[str, object]:
        """Return the decision in its machine form."""
        return {
            "by": self.by,
            "said": self.said,
            "reason": self.reason,
            "judgements": [judgement.as_dict() for judgement in self.judgements],
        }


@dataclass(frozen=True)
class Adjudicated:
    """A judgement between which was decided, so that it no longer counts by itself.

    Attributes:
        id: Local name of the row.
        kind: Label of its class.
        by: Whose judgement it is.
        said: What it says, where the judgements differ; all of it if they differ nowhere.
        reason: Why, in the interpreter's words; "" if no reason is given.
        agrees: Whether it says what was decided.
        adjudication: The decision that it was itself, or None.
    """

    id: str
    kind: str
    by: str
    said: str
    reason: str
    agrees: bool
    adjudication: Adjudication | None

    def lines(self, depth: int) -> Iterator[str]:
        """Yield the judgement, and what it decided between itself, as indented lines."""
        fate = "agreed" if self.agrees else "set aside"
        reason = f": {self.reason}" if self.reason else ""
        yield "  " * depth + f"{self.by}: {self.said or self.kind}, {fate}{reason} [{self.id}]"
        if self.adjudication:
            yield from self.adjudication.lines(depth + 1)

    def as_dict(self) -> dict[str, object]:
        """Return the judgement in its machine form."""
        return {
            "id": self.id,
            "by": self.by,
            "said": self.said,
            "reason": self.reason,
            "agrees": self.agrees,
            "adjudication": self.adjudication.as_dict() if self.adjudication else None,
        }


def ask_about(store: Store, name: str, nodes: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a shipped query of ``queries/why`` for all nodes at once."""
    values = " ".join(f"<{n}>" for n in sorted(nodes))
    text = get_query("why", name).text.replace("{ qes:node }", f"{{ {values} }}")
    return run_query(store, text).as_dicts()


def find_adjudications(store: Store, nodes: Iterable[str]) -> dict[str, Adjudication]:
    """Return node → the decision that it is, for those that decide between others."""
    if not store.contains_named_graph(_DISSENT):
        return {}
    links: dict[str, list[str]] = {}
    frontier = set(nodes)
    while frontier:
        links |= {node: _between(store, node) for node in frontier}
        frontier = {below for node in frontier for below in links[node]} - links.keys()
    links = {node: below for node, below in links.items() if below}
    facts = _read_facts(store, {*links, *(b for below in links.values() for b in below)})
    # A circle of decisions is a fault, and faulty rows are left out: this ends.
    return {node: _build(node, links, facts) for node in links if node in nodes}


def find_decider(store: Store, node: NamedNode) -> NamedNode | None:
    """Return the judgement that counts where this one was set aside, or None if it was not.

    It may have been decided more than once: the last decision is the one that counts.
    """
    quads = store.quads_for_pattern(None, _ADJUDICATES, node, _DISSENT)
    above = min((plain(q.subject) for q in quads), default=None)
    if above is None:
        return None
    return find_decider(store, NamedNode(above)) or NamedNode(above)


_Facts = dict[str, dict[str, dict[str, list[str]]]]
"""Judgement → part → place → what stands there."""


def _between(store: Store, node: str) -> list[str]:
    quads = store.quads_for_pattern(NamedNode(node), _ADJUDICATES, None, _DISSENT)
    return sorted(plain(q.object) for q in quads)


def _read_facts(store: Store, nodes: set[str]) -> _Facts:
    facts: _Facts = {node: {} for node in nodes}
    for row in ask_about(store, "judgements", nodes) if nodes else ():
        places = facts[row["node"]].setdefault(row["part"], {})
        places.setdefault(row["place"], []).append(row["value"])
    return facts


def _build(node: str, links: dict[str, list[str]], facts: _Facts) -> Adjudication:
    shown = _find_differences([facts[name].get("said", {}) for name in (node, *links[node])])

    def say(name: str, part: str) -> str:
        places = facts[name].get(part, {}).items()
        values = [v for p, found in places if part != "said" or p in shown for v in found]
        return ", ".join(values)

    judgements = (
        Adjudicated(
            id=show_id(name),
            kind=say(name, "kind"),
            by=say(name, "by"),
            said=say(name, "said"),
            reason=say(name, "reason"),
            agrees=facts[name].get("said") == facts[node].get("said"),
            adjudication=_build(name, links, facts) if name in links else None,
        )
        for name in links[node]
    )
    ordered = tuple(sorted(judgements, key=lambda j: (j.by, j.id)))
    return Adjudication(say(node, "by"), say(node, "said"), say(node, "because"), ordered)


def _find_differences(answers: Sequence[Mapping[str, list[str]]]) -> set[str]:
    """Return the places at which answers differ; all places if they differ at none."""
    places = {place for answer in answers for place in answer}
    return {p for p in places if any(a.get(p) != answers[0].get(p) for a in answers)} or places
