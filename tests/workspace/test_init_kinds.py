"""Kinds of settings of one's own: rows that cells name, that evidence is rolled up over."""

from pathlib import Path

import pytest

from kg.reasoning import check_consistency
from kg.store import NamedNode
from kg.terms import OWL, RDF_TYPE, RDFS
from kg.workspace.build import build
from kg.workspace.find import find_transfers
from kg.workspace.start import read_schema
from tests.workspace.memory import build_in_memory
from tests.workspaces import Workspace, minimal

TRANSFER = "concept--target"


def schools() -> Workspace:
    """Return a synthesis on schools: what was seen in a boarding school, to be carried to schools.

    Its one study lives with the condition of the target, so that the setting alone decides.
    """
    workspace = minimal()
    workspace.add("setting-kinds", "school", label="place of  learning", under="organisation")
    workspace.add("setting-kinds", "boarding", label="boarding school", under="School")
    workspace.edit("settings", "setting", kind="Boarding School")
    workspace.edit("settings", "target-setting", kind="Place of Learning")
    workspace.edit("populations", "population", has_condition="condition")
    return workspace


def carried(workspace: Workspace, folder: Path) -> tuple[str, str, set[str], int, set[str]]:
    """Return status, scope, parts, source studies and near misses of the one transfer."""
    built = build_in_memory(workspace.write(folder))
    assert built.faults == ()
    (found,) = find_transfers(built)
    assert found.id == TRANSFER
    misses = {miss["label"] for miss in found.near_misses}
    return found.status, found.scope, set(found.parts), found.source["studies"], misses


# Roll-up, worked out by hand from the carry rule


def test_a_kind_under_the_targets_is_seen_in_the_target(tmp_path: Path) -> None:
    """A boarding school is a school, though not every school is one: a part of the target."""
    assert carried(schools(), tmp_path) == (
        "observed in target", "part of the target", {"boarding school", "a condition"}, 0, set(),
    )  # fmt: skip


def test_the_targets_own_kind_is_the_whole_target(tmp_path: Path) -> None:
    workspace = schools()
    workspace.edit("settings", "setting", kind="school")
    assert carried(workspace, tmp_path) == ("observed in target", "whole target", set(), 0, set())


def test_two_steps_up_to_a_shipped_kind(tmp_path: Path) -> None:
    workspace = schools()
    workspace.edit("settings", "target-setting", kind="organisation")
    assert carried(workspace, tmp_path) == (
        "observed in target", "part of the target", {"boarding school", "a condition"}, 0, set(),
    )  # fmt: skip


def test_a_kind_beside_the_targets_is_source_evidence(tmp_path: Path) -> None:
    """Only the condition is the target's then: a near miss, and one study elsewhere."""
    workspace = schools()
    workspace.edit("setting-kinds", "boarding", under="")
    assert carried(workspace, tmp_path) == ("proposed", "", set(), 1, {"condition only"})


def test_a_kind_above_the_targets_is_a_near_miss(tmp_path: Path) -> None:
    workspace = schools()
    workspace.edit("settings", "target-setting", kind="boarding")
    workspace.edit("settings", "setting", kind="school")
    status, _, _, studies, misses = carried(workspace, tmp_path)
    assert (status, studies) == ("proposed", 1)
    assert "broader setting" in misses


# What is read


def test_a_cell_names_a_kind_by_label_or_id_in_any_case(tmp_path: Path) -> None:
    workspace = schools()
    names = ("boarding", "BOARDING", "boarding school", " Boarding  school ")
    for number, name in enumerate(names):
        workspace.add("settings", f"s{number}", kind=name)
    built = build_in_memory(workspace.write(tmp_path))
    assert built.faults == ()
    kind = NamedNode(workspace.iri("boarding"))
    found = {q.subject.value for q in built.store.quads_for_pattern(None, None, kind)}
    assert {workspace.iri(f"s{n}") for n in range(len(names))} <= found


def test_rows_are_classes_under_setting(tmp_path: Path) -> None:
    workspace = schools()
    built = build_in_memory(workspace.write(tmp_path))
    said = {
        (q.predicate.value.removeprefix(RDFS).removeprefix(RDF_TYPE), str(q.object))
        for q in built.store.quads_for_pattern(NamedNode(workspace.iri("boarding")), None, None)
    }
    qes = "https://w3id.org/qes-kg/"
    assert {
        ("", f"<{qes}SettingKind>"),
        ("", f"<{OWL}Class>"),
        ("subClassOf", f"<{qes}Setting>"),
        ("subClassOf", f"<{workspace.iri('school')}>"),
        ("label", '"boarding school"'),
    } <= said
    assert not check_consistency(built.store)


