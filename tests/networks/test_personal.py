"""Statistics of personal networks, from tables to every form, worked out by hand."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import polars
import pytest

from kg.networks import find_statistics, list_counts, read_personal_networks
from kg.workspace.build import build
from tests.cli.run import call
from tests.networks.conftest import persons
from tests.workspaces import minimal

STRUCTURE = ("size", "ties", "density", "effective size", "constraint")


def find(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the statistics of each person by the end of the IRI."""
    found = find_statistics(read_personal_networks(build(folder).store))
    return {row["row"].rpartition("/")[2]: row for row in found.iter_rows(named=True)}


def structure(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in STRUCTURE)


def members(row: dict[str, Any]) -> dict[str, int]:
    """Return the counts of members that are not 0."""
    return {name: row[name] for name in row if ": " in name and row[name]}


def test_structure(folder: Path) -> None:
    rows = find(folder)
    assert list(rows) == ["anna", "ben", "cleo", "dora"]
    assert structure(rows["anna"]) == pytest.approx((3, 1, 1 / 3, 7 / 3, 1 / 4 + 1 / 4 + 1 / 9))
    assert structure(rows["ben"]) == (1, 0, None, 1, 1)
    assert structure(rows["cleo"]) == (0, 0, None, None, None)
    assert structure(rows["dora"]) == (2, 0, 0, 2, 1 / 2)
    assert [rows[n]["origin"] for n in rows] == ["synthetic", "synthetic", "real", "synthetic"]
    assert [rows[n]["left out"] for n in rows] == [0, 0, 0, 0]


def test_members_by_relationship_circle_contact_and_support(folder: Path) -> None:
    rows = find(folder)
    assert members(rows["anna"]) == {
        "relationship: family member": 1,
        "relationship: friend": 1,
        "relationship: pet": 1,
        "circle: circle 1": 2,
        "circle: not known": 1,
        "contact: daily": 2,
        "contact: weekly": 1,
        "support: illness work": 1,
        "support: emotional work": 2,
        "support: none recorded": 1,
    }
    assert members(rows["cleo"]) == {}
    assert rows["cleo"]["contact: daily"] == 0  # nobody is a number, and is known
    assert members(rows["dora"])["relationship: not known"] == 1


def test_all_values_of_the_shapes_are_counted() -> None:
    counts = list_counts()
    assert len(counts) == len(set(counts)) == 7 + 4 + 5 + 4
    assert [v for c, v in counts if c == "support"] == [
        "illness work", "everyday work", "emotional work", "none recorded",
    ]  # fmt: skip


def test_a_network_with_a_left_out_row_is_not_known(tmp_path: Path) -> None:
    workspace = persons()
    workspace.edit("alters", "d2", circle="circle 9")
    rows = find(workspace.write(tmp_path / "w"))
    assert rows["dora"]["left out"] == 1
    assert structure(rows["dora"]) == (None,) * 5
    assert {rows["dora"][n] for n in rows["dora"] if ": " in n} == {None}
    assert structure(rows["ben"]) == (1, 0, None, 1, 1)


def test_a_left_out_tie_makes_its_network_not_known(tmp_path: Path) -> None:
    workspace = persons()
    workspace.add("ties", "t3", from_="d1", to="b1")  # out of the network
    rows = find(workspace.write(tmp_path / "w"))
    assert rows["dora"]["left out"] == rows["ben"]["left out"] == 1
    assert structure(rows["dora"])[0] is None
    assert rows["anna"]["size"] == 3


def test_where_no_tie_is_recorded_nothing_that_rests_on_ties_is_known(tmp_path: Path) -> None:
    workspace = persons()
    del workspace.tables["ties"]
    folder = workspace.write(tmp_path / "w")
    rows = find(folder)
    assert structure(rows["anna"]) == (3, None, None, None, None)
    assert "nothing that rests on ties is known" in call(folder, "network", "personal").stderr


def test_no_personal_network(tmp_path: Path) -> None:
    folder = minimal().write(tmp_path / "w")
    done = call(folder, "network", "personal", "--format", "json")
    assert (done.exit_code, done.stdout) == (0, "[]\n")
    assert "no personal network yet" in done.stderr
    for form in ("text", "csv", "md", "graphml", "gexf", "nodes.csv", "edges.csv"):
        assert call(folder, "network", "personal", "--format", form).exit_code == 0, form


def test_text(folder: Path) -> None:
    done = call(folder, "network", "personal")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["id", "origin", *" ".join(STRUCTURE).split()]
    assert lines[2].split() == ["anna", "synthetic", "3", "1", "0.333", "2.333", "0.611"]
    assert re.split(r"  +", lines[4]) == ["cleo", "real", "0", "0", *["not known"] * 3]
    assert ["contact", "daily", "synthetic", "2", "1"] in [line.split() for line in lines]
    assert "1 network of two or more members without any tie: read as no ties" in done.stderr


def test_csv_has_empty_cells_where_nothing_is_known(folder: Path) -> None:
    done = call(folder, "network", "personal", "--format", "csv", quiet=True)
    assert done.stderr == ""
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows["cleo"]["size"] == "0" and rows["cleo"]["density"] == ""
    assert rows["dora"]["density"] == "0.0"
    assert len(rows["anna"]) == 4 + 5 + 20


def test_json_has_null_where_nothing_is_known(folder: Path) -> None:
    done = call(folder, "network", "personal", "--format", "json", quiet=True)
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    assert rows["cleo"]["density"] is None
    assert rows["anna"]["members"]["support"] == {
        "illness work": 1, "everyday work": 0, "emotional work": 2, "none recorded": 1,
    }  # fmt: skip


def test_markdown(folder: Path) -> None:
    shown = call(folder, "network", "personal", "--format", "md", quiet=True).stdout
    assert "| cleo | real | 0 | 0 | not known | not known | not known |\n" in shown


def test_statistics_are_sorted_and_typed(folder: Path) -> None:
    found = find_statistics(read_personal_networks(build(folder).store))
    assert found["row"].is_sorted()
    assert found["size"].dtype == found["support: illness work"].dtype == polars.Int64
    assert found["density"].dtype == polars.Float64
