"""One definition of each measure: DuckDB in columns says what SPARQL says of the store."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kg.columns import LARGE, find_measure, list_measures, run_measure
from kg.networks import find_co_occurrence
from kg.query import get_query, run_query
from kg.synthesis import find_facets, find_gaps, find_reliance
from kg.workspace import Workspace
from kg.workspace.build import Built
from kg.workspace.network import find_network

WORKSPACES = ("case", "odd", "generated")
MEASURES = ("facets", "gaps", "occurrences", "reliance")


def test_every_twin_is_compared() -> None:
    assert list_measures() == tuple(("why", name) for name in MEASURES)
    for kind, name in list_measures():
        assert get_query(kind, name).columns  # what it means is written in SPARQL's text


@pytest.mark.parametrize("name", [m for m in MEASURES if m != "reliance"])
@pytest.mark.parametrize("workspace", WORKSPACES)
def test_the_twins_give_the_same_rows_in_the_same_order(
    workspace: str, name: str, built: dict[str, Built], columns: dict[str, Path]
) -> None:
    wanted = run_query(built[workspace].store, get_query("why", name).text)
    found = run_measure(columns[workspace], "why", name)
    assert (found.columns, found.rows) == (wanted.columns, wanted.rows)
    assert len(found.rows) > 5


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_reliance_is_the_same(
    workspace: str, built: dict[str, Built], columns: dict[str, Path]
) -> None:
    store, base = built[workspace].store, built[workspace].review.base
    wanted = find_reliance(store, base)
    found = find_reliance(store, base, columns[workspace])
    assert (found.columns, found.rows) == (wanted.columns, wanted.rows)
    assert found.rows


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_the_network_is_the_same(
    workspace: str, built: dict[str, Built], columns: dict[str, Path]
) -> None:
    one = find_co_occurrence(built[workspace].store)
    other = find_co_occurrence(built[workspace].store, columns[workspace])
    assert list(one.nodes()) == list(other.nodes())
    assert list(one.edges()) == list(other.edges()) != []


def test_facets_of_the_odd_workspace(columns: dict[str, Path]) -> None:
    """Counted by hand in the rows of `conftest.odd`; s 1 and twin are one sample."""
    rows = run_measure(columns["odd"], "why", "facets").rows
    found = {(facet, value): (int(s), int(f)) for facet, value, s, f in rows}
    # study (1 finding), s 1 and twin (4), empty (none), bare (none), role-2, role-3 (1 each).
    assert found["role", "demonstration corpus"] == (4, 5)
    assert found["role", "screened out"] == (1, 1)
    assert found["role", "awaiting decision"] == (1, 1)
    assert found["design", "qualitative"] == (5, 7)
    assert found["design", "mixed methods"] == (1, 0)
    assert found["country", "Chile, Peru"] == (1, 4)
    assert found["year", "2014"] == (1, 1)
    assert found["condition", "a narrower condition"] == (1, 4)
    assert found["setting", "a club"] == (3, 4)  # room 1: f 1, f-2, role-2-f, role-3-f
    # setting is of two kinds; its study, twin, role-2, role-3, and empty without a finding.
    assert found["setting", "household"] == found["setting", "neighbourhood"] == (5, 5)
    assert found["modality", "conjecture"] == (1, 1)
    assert ("country", "not reported") not in found
    assert found["concept", "social support"] == (1, 1)


def test_reliance_by_hand(tmp_path: Path) -> None:
    """In minimal() one study holds up the one claim; a second one shares the burden."""
    from tests.workspaces import minimal

    tables = minimal()
    assert Workspace(tables.write(tmp_path / "one")).reliance().rows == (
        ("study", "study", "1", "1"),
    )
    tables.study("other")
    tables.finding("other-f", study="other")
    tables.add("bearings", "other-b", finding="other-f")
    assert Workspace(tables.write(tmp_path / "two")).reliance().rows == (
        ("study", "other", "1", "0"),
        ("study", "study", "1", "0"),
    )


# Which of the two answers


def test_columns_answer_where_they_are(
    places: dict[str, Path],
    built: dict[str, Built],
    columns: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace = Workspace(places["odd"])
    small = workspace.gaps(), workspace.facets(), workspace.reliance()
    network = list(find_network(built["odd"], "co-occurrence").edges())
    asked: list[str] = []

    def measure(folder: Path, kind: str, name: str) -> Any:
        asked.append(name)
        return run_measure(folder, kind, name)

    monkeypatch.setattr("kg.columns.measure.run_measure", measure)
    large = replace(built["odd"], columns=columns["odd"])
    monkeypatch.setattr(workspace, "built", large)
    found = workspace.gaps(), workspace.facets(), workspace.reliance()
    assert [rows.rows for rows in found] == [rows.rows for rows in small]
    assert list(find_network(large, "co-occurrence").edges()) == network
    assert asked == ["gaps", "facets", "reliance", "occurrences"]


def test_nothing_small_has_columns(built: dict[str, Built]) -> None:
    assert {one.columns for one in built.values()} == {None}
    assert max(len(one.store) for one in built.values()) < LARGE


@pytest.mark.parametrize("damage", ["cut", "garbled", "gone", "empty"])
def test_the_store_answers_where_columns_are_damaged(
    damage: str, built: dict[str, Built], columns: dict[str, Path], tmp_path: Path
) -> None:
    import shutil

    folder = tmp_path / "columns"
    shutil.copytree(columns["odd"], folder)
    path = folder / "bearings" / "all.parquet"
    content = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "garbled":
        path.write_bytes(content[:40] + bytes(len(content) - 80) + content[-40:])
    elif damage == "empty":
        path.touch()
    wanted = find_gaps(built["odd"].store)
    assert find_gaps(built["odd"].store, folder).rows == wanted.rows


def test_a_wrong_text_is_no_damage(
    built: dict[str, Built], columns: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise duckdb.BinderException("no such column")

    monkeypatch.setattr("kg.columns.measure.run_measure", broken)
    with pytest.raises(duckdb.BinderException):
        find_facets(built["odd"].store, columns["odd"])


# The fence


def run_sql(columns: Path, text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    (tmp_path / "why").mkdir()
    (tmp_path / "why" / "own.sql").write_text(text, encoding="utf-8")
    monkeypatch.setattr("kg.resources.query_folder", lambda kind: tmp_path / kind)
    return run_measure(columns, "why", "own")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM read_csv('{other}')",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '{other}.csv'",
        "ATTACH '{other}.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET threads = 9",
    ],
)
def test_duckdb_reaches_nothing_else(
    text: str, columns: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.Error):
        run_sql(columns["odd"], text.format(other=other), monkeypatch, tmp_path)


def test_threads_and_memory_are_set(
    columns: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "SELECT current_setting('threads'), current_setting('memory_limit')"
    assert run_sql(columns["odd"], text, monkeypatch, tmp_path).rows == (("2", "2.0 GiB"),)


def test_a_folder_may_have_any_name(built: dict[str, Built], tmp_path: Path) -> None:
    from kg.columns import write_columns

    one = built["odd"]
    folder = tmp_path / "it's [a] {folder}* ?"
    write_columns(one.store, one.review.base, folder)
    found = find_measure(one.store, "why", "gaps", folder)
    assert run_measure(folder, "why", "gaps").rows == found.rows
