"""Adjudication: who decides, what no longer counts, and that it is still there to be asked for."""

from pathlib import Path

import pytest

from kg.appraisal import find_agreement, find_rulings
from kg.schema import load_schema
from kg.store import DefaultGraph, NamedNode
from kg.synthesis import statuses
from kg.terms import DISSENT_GRAPH, QES
from kg.workspace.build import Built
from tests.workspace.memory import build_in_memory
from tests.workspaces import Workspace, minimal


def decided(**cells: str) -> Workspace:
    """Ann sees the concept at work in the target and Ben sees that it is not; Cy decides."""
    workspace = minimal()
    for person in ("ann", "ben", "cy"):
        workspace.add("people", person)
    workspace.study("there", populations="target-population")
    workspace.finding("seen", study="there", settings="target-setting")
    workspace.add("bearings", "b-ann", finding="seen", polarity="supports", interpreter="ann")
    workspace.add("bearings", "b-ben", finding="seen", polarity="refutes", interpreter="ben")
    if cells:
        workspace.add(
            "bearings", "b-cy",
            **{"finding": "seen", "interpreter": "cy", "adjudicates": "b-ann;b-ben",
               "adjudication_reason": "See page 3.", **cells},
        )  # fmt: skip
    return workspace


def status(built: Built) -> str:
    return statuses(built.store)["concept--target"]


def test_undecided_disagreement_counts_on_both_sides(tmp_path: Path) -> None:
    built = build_in_memory(decided().write(tmp_path))
    assert (status(built), built.dissent) == ("contested", ())
    (ruling,) = find_rulings(built.store, load_schema(), "bearings")
    assert ruling.decided is None and ruling.unit == {"finding": "seen", "towards": "concept"}
    assert [(a.interpreter, a.values["polarity"]) for a in ruling.answers] == [
        ("ann", "supports"), ("ben", "refutes"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("polarity", "wanted"),
    [
        ("supports", "observed in target"),
        ("refutes", "contradicted in target"),
        ("mixed", "contested"),
        ("no effect seen", "proposed"),
    ],
)
def test_what_was_adjudicated_decides_and_the_dissent_stays(
    tmp_path: Path, polarity: str, wanted: str
) -> None:
    workspace = decided(polarity=polarity)
    built = build_in_memory(workspace.write(tmp_path))
    assert not built.faults and not built.left_out
    assert status(built) == wanted
    assert built.dissent == tuple(
        ("bearings", workspace.record_number("bearings", row)) for row in ("b-ann", "b-ben")
    )
    (ruling,) = find_rulings(built.store, load_schema())
    assert ruling.decided and ruling.decided.interpreter == "cy"
    assert ruling.decided.values["polarity"] == polarity
    assert [(a.interpreter, a.dissent) for a in ruling.answers] == [("ann", True), ("ben", True)]


def test_the_cache_knows_the_dissent(tmp_path: Path) -> None:
    from kg.workspace.build import build

    folder = decided(polarity="supports").write(tmp_path)
    first, again = build(folder), build(folder)
    assert first.changed and not again.changed
    assert len(first.dissent) == 2 and again.dissent == first.dissent


def test_the_figures_are_of_the_judgements_before_the_decision(tmp_path: Path) -> None:
    before = build_in_memory(decided().write(tmp_path / "before")).store
    after = build_in_memory(decided(polarity="mixed").write(tmp_path / "after")).store
    found = find_agreement(before, load_schema(), "bearings")
    pair = next(f for f in found if f.interpreters == ("ann", "ben") and f.category == "polarity")
    assert (pair.items, pair.percent) == (1, 0.0)
    assert find_agreement(after, load_schema(), "bearings") == found


def test_a_late_judgement_is_visible_until_it_is_decided_on(tmp_path: Path) -> None:
    workspace = decided(polarity="refutes")
    workspace.add("bearings", "b-late", finding="seen", interpreter="coder")
    built = build_in_memory(workspace.write(tmp_path / "late"))
    assert status(built) == "contested"
    assert [r.decided is None for r in find_rulings(built.store, load_schema())] == [False, True]
    workspace.add("bearings", "b-last", finding="seen", interpreter="ann",
                  adjudicates="b-cy;b-late", adjudication_reason="Read again.")  # fmt: skip
    built = build_in_memory(workspace.write(tmp_path / "last"))
    assert not built.faults
    assert status(built) == "observed in target" and len(built.dissent) == 4


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"adjudication_reason": ""}, "adjudicates-reason-given"),
        ({"adjudicates": "b-ben"}, "adjudicates-between"),
        ({"adjudicates": "b-ann;b-ben;b-cy"}, "adjudicates-acyclic"),
        ({"adjudicates": "b-ben;bearing"}, "adjudicates-same-question"),
        ({"adjudicates": "b-ben;nobody"}, "bearings-adjudicates"),
        ({"interpreter": ""}, "bearings-interpreter"),
        ({"polarity": "support"}, "bearings-polarity"),
    ],
)
def test_a_faulty_decision_decides_nothing_and_never_makes_an_answer_better(
    tmp_path: Path, cells: dict[str, str], rule: str
) -> None:
    workspace = decided(**{"polarity": "supports", **cells})
    built = build_in_memory(workspace.write(tmp_path))
    row = workspace.record_number("bearings", "b-cy")
    assert [(f.rule, f.row) for f in built.faults if f.severity == "error"] == [(rule, row)]
    assert ("bearings", row) in built.left_out and built.dissent == ()
    assert status(built) == "undetermined"


