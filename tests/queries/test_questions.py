"""Every question gives the answer that was worked by hand, before and after one edited cell."""

import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal

from kg.query import Query, list_queries, read_query, run_query
from kg.workspace import Workspace
from tests.queries.questions import (
    CASE,
    COPIES,
    QUESTIONS,
    STEMS,
    Case,
    add_change,
    ask,
    cases,
    failing,
    get_store,
    read_answer,
    read_change,
    read_text,
)
from tests.queries.small import ANSWERS, LEFT_OUT_ANSWERS

SHIPPED: tuple[Query, ...] = tuple(read_query(QUESTIONS / f"{stem}.rq") for stem in STEMS)
PARAMS = [(query.name, param) for query in SHIPPED for param in query.params]


@pytest.mark.parametrize("stem", STEMS)
def test_columns(stem: str) -> None:
    columns, _ = read_answer(stem)
    assert run_query(get_store("shipped"), read_text(stem)).columns == columns


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_rows(case: Case) -> None:
    """Row by row, in order, as plain text."""
    assert list(ask(case, read_text(case.stem)).rows) == list(case.rows)


def test_number_of_cases() -> None:
    assert len(STEMS) == 16
    assert sorted(stem for edited in COPIES.values() for stem in edited) == sorted(STEMS)
    assert set(ANSWERS) == set(STEMS)
    assert len(cases()) == 3 * len(STEMS) + len(LEFT_OUT_ANSWERS) == 49
    assert len({case.id for case in cases()}) == len(cases())


def test_failing_names_the_cases_of_other_texts() -> None:
    assert failing() == []
    stem = "eligibility"
    assert failing({stem: read_text(stem)}) == []
    wrong = read_text(stem).replace("ORDER BY ?study", "ORDER BY DESC(?study)")
    assert failing({stem: wrong}) == [case.id for case in cases() if case.stem == stem]


@pytest.mark.parametrize("stem", STEMS)
def test_change_case_changes_the_answer(stem: str) -> None:
    columns, rows = read_answer(stem)
    change = read_change(stem)
    assert change.added != change.removed
    assert set(change.removed) <= set(rows)
    assert not set(change.added) & set(rows)
    assert all(len(row) == len(columns) for row in change.removed + change.added)
    assert len(add_change(stem)) == len(rows) - len(change.removed) + len(change.added)


def test_changes_of_one_copy_do_not_reach_other_questions() -> None:
    """In the first copy nothing else changes: each answer there is that of its own change."""
    for stem in COPIES["changed elsewhere"]:
        answer = run_query(get_store("changed"), read_text(stem))
        assert answer.rows == read_answer(stem)[1]


# Headers


def test_the_sixteen_are_shipped_with_answer_and_change() -> None:
    for kind in (".rq", ".csv", ".change.yaml"):
        found = sorted(p.name.removesuffix(kind) for p in QUESTIONS.glob(f"*{kind}"))
        assert found == list(STEMS)
    assert [query.name for query in list_queries("questions")] == list(STEMS)


@pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)
def test_header(query: Query) -> None:
    header = [line for line in query.text.splitlines() if line.startswith("#+")]
    assert query.text.startswith("\n".join(header)), "the header stands first, in one piece"
    order = [re.match(r"#\+ (\w+)", line)[1] for line in header]
    assert order == sorted(order, key=["summary", "param", "column", "source", "tags"].index)
    assert [order.count(key) for key in ("summary", "source", "tags")] == [1, 1, 1]
    assert query.summary.endswith("?")
    assert all(query.fields[key] for key in ("source", "tags"))
    assert tuple(query.columns) == read_answer(query.name)[0]
    assert set(query.params) <= set(query.columns)
    assert all({**query.params, **query.columns}.values())


@pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)
def test_text(query: Query) -> None:
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
    assert "ORDER BY" in body.rpartition("}")[2], "the answer is sorted"
    assert not re.search(r"SELECT\s+(DISTINCT\s+)?\*", body)
    prefixes = re.findall(r"^PREFIX (\w+): <\S+>$", body, re.MULTILINE)
    assert prefixes == sorted(set(prefixes))
    rest = body.partition("SELECT")[2]
    assert all(re.search(rf"\b{prefix}:", rest) for prefix in prefixes), "each prefix is used"


@pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)
def test_readme_has_the_question_and_the_number_of_rows(query: Query) -> None:
    readme = (QUESTIONS / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.startswith(f"| {query.name} |"))
    _, _, question, rows, _, _ = (cell.strip() for cell in line.split("|"))
    assert question == query.summary
    assert sum(map(int, rows.split("+"))) == len(read_answer(query.name)[1])


# Parameters


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("case") / "case"
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns(".kg"))
    return Workspace(folder)


@pytest.mark.parametrize(("stem", "param"), PARAMS)
def test_param_picks_the_rows_with_that_value(built: Workspace, stem: str, param: str) -> None:
    columns, rows = read_answer(stem)
    place = columns.index(param)
    for value in sorted({row[place] for row in rows} - {""}):
        answer = built.query(stem, {param: value})
        assert answer.columns == columns
        assert answer.rows == tuple(row for row in rows if row[place] == value)


@pytest.mark.parametrize(("stem", "param"), PARAMS)
def test_param_never_fills_an_empty_cell(stem: str, param: str) -> None:
    """A value is put in place of the variable: where nothing is bound it would be made up."""
    place = read_answer(stem)[0].index(param)
    text = read_text(stem)
    for name in ("shipped", "small"):
        rows = run_query(get_store(name), text).rows
        for value in {row[place] for row in rows} - {""}:
            answer = run_query(get_store(name), text, {param: Literal(value)})
            assert answer.rows == tuple(row for row in rows if row[place] == value)
        assert run_query(get_store(name), text, {param: Literal("nonsense")}).rows == ()


def test_every_question_can_be_narrowed() -> None:
    assert {stem for stem, _ in PARAMS} == set(STEMS)
    assert len(PARAMS) == 33
