"""Pushing a built workspace to a store elsewhere: graph by graph, counted there, gone on with.

A graph that is there already with the same hash and as many statements is not sent again. Before
anything changes, the manifest announces it; what kg did not push stops the push.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.errors import MachineryError, UsageError
from kg.remote import (
    MANIFEST_GRAPH,
    MANIFEST_QUERY,
    Address,
    Entry,
    Manifest,
    Step,
    ask_endpoint,
    count_graphs,
    delete_graph,
    find_strangers,
    make_plan,
    put_graph,
    read_address,
    read_manifest,
    write_manifest,
)
from kg.workspace.built import Built
from kg.workspace.find import find_targets
from kg.workspace.outgoing import dump_graph, hash_graphs

__all__ = ["Place", "Pushed", "open_place", "push"]

_UNION = f"ASK {{ <{MANIFEST_GRAPH}> ?p ?o }}"


@dataclass(frozen=True)
class Place:
    """Where to push.

    Attributes:
        endpoint: Where questions are asked.
        graph_store: Where graphs are put.
        seconds: Longest time that one answer may take.
    """

    endpoint: Address
    graph_store: Address
    seconds: float

    def ask(self, text: str) -> Manifest | None:
        """Return the manifest that stands there, or None."""
        return read_manifest(ask_endpoint(self.endpoint, text, seconds=self.seconds))

    def count(self, graphs: Iterable[str]) -> dict[str, int]:
        """Return graph → how many statements are counted there."""
        return count_graphs(self.endpoint, graphs, seconds=self.seconds)

    def note(self, manifest: Manifest) -> None:
        """Put the manifest."""
        put_graph(self.graph_store, MANIFEST_GRAPH, write_manifest(manifest), seconds=self.seconds)


@dataclass(frozen=True)
class Pushed:
    """How many graphs were sent, were there already, and were removed."""

    sent: int
    kept: int
    removed: int


def open_place(url: str, graph_store: str = "", *, seconds: float = 600.0) -> Place:
    """Return the place with these addresses; without a second one, one address does both.

    Raises:
        UsageError: An address can't be used.
    """
    endpoint = read_address(url)
    return Place(endpoint, read_address(graph_store) if graph_store else endpoint, seconds)


def push(
    built: Built,
    place: Place,
    *,
    carried: str = "",
    overwrite: bool = False,
    dry_run: bool = False,
    tell: Callable[[str], None] = print,
) -> Pushed:
    """Make a store elsewhere hold what the workspace holds, and return what that took.

    Args:
        built: The built workspace.
        place: Where to.
        carried: Id of the target whose carried claims are wanted as well, "all", or "".
        overwrite: Whether graphs that hold what kg did not push are replaced, too.
        dry_run: Whether nothing is sent.
        tell: Is given one line for each graph that is sent or removed.

    Raises:
        UnknownName: There is no such target.
        UsageError: Something would be lost there that kg did not push, or the store answers from
            all graphs at once.
        MachineryError: The store can't be reached, or does not keep what it is given.
    """
    wanted = dict(hash_graphs(built, find_targets(built, carried) if carried else []))
    found = place.ask(MANIFEST_QUERY)
    pushed = found.entries if found else {}
    counts = place.count([*wanted, *(g for g in pushed if g not in wanted)])
    steps = make_plan(wanted, pushed, counts)
    base = built.review.base
    if not overwrite:
        _refuse_strangers(place, base, found, find_strangers(steps, found, counts))
    due = [step for step in steps if step.what != "keep"]
    goal = Manifest(base, built.data_version, wanted)
    if dry_run:
        for step in due:
            verb = "sent" if step.what == "send" else "removed"
            tell(f"{_show(step.graph, base)}: would be {verb}, {counts[step.graph]} there")
    elif due or found != goal or found.entries != wanted:
        _work(built, place, due, found, goal, counts, tell)
    number = [step.what for step in steps].count
    return Pushed(number("send"), number("keep"), number("remove"))


def _refuse_strangers(
    place: Place, base: str, found: Manifest | None, strangers: dict[str, int]
) -> None:
    if found and found.base != base:
        raise UsageError(
            f"At {place.endpoint} is what was pushed from another workspace, "
            f'"{place.endpoint.hide(found.base)}". Name another store, or push with --replace.'
        )
    for graph, number in strangers.items():
        raise UsageError(
            f"At {place.endpoint} the {_show(graph, base)} holds statements that kg did not push "
            f"({number} there), which would be lost. Name another store, or push with --replace."
        )


def _work(
    built: Built,
    place: Place,
    due: list[Step],
    found: Manifest | None,
    goal: Manifest,
    counts: dict[str, int],
    tell: Callable[[str], None],
) -> None:
    """Announce what will change, change it graph by graph, and say in the end that all is there."""
    entries = {graph: e for graph, e in goal.entries.items() if e.digest}
    for step in due:
        count = goal.entries[step.graph].count if step.what == "send" else 0
        entries[step.graph] = Entry(count, before=counts[step.graph])
    now = Manifest(goal.base, "", entries)
    if due:
        place.note(now)
        _refuse_union(place, found)
    done = 0
    try:
        for step in due:
            if step.what == "send":
                _send(built, place, step.graph, goal.entries[step.graph].count, tell)
                entries[step.graph] = goal.entries[step.graph]
            else:
                delete_graph(place.graph_store, step.graph, seconds=place.seconds)
                del entries[step.graph]
                tell(f"{_show(step.graph, goal.base)}: removed")
            done += 1
            if done < len(due):
                place.note(now)
        place.note(goal)
        if (kept := place.ask(MANIFEST_QUERY)) != goal or kept.entries != goal.entries:
            raise MachineryError(f"{place.endpoint} does not keep what is put there.")
    except MachineryError as error:
        raise MachineryError(
            f"{error} {done} of {len(due)} graphs are done; the same command goes on from there."
        ) from None


def _send(built: Built, place: Place, graph: str, count: int, tell: Callable[[str], None]) -> None:
    name = _show(graph, built.review.base)
    with dump_graph(built, graph) as file:
        put_graph(place.graph_store, graph, file, seconds=place.seconds)
    there = place.count([graph])[graph]
    if there != count:
        raise MachineryError(
            f"{name}: {count} statements were sent to {place.graph_store}, {there} are counted at "
            f"{place.endpoint}."
        )
    tell(f"{name}: sent, {count} statements, as many counted there")


def _refuse_union(place: Place, found: Manifest | None) -> None:
    """Refuse a store whose default graph is all graphs: carried claims would pass for data."""
    if ask_endpoint(place.endpoint, _UNION, seconds=place.seconds).rows != (("true",),):
        return
    if found is None:
        delete_graph(place.graph_store, MANIFEST_GRAPH, seconds=place.seconds)
    else:
        place.note(found)
    raise UsageError(
        f"{place.endpoint} answers from all graphs at once, where statements count twice and "
        "carried claims pass for data. Set its default graph apart, then push again."
    )


def _show(graph: str, base: str) -> str:
    return graph.removeprefix(base) if graph else "default graph"
