"""What docs/columns.md says is so: its files, and its examples, run where it says they run."""

import re
from pathlib import Path

import duckdb
import pytest

from kg.columns import CARRIED, LARGE, TABLES, list_measures
from kg.workspace import Workspace

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "columns.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)
    return str(found)


@pytest.fixture(scope="module")
def folder(places: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the page exports."""
    place = tmp_path_factory.mktemp("docs")
    Workspace(places["case"]).export(place / "data.parquet")
    return place


def test_every_file_is_described() -> None:
    rows = re.findall(r"^\| `(\w+)\.parquet`( \(with `--carried`\))? \|", PAGE, re.M)
    assert [name for name, _ in rows] == list(TABLES)
    assert {name for name, carried in rows if carried} == set(CARRIED)


def test_every_measure_is_named() -> None:
    assert set(re.findall(r"`(\w+)\.rq`", PAGE)) == {name for _, name in list_measures()}
    assert f"{LARGE:,} quads" in PAGE


def test_the_example_in_polars(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    exec(example("python"), {})
    assert re.search(r"towards +┆ polarity +┆ counted_as", capsys.readouterr().out)


def test_the_example_in_duckdb(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        found = dict(connection.execute(example("sql")).fetchall())
    assert found["neighbourhood"] >= 1
