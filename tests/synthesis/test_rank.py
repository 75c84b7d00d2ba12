"""Less evidence for, or more against, never raises the rank (design, section 6).

A workspace holds the same concept many times over, each copy with the same possible bearings.
An example chooses which of them the first copy has; every other copy has one *for* less or one
*against* more. One carry run judges them all.

Some of the bearings are decisions: two people read the finding differently, and a third decided.
Then the decision counts and the two do not, whatever they say.
"""

import random
from collections.abc import Iterable, Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.synthesis import carry
from kg.synthesis.carry import Transfer
from kg.terms import DISSENT_GRAPH
from kg.workspace.build import build
from tests.synthesis.cases import Book, look, open_copy

RANK = {
    "contradicted in target": 0,
    "no basis": 1,
    "blocked": 2,
    "contested": 3,
    "preconditions contested": 3,
    "proposed": 4,
    "preconditions met": 5,
    "observed in target": 6,
}

FOR, AGAINST = ("supports",), ("refutes", "reported absent")
COPIES = 20
TOPICS = ("", "-p1", "-p2")  # the concept and its two preconditions
OTHERWISE = {"supports": "refutes", "refutes": "supports", "reported absent": "supports"}
DECIDED = "asserted, decided"
# (topic, polarity, place, modality): what may bear
CHOICES = tuple(
    product(TOPICS, FOR + AGAINST, ("target", "source by both"), ("asserted", "hedged"))
) + tuple(product(TOPICS, FOR + AGAINST, ("target",), ("conjecture", DECIDED)))
CHOICES += tuple(product(("",), FOR + AGAINST, ("source by both",), (DECIDED,)))
Choice = tuple[str, str, str, str]


class Scene:
    """A store in memory in which bearings are switched on and off."""

    def __init__(self, store: Store, book: Book) -> None:
        self.store = store
        self.quads: dict[tuple[int, Choice], list[Quad]] = {}
        self.dissent: dict[tuple[int, Choice], list[Quad]] = {}
        for copy, choice in product(range(COPIES), CHOICES):
            bearing = NamedNode(book.workspace.iri(_bearing(copy, choice)))
            quads = list(store.quads_for_pattern(bearing, None, None, DefaultGraph()))
            assert quads, bearing
            self.quads[copy, choice] = quads
            rows = [bearing, *(NamedNode(f"{bearing.value}-{who}") for who in ("ann", "ben"))]
            graph = NamedNode(DISSENT_GRAPH)
            apart = [q for r in rows for q in store.quads_for_pattern(r, None, None, graph)]
            assert bool(apart) == (choice[3] == DECIDED), bearing
            self.dissent[copy, choice] = apart

    def judge(self, chosen: Iterable[frozenset[Choice]], *, dissent: bool = True) -> list[Transfer]:
        """Give each copy its bearings, and return the transfers of the copies in order.

        Args:
            chosen: The bearings of each copy.
            dissent: Whether what was set aside by those that decide is in the store.
        """
        chosen = list(chosen)
        for (copy, choice), quads in self.quads.items():
            on = copy < len(chosen) and choice in chosen[copy]
            for quad in [*quads, *self.dissent[copy, choice]]:
                if on and (dissent or quad.graph_name == DefaultGraph()):
                    self.store.add(quad)
                else:
                    self.store.remove(quad)
        carry(self.store)
        seen = look(self.store).transfers
        return [seen[f"c{copy}--t"] for copy in range(len(chosen))]


def _bearing(copy: int, choice: Choice) -> str:
    topic, *rest = choice
    return "-".join([f"c{copy}{topic}", *rest]).replace(",", "").replace(" ", "-")


def _add(book: Book, row: str, towards: str, choice: Choice) -> None:
    """Add a bearing; one that was decided stands against two that are set aside."""
    _, polarity, place, modality = choice
    cells = {"towards": towards, "finding": f"{_study(place, modality)}-f"}
    decision = {}
    if modality == DECIDED:
        for who, said in (("ann", polarity), ("ben", OTHERWISE[polarity])):
            book.workspace.add("bearings", f"{row}-{who}", polarity=said, interpreter=who, **cells)
        decision = {"interpreter": "cy", "adjudicates": [f"{row}-ann", f"{row}-ben"],
                    "adjudication_reason": "We read it again."}  # fmt: skip
    book.workspace.add("bearings", row, polarity=polarity, **cells, **decision)


def _study(place: str, modality: str) -> str:
    return f"{place}-{modality}".replace(",", "").replace(" ", "-")