def test_a_faulty_dissent_leaves_the_decision_out_too(tmp_path: Path) -> None:
    workspace = decided(polarity="supports")
    workspace.edit("bearings", "b-ben", polarity="refuts")
    built = build_in_memory(workspace.write(tmp_path))
    assert len(built.left_out) == 2 and built.dissent == ()
    assert status(built) == "undetermined"


def test_two_that_decide_on_the_same_decide_nothing(tmp_path: Path) -> None:
    workspace = decided(polarity="supports")
    workspace.add("bearings", "b-cy-2", finding="seen", interpreter="cy", polarity="refutes",
                  adjudicates="b-ann;b-ben", adjudication_reason="See page 4.")  # fmt: skip
    built = build_in_memory(workspace.write(tmp_path))
    assert {f.rule for f in built.faults} == {"adjudicates-once"} and len(built.left_out) == 2
    assert (built.dissent, status(built)) == ((), "undetermined")


def test_nobody_adjudicates_from_a_side_file(tmp_path: Path) -> None:
    """What has no class is judged by no table; it must not take a judgement out of force."""
    workspace = decided()
    workspace.more["quiet.ttl"] = (
        f"<nobody> <{QES}adjudicates> <b-ben> , <b-ann> ; <{QES}adjudicationReason> 'So.' .\n"
    )
    built = build_in_memory(workspace.write(tmp_path))
    assert {f.rule for f in built.faults} == {"adjudicates-same-question"}
    assert (built.dissent, status(built)) == ((), "contested")


def test_notes_on_dissent_go_with_it(tmp_path: Path) -> None:
    workspace = decided(polarity="supports")
    workspace.add("memos", "note", about="b-ben")
    workspace.add("memos", "note-on-note", about="note")
    workspace.add("memos", "other-note", about="b-cy")
    built = build_in_memory(workspace.write(tmp_path))
    assert [t for t, _ in built.dissent] == ["bearings", "bearings", "memos", "memos"]
    graph, text = NamedNode(DISSENT_GRAPH), NamedNode(QES + "noteText")
    held = {q.subject.value for q in built.store.quads_for_pattern(None, text, None, graph)}
    assert held == {workspace.iri("note"), workspace.iri("note-on-note")}


def test_nothing_that_counts_names_dissent(tmp_path: Path) -> None:
    workspace = decided(polarity="supports")
    workspace.add("memos", "note", about="b-ben")
    store, here = build_in_memory(workspace.write(tmp_path)).store, DefaultGraph()
    for row in ("b-ann", "b-ben", "note"):
        node = NamedNode(workspace.iri(row))
        assert not list(store.quads_for_pattern(node, None, None, here))
        assert not list(store.quads_for_pattern(None, None, node, here))


def test_what_rests_on_an_adjudicated_translation_is_told(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.study("study-2")
    workspace.add("constructs", "construct")
    workspace.add("constructs", "construct-2", study="study-2")
    for row in ("t-1", "t-2", "t-3"):
        workspace.add("translations", row)
    workspace.edit("translations", "t-2", kind="refutational translation")
    workspace.add("lines-of-argument", "line", joins="t-1")
    workspace.edit("translations", "t-3", adjudicates="t-1;t-2", adjudication_reason="We talked.")
    built = build_in_memory(workspace.write(tmp_path / "dissent"))
    assert [(f.rule, f.column, f.value) for f in built.faults] == [
        ("adjudicated-relied-on", "joins", "t-1")
    ]
    workspace.edit("lines-of-argument", "line", joins="t-3")
    assert not build_in_memory(workspace.write(tmp_path / "decided")).faults
