"""Merge: two copies row by row, and every row of both in exactly one group."""

from collections import Counter

import pytest

from kg.appraisal import Merge, merge_tables
from kg.schema import load_schema

Rows = dict[str, dict[int, dict[str, str]]]


def tables(**rows: list[dict[str, str]]) -> Rows:
    """Table → record number → cells; a hyphen of a name is written as an underscore."""
    return {name.replace("_", "-"): dict(enumerate(cells, start=2)) for name, cells in rows.items()}


def bearing(row: str, **cells: str) -> dict[str, str]:
    base = {"id": row, "finding": "f1", "towards": "c1", "polarity": "supports",
            "kind": "theoretical", "reason": "So.", "interpreter": "ann"}  # fmt: skip
    return base | cells


def merged(ours: Rows, theirs: Rows) -> Merge:
    """Merge, and insist that every row of both sides is accounted for once."""
    found = merge_tables(ours, theirs, load_schema())
    both = Counter([*found.same, *found.differing])
    here, there = Counter([*found.kept]) + both, Counter([*found.added]) + both
    for side, keys, given in (("ours", here, ours), ("theirs", there, theirs)):
        told = Counter((k.table, k.id) for k in keys.elements())
        told += Counter((a.table, a.id) for a in found.apart if a.side == side)
        rows = ((t, c.get("id", "")) for t, numbered in given.items() for c in numbered.values())
        assert told == Counter(rows)
    return found


def test_rows_that_are_only_there_are_added_with_all_their_cells() -> None:
    new = bearing("b2", interpreter="ben", sense="s1")
    found = merged(tables(bearings=[bearing("b1")]), tables(bearings=[bearing("b1"), new]))
    assert [(k.table, k.id, c) for k, c in found.added.items()] == [("bearings", "b2", new)]
    assert [k.id for k in found.same] == ["b1"]
    assert not (found.kept or found.differing or found.conflicts or found.apart)


def test_rows_that_are_only_here_stay() -> None:
    found = merged(tables(bearings=[bearing("b1")], people=[{"id": "ann"}]), tables())
    assert [(k.table, k.id) for k in found.kept] == [("people", "ann"), ("bearings", "b1")]


def test_cells_that_differ_are_conflicts_with_both_sides() -> None:
    ours = tables(bearings=[bearing("b0"), bearing("b1", polarity="refutes", date="2026-01-01")])
    theirs = tables(bearings=[bearing("b1", reason="Else.")])
    found = merged(ours, theirs)
    assert [(c.table, c.row, c.id, c.column, c.ours, c.theirs) for c in found.conflicts] == [
        ("bearings", 3, "b1", "date", "2026-01-01", ""),
        ("bearings", 3, "b1", "polarity", "refutes", "supports"),
        ("bearings", 3, "b1", "reason", "So.", "Else."),
    ]
    assert [k.id for k in found.differing] == ["b1"]


@pytest.mark.parametrize(
    ("table", "column", "ours", "theirs", "equal"),
    [
        ("bearings", "polarity", "No  effect seen", "no effect seen", True),
        ("bearings", "reason", "So.", "so.", False),
        ("studies", "reports", "r1;r2", "r2 ; r1", True),
        ("studies", "reports", "r1;r1", "r1", False),
        ("studies", "reports", "r1", "R1", False),
    ],
)
def test_what_means_the_same_is_no_conflict(
    table: str, column: str, ours: str, theirs: str, equal: bool
) -> None:
    found = merged(
        {table: {2: {"id": "x", column: ours}}}, {table: {2: {"id": "x", column: theirs}}}
    )
    assert (not found.conflicts) is equal


@pytest.mark.parametrize("column", ["finding", "towards", "interpreter"])
def test_an_id_that_stands_for_another_judgement_is_kept_apart(column: str) -> None:
    theirs = bearing("b1", **{column: "other"})
    found = merged(tables(bearings=[bearing("b1")]), tables(bearings=[theirs]))
    assert not (found.added or found.conflicts)
    assert [(a.side, a.table, a.row, a.id) for a in found.apart] == [
        ("ours", "bearings", 2, "b1"), ("theirs", "bearings", 2, "b1"),
    ]  # fmt: skip
    assert f'"{column}" differs' in found.apart[1].why
    assert dict(found.apart[1].cells) == theirs


def test_an_id_of_another_table_is_kept_apart() -> None:
    found = merged(tables(people=[{"id": "x"}]), tables(theories=[{"id": "x", "label": "y"}]))
    assert not found.added
    assert {a.why for a in found.apart} == {
        "The id is one of people in ours and one of theories in theirs. Rename one."
    }


def test_an_id_that_is_used_twice_on_one_side_is_kept_apart() -> None:
    twice = tables(people=[{"id": "x", "name": "a"}, {"id": "x", "name": "b"}])
    for ours, theirs, side in ((twice, tables(), "ours"), (tables(), twice, "theirs"),
                               (tables(people=[{"id": "x"}]), twice, "theirs")):  # fmt: skip
        found = merged(ours, theirs)
        assert not found.added and not found.kept
        assert {a.why.split(". ")[0] for a in found.apart} == {
            f"The id is used more than once in {side}"
        }


def test_a_row_without_an_id_is_kept_apart() -> None:
    found = merged(tables(people=[{"name": "a"}]), tables(people=[{"name": "a"}]))
    assert [(a.side, a.id, a.cells) for a in found.apart] == [
        ("ours", "", (("name", "a"),)), ("theirs", "", (("name", "a"),)),
    ]  # fmt: skip
