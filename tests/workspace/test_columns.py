"""Large workspaces have columns beside their store, from which the same is counted."""

import shutil
from pathlib import Path

import pytest

from kg import Workspace
from kg.columns import TABLES
from kg.workspace import copy_case

LARGE = "kg.workspace.columns.LARGE"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return copy_case("collective-efficacy", tmp_path / "case")


def columns(case: Path) -> list[Path]:
    return sorted(p for p in (case / ".kg").iterdir() if ".columns" in p.name)


def test_a_small_workspace_has_none(case: Path) -> None:
    assert Workspace(case).built.columns is None
    assert columns(case) == []


def test_a_large_one_has_them_and_answers_alike(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Workspace(case)
    wanted = small.gaps().rows, small.facets().rows, small.reliance().rows
    quads = len(small.built.store)
    del small
    shutil.rmtree(case / ".kg")
    monkeypatch.setattr(LARGE, quads)
    for _ in range(2):  # built just now, and found on disk
        large = Workspace(case)
        assert large.built.columns == case / ".kg" / "store-1.columns"
        assert sorted(p.name for p in large.built.columns.iterdir()) == sorted(TABLES)
        assert (large.gaps().rows, large.facets().rows, large.reliance().rows) == wanted
        large.built.columns.rename(case / ".kg" / "away")  # they, and not the store, answered
        with pytest.raises(ValueError, match="empty list"):
            large.to_polars("findings")
        (case / ".kg" / "away").rename(large.built.columns)
    monkeypatch.setattr(LARGE, quads + 1)
    shutil.rmtree(case / ".kg")
    assert Workspace(case).built.columns is None


def test_columns_go_with_their_store(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LARGE, 1)
    Workspace(case).build()
    (case / ".kg" / "store-1.columns.new").mkdir()  # a writer that was killed
    with (case / "tables" / "people.csv").open("a", encoding="utf-8") as file:
        file.write("p-new,New person,,\n")
    Workspace(case).build()
    assert [p.name for p in columns(case)] == ["store-2.columns"]