def _build_scene(folder, *, substitution: bool) -> Scene:
    book = Book()
    for person in ("ann", "ben", "cy"):
        book.workspace.add("people", person)
    for place, modality in product(
        ("target", "source by both"), ("asserted", "hedged", "conjecture", DECIDED)
    ):
        study = book.study(_study(place, modality), place)
        book.workspace.finding(f"{study}-f", modality.removesuffix(", decided"), study=study,
                               settings=book.PLACES[place][0])  # fmt: skip
    book.workspace.edit("targets", "t", asks_about=[f"c{copy}" for copy in range(COPIES)])
    for copy in range(COPIES):
        book.concept(f"c{copy}")
        book.requires(f"c{copy}")
        book.requires(f"c{copy}")
        if substitution:
            book.decision(f"c{copy}-d", "substitution", f"c{copy}", precondition=f"c{copy}-p1",
                          by_precondition=f"c{copy}-p2")  # fmt: skip
        for choice in CHOICES:
            _add(book, _bearing(copy, choice), f"c{copy}{choice[0]}", choice)
    built = build(book.workspace.write(folder))
    assert not built.faults
    return Scene(open_copy(built.store), book)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return _build_scene(tmp_path_factory.mktemp("plain"), substitution=False)


@pytest.fixture(scope="module")
def substituted(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return _build_scene(tmp_path_factory.mktemp("substituted"), substitution=True)


def _neighbours(chosen: frozenset[Choice]) -> Iterator[frozenset[Choice]]:
    """Yield the choices with one bearing for taken away, or one against added."""
    for choice in CHOICES:
        if choice[1] in FOR and choice in chosen:
            yield chosen - {choice}
        if choice[1] in AGAINST and choice not in chosen:
            yield chosen | {choice}


def _sample(chosen: frozenset[Choice]) -> list[frozenset[Choice]]:
    """Return the choice and as many of its neighbours as there are copies, the same every time."""
    neighbours = list(_neighbours(chosen))
    random.Random(len(chosen)).shuffle(neighbours)
    return [chosen, *neighbours[: COPIES - 1]]


def _state(transfer: Transfer, precondition: str) -> str:
    return next(p["state"] for p in transfer.preconditions if p["id"].endswith(precondition))


# Few bearings at a time, so that every status turns up; see test_every_rank_is_reached.
CHOSEN = st.frozensets(st.sampled_from(CHOICES), max_size=5)
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@BOUNDED
@given(chosen=CHOSEN)
def test_less_for_or_more_against_never_raises_the_rank(plain: Scene, chosen) -> None:
    first, *others = plain.judge(tried := _sample(chosen))
    for other, choices in zip(others, tried[1:], strict=True):
        assert RANK[other.status] <= RANK[first.status], chosen ^ choices


@settings(BOUNDED, max_examples=10)
@given(chosen=st.lists(CHOSEN, min_size=COPIES, max_size=COPIES))
def test_what_was_set_aside_counts_for_nothing(plain: Scene, chosen) -> None:
    told, untold = plain.judge(chosen), plain.judge(chosen, dissent=False)
    assert told == untold


def test_decisions_are_among_what_is_tried(plain: Scene) -> None:
    """By hand: one decision against the concept, one for it, and both."""
    source = ("", "supports", "source by both", DECIDED)
    against, for_ = (("", polarity, "target", DECIDED) for polarity in ("refutes", "supports"))
    chosen = [{source}, {source, against}, {source, for_}, {source, for_, against}]
    assert [t.status for t in plain.judge(map(frozenset, chosen))] == [
        "proposed", "contradicted in target", "observed in target", "contested"
    ]  # fmt: skip
    assert len([c for c in CHOICES if c[3] == DECIDED]) == 12


@BOUNDED
@given(chosen=CHOSEN)
def test_nor_where_one_precondition_may_stand_in_for_another(substituted: Scene, chosen) -> None:
    first, *others = substituted.judge(tried := _sample(chosen))
    for other, choices in zip(others, tried[1:], strict=True):
        if _state(first, "-p1") == "contested" and _state(other, "-p1") == "substituted":
            continue  # see the next test
        assert RANK[other.status] <= RANK[first.status], chosen ^ choices


def test_a_substitution_that_starts_to_hold_is_the_one_exception(substituted: Scene) -> None:
    """A substitution replaces an unmet precondition, never a contested one (design, section 6).

    So where the last evidence for a contested one is taken away, a decision that was signed
    before comes to hold. The decision raises the rank, not the missing evidence.
    """
    source = ("", "supports", "source by both", "asserted")
    against = ("-p1", "refutes", "target", "asserted")
    in_favour = ("-p1", "supports", "target", "asserted")
    stand_in = ("-p2", "supports", "target", "asserted")
    before, after = substituted.judge(
        [frozenset({source, against, in_favour, stand_in}), frozenset({source, against, stand_in})]
    )
    assert (before.status, after.status) == ("preconditions contested", "preconditions met")


def test_every_rank_is_reached(plain: Scene) -> None:
    """What the property compares is not all of one kind."""
    source = ("", "supports", "source by both", "asserted")

    def here(topic: str, *polarities: str) -> set[Choice]:
        return {(topic, polarity, "target", "asserted") for polarity in polarities}

    reached = plain.judge(
        [
            frozenset(chosen)
            for chosen in (
                here("", "refutes"),
                set(),
                {source, *here("-p1", "refutes")},
                {source, *here("", "supports", "refutes")},
                {source, *here("-p1", "supports", "refutes")},
                {source},
                {source, *here("-p1", "supports"), *here("-p2", "supports")},
                {source, *here("", "supports")},
            )
        ]
    )
    assert [transfer.status for transfer in reached] == list(RANK)
