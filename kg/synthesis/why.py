"""Why: the chain under anything, down to a quotation; why-not: what is missing.

One query (``queries/why/steps.rq``) knows every step from a node to what it rests on; the tree is
only walked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from kg.query import get_query, run_query
from kg.store import NamedNode, Store

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
    """

    id: str
    relation: str
    kind: str
    text: str
    note: str
    beside: bool = False
    below: tuple[Step, ...] = ()

    def lines(self, *, full: bool = False, depth: int = 0) -> Iterator[str]:
        """Yield the chain as indented lines, quotations in quotation marks.

        Args:
            full: Whether what lies under evidence that doesn't count is shown as well.
            depth: How far the first line is indented.
        """
        relation = f"{self.relation}: " if self.relation else ""
        text = f"“{self.text}”" if self.kind == "quotation" else self.text
        note = f" [{self.note}]" if self.note else ""
        yield "  " * depth + f"{relation}{self.kind} {self.id} — {text}{note}"
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
            "below": [step.as_dict() for step in self.below],
        }


def explain(store: Store, node: NamedNode, base: str) -> Step | None:
    """Return the chain under a node, or None if nothing is known of it.

    The graph of steps is read level by level, then unfolded into a tree; a node met again on one
    path is shown without what lies under it.
    """
    described: dict[str, tuple[str, str, str]] = {}
    steps: dict[str, list[tuple[int, str, str]]] = {}
    frontier = {node.value}
    while frontier:
        for row in _ask(store, "describe", frontier):
            described.setdefault(row["node"], (row["kind"], row["text"], row["note"]))
        for name in frontier:
            steps[name] = []
        for row in _ask(store, "steps", frontier):
            steps[row["node"]].append((int(row["order"]), row["relation"], row["step"]))
        frontier = {step for name in frontier for _, _, step in steps[name]} - steps.keys()

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
            unquote(name.removeprefix(base)), relation, kind, text, note, order >= _BESIDE, below
        )

    return unfold(node.value, "", 0, frozenset()) if node.value in described else None


def _ask(store: Store, name: str, nodes: set[str]) -> list[dict[str, str]]:
    """Return the rows of a shipped query for all nodes at once."""
    values = " ".join(f"<{n}>" for n in sorted(nodes))
    text = get_query("why", name).text.replace("{ qes:node }", f"{{ {values} }}")
    return run_query(store, text).as_dicts()
