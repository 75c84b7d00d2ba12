"""What a push has to do: which graphs are sent, which stay, which go; and what it must not touch.

Exports line, remote stores. Nothing is asked of anybody here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.remote.manifest import Entry, Manifest

__all__ = ["Step", "find_strangers", "make_plan"]


@dataclass(frozen=True)
class Step:
    """What becomes of one graph.

    Attributes:
        graph: Its IRI, or that of the default graph (:data:`kg.remote.DEFAULT`).
        what: "send", "keep" or "remove".
    """

    graph: str
    what: str


def make_plan(
    wanted: Mapping[str, Entry], pushed: Mapping[str, Entry], counts: Mapping[str, int]
) -> list[Step]:
    """Return one step for each graph that is wanted or was pushed, sorted by graph.

    A graph stays only if it was pushed with the same hash and is there with the same number of
    statements. One that was pushed and is wanted no more goes.
    """
    steps = []
    for graph in sorted(wanted.keys() | pushed.keys()):
        entry = wanted.get(graph)
        if entry is None:
            steps.append(Step(graph, "remove"))
        elif entry == pushed.get(graph) and counts[graph] == entry.count:
            steps.append(Step(graph, "keep"))
        else:
            steps.append(Step(graph, "send"))
    return steps


def find_strangers(
    steps: list[Step], manifest: Manifest | None, counts: Mapping[str, int]
) -> dict[str, int]:
    """Return graph → statements that would be lost although no push accounts for them.

    That is a graph with statements that was never pushed, and one whose number of statements is
    another one than was pushed; of one whose sending was stopped, either state is accounted for.
    """
    pushed = manifest.entries if manifest else {}
    found = {}
    for graph in (step.graph for step in steps if step.what != "keep"):
        entry, there = pushed.get(graph), counts[graph]
        if there and not (entry and entry.accounts_for(there)):
            found[graph] = there
    return found