def test_columns_of_the_workspace_offer_its_kinds(tmp_path: Path) -> None:
    folder = schools().write(tmp_path)
    tables = read_schema(folder).tables
    for column in (tables["settings"].find("kind"), tables["setting-kinds"].find("under")):
        assert column is not None
        assert column.labels[-2:] == ("boarding school", "place of learning")
        assert column.labels[0] == "community" and len(column.labels) == 9 + 2
    order = tables["constructs"].find("order")
    assert order is not None and "boarding school" not in order.labels


def test_a_construct_takes_no_kind_of_setting(tmp_path: Path) -> None:
    workspace = schools()
    workspace.add("constructs", "construct", order="boarding school")
    built = build_in_memory(workspace.write(tmp_path))
    assert [(f.table, f.column, f.rule) for f in built.faults] == [
        ("constructs", "order", "constructs-order")
    ]


def test_only_the_table_of_kinds_is_read_again(tmp_path: Path) -> None:
    """The settings follow all the same: what is kept of a file doesn't depend on another file."""
    workspace = schools()
    folder = workspace.write(tmp_path)
    assert build(folder).faults == ()
    workspace.edit("setting-kinds", "boarding", under="")
    workspace.write(folder)
    built = build(folder)
    assert built.read_again == ("tables/setting-kinds.csv",)
    assert [t.status for t in find_transfers(built)] == ["proposed"]
    workspace.edit("setting-kinds", "boarding", label="internat")
    workspace.write(folder)
    assert [(f.table, f.value, f.rule) for f in build(folder).faults] == [
        ("settings", "Boarding School", "settings-kind")
    ]


# Faults


def test_an_unknown_kind_is_a_fault_and_the_nearest_is_proposed(tmp_path: Path) -> None:
    workspace = schools()
    workspace.edit("settings", "setting", kind="bording school")
    workspace.edit("setting-kinds", "boarding", under="organization of some sort")
    built = build_in_memory(workspace.write(tmp_path))
    assert [(f.table, f.row, f.column, f.rule, f.value, f.fix) for f in built.faults] == [
        ("setting-kinds", 3, "under", "setting-kinds-under", "organization of some sort", ""),
        ("settings", 2, "kind", "settings-kind", "bording school", "boarding school"),
    ]
    assert "setting-kinds" in built.faults[1].message


def test_a_circle_is_a_fault_of_each_of_its_rows(tmp_path: Path) -> None:
    """What uses such a kind stays out, and a transfer that rests on it is undetermined."""
    workspace = schools()
    workspace.edit("setting-kinds", "school", under="boarding school")
    built = build_in_memory(workspace.write(tmp_path))
    assert [(f.table, f.row, f.column, f.rule) for f in built.faults] == [
        ("setting-kinds", 2, "under", "setting-kinds-acyclic"),
        ("setting-kinds", 3, "under", "setting-kinds-acyclic"),
    ]
    out = {table for table, _ in built.left_out}
    assert {"setting-kinds", "settings", "findings", "bearings", "targets"} <= out


def test_a_kind_that_is_left_out_takes_its_settings_with_it(tmp_path: Path) -> None:
    workspace = schools()
    workspace.edit("setting-kinds", "boarding", definition="")
    built = build_in_memory(workspace.write(tmp_path))
    assert [(f.table, f.column, f.rule) for f in built.faults] == [
        ("setting-kinds", "definition", "setting-kinds-definition")
    ]
    assert ("settings", workspace.record_number("settings", "setting")) in built.left_out
    assert [t.status for t in find_transfers(built)] == ["undetermined"]


@pytest.mark.parametrize(
    ("label", "rows"),
    [("Household", [4]), ("setting", [4]), ("Boarding SCHOOL", [3, 4]), ("school", [2])],
)
def test_a_name_leads_to_one_kind(label: str, rows: list[int], tmp_path: Path) -> None:
    """Shipped, that of all settings, the label of another row, and the id of another row."""
    workspace = schools()
    workspace.add("setting-kinds", "third", label=label)
    built = build_in_memory(workspace.write(tmp_path))
    found = [f for f in built.faults if f.rule == "setting-kinds-named-once"]
    assert {f.row for f in found} == {*rows} and {f.column for f in found} == {"label"}
    named = {f.table for f in built.faults} - {"setting-kinds"}
    # Where a name is in doubt, a cell that uses it is none of the kinds.
    assert named == ({"settings"} if label == "Boarding SCHOOL" else set())


def test_an_id_that_is_a_shipped_label_is_a_fault(tmp_path: Path) -> None:
    workspace = schools()
    workspace.add("setting-kinds", "couple", label="two friends")
    built = build_in_memory(workspace.write(tmp_path))
    assert [(f.row, f.rule) for f in built.faults] == [(4, "setting-kinds-named-once")]
