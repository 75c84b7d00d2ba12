"""Counting what each study alone holds up says the same as running the rule without it.

A workspace holds every possible bearing, statement and decision; an example switches some of them
on. The oracle (``naive.py``) takes each study and statement away and carries again.
"""

import re
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.synthesis import leave_one_out
from kg.synthesis.carry import STATUSES, list_stages
from kg.terms import LEFT_OUT_GRAPH, QES
from kg.workspace.build import build
from tests.queries.questions import get_store
from tests.synthesis.cases import Book, open_copy
from tests.synthesis.naive import leave_one_out_naively

# (study, place): two in the target (one of them of those for whom the target "t-few" is), and
# two elsewhere that report one sample.
STUDIES = {"in-1": "p-ltc", "in-2": "p-women", "out-1": "p-cold", "out-2": "p-cold"}
TOPICS = ("c", "p1", "p2", "d-a", "d-b", "w", "link")  # d-a: the concept d in its sense a
POLARITIES = ("supports", "refutes", "mixed", "no effect seen")
BEARINGS = tuple(
    f"{topic}-{study}-{polarity.replace(' ', '-')}{firmly}"
    for topic, study, polarity, firmly in product(TOPICS, STUDIES, POLARITIES, ("", "-perhaps"))
    if not firmly or polarity == "supports"
)
STATEMENTS = ("said-of-c", "said-of-d", "said-of-w")
DECISIONS = ("withdrawn", "substituted")
IN_DOUBT = ("p2", "w")  # topics that a left-out row may name
SWITCHES = BEARINGS + STATEMENTS + DECISIONS + tuple(f"doubt-{topic}" for topic in IN_DOUBT)


class Scene:
    """A store in memory in which bearings, statements and decisions are switched on and off."""

    def __init__(self, store: Store, book: Book) -> None:
        self.store = store
        self.quads: dict[str, list[Quad]] = {}
        for name in BEARINGS + STATEMENTS + DECISIONS:
            node = NamedNode(book.workspace.iri(name))
            self.quads[name] = list(store.quads_for_pattern(node, None, None, DefaultGraph()))
            assert self.quads[name], name
        for topic in IN_DOUBT:
            row, named = (NamedNode(book.workspace.iri(n)) for n in ("row", topic))
            names, graph = NamedNode(f"{QES}names"), NamedNode(LEFT_OUT_GRAPH)
            self.quads[f"doubt-{topic}"] = [Quad(row, names, named, graph)]

    def switch(self, chosen: frozenset[str]) -> None:
        """Leave nothing in the store but what is chosen."""
        for name, quads in self.quads.items():
            for quad in quads:
                if name in chosen:
                    self.store.add(quad)
                else:
                    self.store.remove(quad)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    book = Book()
    workspace = book.workspace
    book.target("t-few", applies_to="p-women")
    book.target("t-asked", population="p-cold", asks_about="c")
    for concept in ("c", "w"):
        book.concept(concept)
    book.concept("d", ["a", "b"])
    workspace.add("mechanisms", "m", label="m", concept="c")
    workspace.add("outcomes", "outcome")
    workspace.add("configurations", "link", label="link", mechanism="m")
    for row in ("p1", "p2"):
        workspace.add("preconditions", row, label=f"state {row}")
        book.requires("c", precondition=row)
    book.requires("m", precondition="p2")
    book.requires("d", precondition="p1", sense="d-a")
    for study, population in STUDIES.items():
        cells = {"shares_sample_with": "out-1"} if study == "out-2" else {}
        book.study(study, populations=population, **cells)
        for modality in ("asserted", "conjecture"):
            workspace.finding(f"{study}-{modality}", modality, study=study,
                              settings="pc" if population != "p-cold" else "nb")  # fmt: skip
    for topic, study, polarity in product(TOPICS, STUDIES, POLARITIES):
        row = f"{topic}-{study}-{polarity.replace(' ', '-')}"
        towards, _, sense = topic.partition("-")
        cells = {"sense": topic} if sense else {}
        for end, modality in (("", "asserted"), ("-perhaps", "conjecture")):
            if row + end in BEARINGS:
                workspace.add("bearings", row + end, finding=f"{study}-{modality}",
                              towards=towards, polarity=polarity, **cells)  # fmt: skip
    for concept, sense in (("c", ""), ("d", "d-a"), ("w", "")):
        workspace.statement(f"said-of-{concept}", about=concept, sense=sense)
    book.decision("withdrawn", "withdrawal", "w")
    book.decision("substituted", "substitution", "c", precondition="p1", by_precondition="p2")
    built = build(workspace.write(tmp_path_factory.mktemp("scene")))
    assert not built.faults
    return Scene(open_copy(built.store), book)


