"""Less evidence for, or more against, never raises the rank (design, section 6).

A workspace holds the same concept many times over, each copy with the same possible bearings.
An example chooses which of them the first copy has; every other copy has one *for* less or one
*against* more. One carry run judges them all.
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
# (topic, polarity, place, modality): what may bear
CHOICES = tuple(
    product(TOPICS, FOR + AGAINST, ("target", "source by both"), ("asserted", "hedged"))
) + tuple(product(TOPICS, FOR + AGAINST, ("target",), ("conjecture",)))
Choice = tuple[str, str, str, str]


class Scene:
    """A store in memory in which bearings are switched on and off."""

    def __init__(self, store: Store, book: Book) -> None:
        self.store = store
        self.quads: dict[tuple[int, Choice], list[Quad]] = {}
        for copy, choice in product(range(COPIES), CHOICES):
            bearing = NamedNode(book.workspace.iri(_bearing(copy, choice)))
            quads = list(store.quads_for_pattern(bearing, None, None, DefaultGraph()))
            assert quads, bearing
            self.quads[copy, choice] = quads

    def judge(self, chosen: Iterable[frozenset[Choice]]) -> list[Transfer]:
        """Give each copy its bearings, and return the transfers of the copies in order."""
        chosen = list(chosen)
        for (copy, choice), quads in self.quads.items():
            on = copy < len(chosen) and choice in chosen[copy]
            for quad in quads:
                if on:
                    self.store.add(quad)
                else:
                    self.store.remove(quad)
        carry(self.store)
        seen = look(self.store).transfers
        return [seen[f"c{copy}--t"] for copy in range(len(chosen))]


def _bearing(copy: int, choice: Choice) -> str:
    topic, *rest = choice
    return "-".join([f"c{copy}{topic}", *rest]).replace(" ", "-")


def _build_scene(folder, *, substitution: bool) -> Scene:
    book = Book()
    for place, modality in product(
        ("target", "source by both"), ("asserted", "hedged", "conjecture")
    ):
        study = book.study(f"{place}-{modality}".replace(" ", "-"), place)
        book.workspace.finding(f"{study}-f", modality, study=study, settings=book.PLACES[place][0])
    book.workspace.edit("targets", "t", asks_about=[f"c{copy}" for copy in range(COPIES)])
    for copy in range(COPIES):
        book.concept(f"c{copy}")
        book.requires(f"c{copy}")
        book.requires(f"c{copy}")
        if substitution:
            book.decision(f"c{copy}-d", "substitution", f"c{copy}", precondition=f"c{copy}-p1",
                          by_precondition=f"c{copy}-p2")  # fmt: skip
        for choice in CHOICES:
            topic, polarity, place, modality = choice
            book.workspace.add("bearings", _bearing(copy, choice), towards=f"c{copy}{topic}",
                               finding=f"{place}-{modality}-f".replace(" ", "-"),
                               polarity=polarity)  # fmt: skip
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
