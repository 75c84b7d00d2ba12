"""Leaving a bad row out must never make an answer better."""

import csv
import shutil
from pathlib import Path

import pytest

from kg import resources
from kg.synthesis import read_transfers, statuses
from kg.workspace.build import Built
from tests.workspace.memory import build_in_memory
from tests.workspaces import Workspace, minimal

CASE = resources.data_folder("collective-efficacy")
TARGET = "ltc-personal-communities"
BLOCKED = f"collective-efficacy--sense-group-belief--{TARGET}"


def change_cell(folder: Path, table: str, row: str, column: str, value: str | None) -> int:
    """Change a cell, or delete the row, and return its record number."""
    path = folder / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    number = next(n for n, r in enumerate(rows) if r["id"] == row)
    if value is None:
        del rows[number]
    else:
        rows[number][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return number + 2


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case, built."""
    folder = tmp_path_factory.mktemp("shipped") / "case"
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns(".kg"))
    build_in_memory(folder)
    return folder


def states(built: Built, transfer: str) -> dict[str, str]:
    """Return precondition → state of a transfer."""
    (found,) = (t for t in read_transfers(built.store) if t.id == transfer)
    return {p["id"]: p["state"] for p in found.preconditions}


def test_misspelling_the_only_bearing_against_never_makes_an_answer_better(
    shipped: Path, tmp_path: Path
) -> None:
    """One study in the target reports that trust is missing; nothing else speaks against it."""
    before = build_in_memory(shipped)
    assert statuses(before.store)[BLOCKED] == "blocked"
    assert [p for p, s in states(before, BLOCKED).items() if s == "unmet"] == ["trust-in-the-group"]

    without = shutil.copytree(shipped, tmp_path / "without")
    change_cell(without, "bearings", "mlinar2016-b2", "", None)
    assert states(build_in_memory(without), BLOCKED)["trust-in-the-group"] == "unknown"
    assert statuses(build_in_memory(without).store)[BLOCKED] != "blocked"  # so it is the only one

    misspelt = shutil.copytree(shipped, tmp_path / "misspelt")
    row = change_cell(misspelt, "bearings", "mlinar2016-b2", "polarity", "refuts")
    after = build_in_memory(misspelt)
    assert [(f.table, f.row, f.column, f.value, f.fix) for f in after.faults] == [
        ("bearings", row, "polarity", "refuts", "refutes")
    ]
    assert after.left_out == (("bearings", row),)
    resting = {t.id: t for t in read_transfers(before.store)
               if "trust-in-the-group" in {p["id"] for p in t.preconditions}}  # fmt: skip
    assert BLOCKED in resting
    for transfer in read_transfers(after.store):
        old = statuses(before.store)[transfer.id]
        assert transfer.status == ("undetermined" if transfer.id in resting else old)
        assert transfer.left_out == ((f"bearings row {row}",) if transfer.id in resting else ())


def against() -> Workspace:
    """A workspace with one bearing for (elsewhere) and one against (in the target)."""
    workspace = minimal()
    workspace.study("study-2", populations="target-population")
    workspace.finding("finding-2", study="study-2", settings="target-setting")
    workspace.add("bearings", "bearing-2", finding="finding-2", polarity="refutes")
    return workspace


def status(workspace: Workspace, folder: Path) -> str:
    return statuses(build_in_memory(workspace.write(folder)).store)["concept--target"]


def test_the_bearing_against_counts(tmp_path: Path) -> None:
    assert status(against(), tmp_path) == "contradicted in target"


@pytest.mark.parametrize(
    ("table", "row", "cells"),
    [
        ("bearings", "bearing-2", {"polarity": "refuts"}),
        ("bearings", "bearing-2", {"polarity": ""}),
        ("bearings", "bearing-2", {"kind": "interpretative"}),
        ("bearings", "bearing-2", {"towards": "concpet"}),
        ("bearings", "bearing-2", {"towards": "coder"}),
        ("bearings", "bearing-2", {"towards": ""}),
        ("bearings", "bearing-2", {"finding": "finding-3"}),
        ("bearings", "bearing-2", {"interpreter": "nobody"}),
        ("findings", "finding-2", {"study": "study-3"}),
        ("findings", "finding-2", {"modality": "sure"}),
        ("findings", "finding-2", {"settings": "nowhere"}),
        ("findings", "finding-2", {"statement": ""}),
        ("studies", "study-2", {"role": "included"}),
        ("studies", "study-2", {"populations": "people"}),
        ("reports", "study-2-report", {"read": "all of it"}),
    ],
)
def test_a_fault_anywhere_under_the_bearing_against_leaves_it_undetermined(
    table: str, row: str, cells: dict[str, str], tmp_path: Path
) -> None:
    """Rows that refer to a row that is left out stay out themselves."""
    workspace = against()
    workspace.edit(table, row, **cells)
    folder = workspace.write(tmp_path)
    built = build_in_memory(folder)
    chain = {"reports": ("study-2-report", "study-2", "finding-2", "bearing-2"),
             "studies": ("study-2", "finding-2", "bearing-2"),
             "findings": ("finding-2", "bearing-2"), "bearings": ("bearing-2",)}  # fmt: skip
    places = {"study-2-report": "reports", "study-2": "studies", "finding-2": "findings",
              "bearing-2": "bearings"}  # fmt: skip
    expected = sorted((places[r], workspace.record_number(places[r], r)) for r in chain[table])
    assert list(built.left_out) == expected
    assert statuses(built.store)["concept--target"] == "undetermined"


@pytest.mark.parametrize(
    ("table", "content"),
    [
        (t, (b"", b"id,no such column\nx,y\n")[n % 2])
        for n, t in enumerate(sorted(against().tables))
    ],
)
def test_a_table_that_can_not_be_read_leaves_everything_undetermined(
    table: str, content: bytes, tmp_path: Path
) -> None:
    folder = against().write(tmp_path)
    (folder / "tables" / f"{table}.csv").write_bytes(content)
    built = build_in_memory(folder)
    # A target whose exemplar can't be read is incomplete itself.
    follows = {"targets"} if table in ("populations", "settings") else set()
    assert {f.table for f in built.faults} == {f"tables/{table}.csv"} | follows
    assert set(statuses(built.store).values()) <= {"undetermined"}


def test_a_row_that_nothing_rests_on_changes_no_status(tmp_path: Path) -> None:
    workspace = against()
    workspace.add("memos", "memo", about="study", date="yesterday")
    built = build_in_memory(workspace.write(tmp_path))
    assert built.left_out == (("memos", 2),)
    assert statuses(built.store)["concept--target"] == "contradicted in target"


def test_a_row_is_left_out_of_answers_but_can_be_traced(tmp_path: Path) -> None:
    workspace = against()
    workspace.edit("bearings", "bearing-2", polarity="refuts")
    store = build_in_memory(workspace.write(tmp_path)).store
    graphs = {
        str(q.graph_name) for q in store if getattr(q.subject, "value", "").endswith("bearing-2")
    }
    assert "DEFAULT" not in graphs
    assert f"<{workspace.base}graph/bearings>" in graphs