CHOSEN = st.frozensets(st.sampled_from(SWITCHES), min_size=1, max_size=14)


@given(chosen=CHOSEN)
@settings(max_examples=60, deadline=None, derandomize=True, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_counting_equals_the_naive_way(scene: Scene, chosen: frozenset[str]) -> None:
    scene.switch(chosen)
    naive = leave_one_out_naively(scene.store)
    assert list(leave_one_out(scene.store)) == naive


def test_what_nothing_else_names_is_lost_with_its_study(scene: Scene) -> None:
    """Without its only bearing a concept is no longer asked for, be it withdrawn or in doubt."""
    scene.switch(frozenset({"w-in-1-supports", "withdrawn"}))
    (alone,) = leave_one_out(scene.store)
    assert alone.removed == "in-1"
    assert "w--t" in alone.lost
    # A conjecture counts for nothing, and still names the concept.
    scene.switch(frozenset({"w-in-1-supports", "w-in-1-supports-perhaps", "withdrawn"}))
    (alone,) = leave_one_out(scene.store)
    assert "w--t" not in alone.lost


def test_the_examples_reach_every_kind_of_change(scene: Scene) -> None:
    """A fact of each kind that one study or statement holds up, and the status that it decides."""
    for chosen, expected in (
        ({"c-in-1-supports", "c-out-1-supports"},
         ("in-1", "c--t", "observed in target", "proposed")),
        ({"c-in-1-supports", "c-in-2-refutes"},
         ("in-2", "c--t", "contested", "observed in target")),
        ({"c-out-1-supports", "p1-in-1-refutes"}, ("in-1", "c--t", "blocked", "proposed")),
        ({"c-out-1-supports", "p1-in-1-refutes", "p2-in-2-supports", "substituted"},
         ("in-2", "c--t", "preconditions met", "blocked")),
        # The substitution holds on where another study is taken away.
        ({"c-in-1-supports", "c-out-1-supports", "p1-in-2-refutes", "p2-in-2-supports",
          "substituted"}, ("in-1", "c--t", "observed in target", "preconditions met")),
        ({"said-of-c", "p1-in-1-mixed"},
         ("in-1", "c--t", "preconditions contested", "proposed")),
    ):  # fmt: skip
        scene.switch(frozenset(chosen))
        removed, *change = expected
        told = {r.removed: r.changed for r in leave_one_out(scene.store)}
        assert tuple(change) in told[removed], chosen
    scene.switch(frozenset({"said-of-c"}))
    assert {r.removed: set(r.lost) for r in leave_one_out(scene.store)} == {
        "said-of-c": {"c--t", "c--t-few", "c--t-asked"}
    }


def test_counting_equals_the_naive_way_on_the_first_case() -> None:
    store = open_copy(get_store("shipped"))
    naive = leave_one_out_naively(store)
    assert sum(bool(r.lost or r.changed) for r in naive) >= 2
    assert list(leave_one_out(store)) == naive


@pytest.mark.parametrize("stage", list_stages(STATUSES), ids=lambda stage: stage.name)
def test_statuses_are_decided_from_the_facts_alone(stage) -> None:
    """What a status looks at is in the working graph: so its facts can be copied and taken away."""
    body = re.sub(r"(?m)^(#|PREFIX).*$", "", stage.text)
    for _ in range(3):  # innermost first
        body = re.sub(r"GRAPH g:working \{[^{}]*\}", "", body)
    assert not re.search(r"GRAPH|[?:]\w+ +(a|[\w-]+:[\w-]+) ", body), body
    assert re.search(r"(?m)^INSERT", body)
