"""Update: a copy of the store is brought from one judged reading to the next.

What the rows say is changed line by line. What follows from them is worked out by the same rules
and stages as ever, in a store in memory that holds all evidence on the topics that the change
touches; of that only what is about these topics is taken over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.checks import Change, Violation, check_store
from kg.query import get_query, run_query
from kg.reasoning import infer
from kg.schema import ontology_triples
from kg.store import DefaultGraph, NamedNode, Quad, RdfFormat, Store, load_quads, parse
from kg.synthesis import carry, describe_run
from kg.terms import ENTAILED_GRAPH, QES, RDF_TYPE, plain
from kg.workspace.assembly import find_version
from kg.workspace.judged import Judged
from kg.workspace.touched import Touched, find_evidence, find_touched, find_whole, is_whole

__all__ = ["Updated", "update"]

_CARRIES, _STATES = NamedNode(QES + "carries"), NamedNode(QES + "statesPrecondition")
_DEPENDS_ON = NamedNode(QES + "dependsOn")
_TYPE = NamedNode(RDF_TYPE)
_CARRIED = ("/carried", "/set-aside")


@dataclass(frozen=True)
class Updated:
    """What an update found.

    Attributes:
        violations: What the check queries find in the store as it is now.
        quads: How many quads more there are.
        touched: What the change touched.
        claims: IRIs of the claims that were worked out again; None if it is all.
        trial: The store in which they were.
    """

    violations: list[Violation]
    quads: int
    touched: Touched
    claims: frozenset[str] | None = frozenset()
    trial: Store | None = None


def update(
    store: Store,
    old: Judged,
    new: Judged,
    change: Change,
    base: str,
    violations: Iterable[Violation],
) -> Updated:
    """Bring a store from one reading to the next; in the end it is as if built anew.

    Args:
        store: What was built from the reading before.
        old: The reading before.
        new: The reading now.
        change: What differs between them; it must not be broad.
        base: Base IRI of the workspace.
        violations: What the check queries found before.
    """
    touched = find_touched(old, new, change)
    version = find_version(new)
    book = _Book(store)
    book.exchange(
        _parse(old.place(base, touched.placed)),
        _parse(new.place(base, touched.placed)),
    )
    found = list(violations)
    trial: Store | None = None
    about: frozenset[str] | None = frozenset()
    if touched.rows or touched.topics != frozenset():
        trial, topics = _work_out(new, touched, base, version)
        book.take_entailed(trial, None if topics is None else touched.rows)
        graphs = {NamedNode(g.value) for s in (store, trial) for g in s.named_graphs()}
        graphs = {graph for graph in graphs if graph.value.endswith(_CARRIED)}
        about = None if topics is None else _find_claims((store, trial), graphs, topics)
        book.take(trial, graphs, about)
        now = check_store(trial)
        nodes = {v.this for v in (*found, *now)}
        again = {n for n in nodes if _is_worked_out(n, store, new, touched, about)}
        found = [v for v in found if v.this not in again] + [v for v in now if v.this in again]
    book.record_runs(version)
    return Updated(sorted(found), book.more, touched, about, trial)


def _is_worked_out(
    node: str, store: Store, new: Judged, touched: Touched, about: Collection[str] | None
) -> bool:
    """Return whether all that is said of a node was worked out again."""
    if about is None or node in about or node in touched.rows:
        return True
    said = store.quads_for_pattern(NamedNode(node), _TYPE, None, None)
    graphs = {str(quad.graph_name).strip("<>") for quad in said}
    if any(graph.endswith(_CARRIED) for graph in graphs):
        return False
    tables = [table for table, _ in new.locator.rows.get(node, ())]
    return not tables or any(map(is_whole, tables))


def _parse(chunks: Iterable[bytes]) -> set[Quad]:
    """Return N-Quads as quads."""
    return set(parse(b"".join(chunks), format=RdfFormat.N_QUADS, lenient=True))


class _Book:
    """Changes a store, and counts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.more = 0

    def exchange(self, old: Collection[Quad], new: Collection[Quad]) -> None:
        """Take out the old quads that are not among the new ones, and put in the others."""
        for quad in set(old) - set(new):
            if quad in self._store:
                self._store.remove(quad)
                self.more -= 1
        self._put(set(new) - set(old))

    def _put(self, quads: Iterable[Quad]) -> None:
        missing = [quad for quad in quads if quad not in self._store]
        self._store.extend(missing)
        self.more += len(missing)

    def take(
        self, trial: Store, graphs: Collection[NamedNode], nodes: Collection[str] | None
    ) -> None:
        """Replace what graphs say of some nodes, or of all, by what they say in another store."""
        old, new = (_find_quads(store, graphs, nodes) for store in (self._store, trial))
        self.exchange(old, new)

    def take_entailed(self, trial: Store, nodes: Collection[str] | None) -> None:
        """Replace what is entailed of some nodes, or of all.

        It stands in the default graph, too, unless nothing says it any more.
        """
        graphs = [NamedNode(ENTAILED_GRAPH)]
        old, new = (_find_quads(store, graphs, nodes) for store in (self._store, trial))
        self.exchange(old, new)
        self._put(_in_default(new))
        gone = [quad for quad in _in_default(old - new) if not self._is_said(quad)]
        self.exchange(gone, ())

    def _is_said(self, quad: Quad) -> bool:
        """Return whether a graph of a file, or the ontology, says what is in the default graph."""
        found = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(isinstance(q.graph_name, NamedNode) for q in found)

    def record_runs(self, version: str) -> None:
        """Write with each carried graph which data it comes from; empty graphs go."""
        for graph in [NamedNode(found.value) for found in self._store.named_graphs()]:
            if graph.value.endswith("/carried"):
                run = describe_run(graph, version)
                before = list(self._store.quads_for_pattern(run[0].subject, None, None, graph))
                others = self._store.quads_for_pattern(None, _TYPE, None, graph)
                empty = all(quad.subject == run[0].subject for quad in others)
                self.exchange(before, [] if empty else run)
            if next(self._store.quads_for_pattern(None, None, None, graph), None) is None:
                self._store.remove_graph(graph)


