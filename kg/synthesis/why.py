"""Why: the chain under anything, down to a quotation; why-not: what is missing.

One query (``queries/why/steps.rq``) knows every step from a node to what it rests on; the tree is
only walked here. A judgement that decides between others says who decided, why, and what was set
aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from kg.store import NamedNode, Store
from kg.synthesis.adjudication import Adjudication, ask_about, find_adjudications, find_decider

__all__ = ["Step", "explain"]

_DEEPEST = 12
_BESIDE = 20  # steps from this order on are shown, not part of the chain


@dataclass(frozen=True)
class Step:
    """One node of the chain, with what it rests on.

    Attributes:
        id: Local name of the node.
        relation: How the node above rests on this one, in words.
        kind: Label of the node's class.
        text: What it says.
        note: Polarity, modality, place, or how a quotation can be checked.
        beside: Whether it is only shown beside the chain: a near miss, or evidence not counted.
        below: What it rests on in turn.
        adjudication: The decision between judgements that the node is, or None.
    """

    id: str
    relation: str
    kind: str
    text: str
    note: str
    beside: bool = False
    below: tuple[Step, ...] = ()
    adjudication: Adjudication | None = None

    def lines(self, *, full: bool = False, depth: int = 0) -> Iterator[str]:
        """Yield the chain as indented lines, quotations in quotation marks.

        Args:
            full: Whether what lies under evidence that doesn't count is shown as well.
            depth: How far the first line is indented.
        """
        relation = f"{self.relation}: " if self.relation else ""
        text = f"“{self.text}”" if self.kind == "quotation" else self.text
        text = f" — {text}" if text else ""
        note = f" [{self.note}]" if self.note else ""
        yield "  " * depth + f"{relation}{self.kind} {self.id}{text}{note}"
        if self.adjudication:
            yield from self.adjudication.lines(depth + 1)
        if full or not self.beside:
            for step in self.below:
                yield from step.lines(full=full, depth=depth + 1)

    def quotations(self) -> Iterator[Step]:
        """Yield every quotation in the chain, in order."""
        if self.kind == "quotation":
            yield self
        for step in self.below:
            yield from step.quotations()

    def as_dict(self) -> dict[str, object]:
        """Return the chain in its machine form."""
        return {
            "id": self.id,
            "relation": self.relation,
            "kind": self.kind,
            "text": self.text,
            "note": self.note,
            "adjudication": self.adjudication.as_dict() if self.adjudication else None,
            "below": [step.as_dict() for step in self.below],
        }


def explain(store: Store, node: NamedNode, base: str) -> Step | None:
    """Return the chain under a node, or None if nothing is known of it.

    The graph of steps is read level by level, then unfolded into a tree; a node met again on one
    path is shown without what lies under it. A judgement that was set aside rests on nothing: what
    stands under it is the one that decided.
    """
    described, steps = _read(store, node)
    decisions = find_adjudications(store, described)

    def unfold(name: str, relation: str, order: int, above: frozenset[str]) -> Step:
        kind, text, note = described[name]
        below: tuple[Step, ...] = ()
        if name not in above and len(above) < _DEEPEST:
            below = tuple(
                unfold(step, how, place, above | {name})
                for place, how, step in steps[name]
                if step in described
            )
        return Step(
            id=unquote(name.removeprefix(base)),
            relation=relation,
            kind=kind,
            text=text,
            note=note,
            beside=order >= _BESIDE,
            below=below,
            adjudication=decisions.get(name),
        )

    if node.value in described:
        return unfold(node.value, "", 0, frozenset())
    return _explain_dissent(store, node, base)


def _read(
    store: Store, node: NamedNode
) -> tuple[dict[str, tuple[str, str, str]], dict[str, list[tuple[int, str, str]]]]:
    """Return node → (kind, text, note) and node → its steps, of all that lies under a node."""
    described: dict[str, tuple[str, str, str]] = {}
    steps: dict[str, list[tuple[int, str, str]]] = {}
    frontier = {node.value}
    while frontier:
        for name in frontier:
            steps[name] = []
        for row in ask_about(store, "steps", frontier):
            steps[row["node"]].append((int(row["order"]), row["relation"], row["step"]))
        frontier = {step for name in frontier for _, _, step in steps[name]} - steps.keys()
    for row in ask_about(store, "describe", steps):  # all at once: planning it takes longest
        described.setdefault(row["node"], (row["kind"], row["text"], row["note"]))
    return described, steps


def _explain_dissent(store: Store, node: NamedNode, base: str) -> Step | None:
    """Return a judgement that was set aside, and the one that counts; None if it is no such."""
    decider = find_decider(store, node)
    counts = explain(store, decider, base) if decider else None
    name = unquote(node.value.removeprefix(base))
    mine = counts.adjudication.find(name) if counts and counts.adjudication else None
    if counts is None or mine is None:
        return None
    return Step(
        id=name,
        relation="",
        kind=mine.kind,
        text=mine.reason,
        note="; ".join(part for part in (mine.said, mine.by, "no longer counts") if part),
        below=(replace(counts, relation="decided by"),),
    )
