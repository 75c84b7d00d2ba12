"""What a bearing is not shown as, and what the carried graphs don't hold."""

import pytest

from kg.workspace.build import Built, build
from tests.queries.carried import find_misplaced, get_more
from tests.queries.questions import get_store
from tests.synthesis.cases import Seen, compare, look


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(get_more().workspace.write(tmp_path_factory.mktemp("more")))


@pytest.fixture(scope="module")
def seen(built: Built) -> Seen:
    return look(built.store)


@pytest.mark.parametrize("case", get_more().cases, ids=lambda case: case.id)
def test_transfer(seen: Seen, case) -> None:
    assert compare(seen, case) == [], case.clause


def test_number_of_cases(built: Built) -> None:
    book = get_more()
    assert len(book.cases) == 13
    expected = [
        (table, book.workspace.record_number(table, row)) for table, row in book.expected_out
    ]
    assert list(built.left_out) == expected


@pytest.mark.parametrize("name", ["shipped", "small"])
def test_nothing_is_misplaced(name: str) -> None:
    assert find_misplaced(get_store(name)) == []


def test_nothing_is_misplaced_in_the_cases(built: Built) -> None:
    assert find_misplaced(built.store) == []
