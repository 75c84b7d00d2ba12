"""Carrying does what design section 6 says: the full table, case by case."""

import re

import pytest

from kg.workspace.build import Built, build
from tests.synthesis.books import BOOKS, get_book
from tests.synthesis.cases import Seen, compare, find_failing, look, open_copy
from tests.synthesis.precedence import ORDER, PAIRS
from tests.synthesis.table import CELLS, SIZE

CASES = [(name, case) for name in BOOKS for case in get_book(name).cases]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    return {
        name: build(get_book(name).workspace.write(tmp_path_factory.mktemp("workspace")))
        for name in BOOKS
    }


@pytest.fixture(scope="module")
def seen(built: dict[str, Built]) -> dict[str, Seen]:
    return {name: look(workspace.store) for name, workspace in built.items()}


@pytest.mark.parametrize(("name", "case"), CASES, ids=[case.id for _, case in CASES])
def test_transfer(seen: dict[str, Seen], name: str, case) -> None:
    assert compare(seen[name], case) == [], case.clause


def test_number_of_cases() -> None:
    assert len(CELLS) == SIZE == 300
    assert len(PAIRS) == 45
    assert len(ORDER) == 10
    assert {name: len(get_book(name).cases) for name in BOOKS} == {
        "main": 871,
        "targets": 51,
        "left out": 180,
        "misspelt concept": 4,
        "own kind": 1,
    }


@pytest.mark.parametrize("name", BOOKS)
def test_exactly_the_expected_rows_are_left_out(built: dict[str, Built], name: str) -> None:
    book = get_book(name)
    expected = {(t, book.workspace.record_number(t, row)) for t, row in book.expected_out}
    assert set(built[name].left_out) == expected
    assert expected or not built[name].faults


@pytest.mark.parametrize("name", ["main", "targets", "left out"])
def test_every_transfer_is_asked_for(seen: dict[str, Seen], name: str) -> None:
    """No concept, precondition or sense is carried that nothing bears on or asks about."""
    book = get_book(name)
    targets = book.workspace.tables["targets"]
    topics = set(book.workspace.tables["concepts"]) | set(
        book.workspace.tables.get("configurations", ())
    )
    for transfer in seen[name].transfers.values():
        assert transfer.concept in topics
        asked = targets[transfer.target].get("asks about", "")
        assert not asked or transfer.concept in asked.split(";")


@pytest.mark.parametrize("name", BOOKS)
def test_what_holds_for_every_transfer(seen: dict[str, Seen], name: str) -> None:
    assert not seen[name].twice
    assert not seen[name].leaks
    for transfer in seen[name].transfers.values():
        observed = transfer.status == "observed in target"
        assert transfer.status in ORDER
        assert (transfer.scope != "") == observed
        assert transfer.modality != "asserted" or transfer.scope == "whole target"
        assert bool(transfer.parts) == (transfer.scope == "part of the target")
        assert transfer.carried == (transfer.status != "no basis")
        assert transfer.target_evidence["independent"] <= sum(
            transfer.target_evidence[side] for side in ("for", "against")
        )
        assert transfer.sentence.endswith(".")
        assert not re.search(r"confiden|CERQual|GRADE", transfer.sentence)
        assert ("substituted" in transfer.sentence) == any(
            p["state"] == "substituted" for p in transfer.preconditions
        )
        assert not transfer.left_out or transfer.status in ("undetermined", "withdrawn")


@pytest.mark.parametrize("name", ["main", "left out"])
def test_carrying_again_in_memory_changes_nothing(built: dict[str, Built], name: str,
                                                  seen: dict[str, Seen]) -> None:  # fmt: skip
    store = open_copy(built[name].store)
    assert not any("carried" in str(graph) for graph in store.named_graphs())
    expected = [case.id for case in get_book(name).cases if compare(seen[name], case)]
    assert find_failing(store, get_book(name).cases) == expected