def _in_default(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads)


def _find_quads(
    store: Store, graphs: Collection[NamedNode], nodes: Collection[str] | None
) -> set[Quad]:
    """Return what graphs say of some nodes, or of all."""
    if nodes is None:
        return {q for graph in graphs for q in store.quads_for_pattern(None, None, None, graph)}
    found = (store.quads_for_pattern(NamedNode(node), None, None, None) for node in nodes)
    return {quad for quads in found for quad in quads if quad.graph_name in graphs}


def _work_out(
    new: Judged, touched: Touched, base: str, version: str
) -> tuple[Store, frozenset[str] | None]:
    """Return a store in which the touched topics are carried, and these; None if it is all.

    With a precondition, everything that needs it is touched.
    """
    trial = Store()
    trial.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in ontology_triples())
    topics = wanted = touched.topics
    if topics is None:
        load_quads(trial, new.place_passing(base))
    else:
        whole = find_whole(new)
        load_quads(trial, new.place_passing(base, whole))
        needs = run_query(trial, get_query("why", "needs").text).rows
        topics |= {topic for topic, needed in needs if needed in topics}
        wanted = topics | {needed for topic, needed in needs if topic in topics}
        rows = find_evidence(new, wanted, touched.rows | whole)
        load_quads(trial, new.place_passing(base, rows - whole))
    infer(trial)
    carry(trial, version, wanted)
    return trial, topics


def _find_claims(
    stores: Iterable[Store], graphs: Iterable[NamedNode], topics: Collection[str]
) -> frozenset[str]:
    """Return the transfers of topics, their states as preconditions, and what stands in for one."""
    found = set()
    for store in stores:
        for graph in graphs:
            for topic in map(NamedNode, topics):
                states = store.quads_for_pattern(None, _STATES, topic, graph)
                found |= {plain(quad.subject) for quad in states}
                for quad in store.quads_for_pattern(None, _CARRIES, topic, graph):
                    found.add(plain(quad.subject))
                    needed = store.quads_for_pattern(quad.subject, _DEPENDS_ON, None, graph)
                    own = f"{plain(quad.subject)}--"
                    found |= {n for q in needed if (n := plain(q.object)).startswith(own)}
    return frozenset(found)
