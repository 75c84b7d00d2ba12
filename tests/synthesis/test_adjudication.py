"""Why shows who decided between interpreters, why, and what was set aside: all by hand."""

import json
from pathlib import Path

import pytest

from kg import Workspace
from tests.appraisal.test_ruling import decided
from tests.cli.run import call
from tests.workspaces import Workspace as Tables
from tests.workspaces import minimal

NAMES = {"ann": "Ann", "ben": "Ben", "cy": "Cy"}


def named(tables: Tables) -> Tables:
    for person, name in NAMES.items():
        tables.edit("people", person, name=name)
    return tables


def told(tables: Tables, folder: Path, name: str) -> list[str]:
    """Return the chain under a row as people see it, without its indentation."""
    lines = list(Workspace(tables.write(folder)).why(name).lines())
    assert all(not line.startswith(" ") for line in lines[:1])
    return [line.strip() for line in lines]


def twice() -> Tables:
    """Cy decides between Ann and Ben; Ann then between Cy and one who came late."""
    tables = named(decided(polarity="refutes"))
    tables.edit("bearings", "b-ben", reason="They say it is not.")
    tables.add("bearings", "b-late", finding="seen", polarity="mixed", interpreter="coder")
    tables.add("bearings", "b-last", finding="seen", interpreter="ann",
               adjudicates="b-cy;b-late", adjudication_reason="Read again.")  # fmt: skip
    return tables


def test_a_claim_shows_who_decided_why_and_what_was_set_aside(tmp_path: Path) -> None:
    tables = named(decided(polarity="supports"))
    tables.edit("bearings", "b-ben", reason="They say it is not.")
    lines = told(tables, tmp_path, "concept--target")
    start = lines.index(
        "in the target, for: bearing b-cy — a concept: The finding says so. [supports; Cy]"
    )
    assert lines[start + 1 : start + 5] == [
        "decided by Cy: See page 3.",
        "Ann: supports, agreed: The finding says so. [b-ann]",
        "Ben: refutes, set aside: They say it is not. [b-ben]",
        "because of: finding seen — It may help. [asserted]",
    ]
    assert sum(line.startswith("decided by") for line in lines) == 1


def test_decisions_on_decisions_are_told_one_under_the_other(tmp_path: Path) -> None:
    folder = twice().write(tmp_path)
    assert call(folder, "why", "b-last", quiet=True).stdout.splitlines() == [
        "bearing b-last — a concept: The finding says so. [supports; Ann]",
        "  decided by Ann: Read again.",
        "    Cy: refutes, set aside: The finding says so. [b-cy]",
        "      decided by Cy: See page 3.",
        "        Ann: supports, set aside: The finding says so. [b-ann]",
        "        Ben: refutes, agreed: They say it is not. [b-ben]",
        "    coder: mixed, set aside: The finding says so. [b-late]",
        "  because of: finding seen — It may help. [asserted]",
        "    found in: study there — there",
    ]


def test_the_machine_form_holds_the_same(tmp_path: Path) -> None:
    done = call(twice().write(tmp_path), "why", "b-last", "--format", "json", quiet=True)
    step = json.loads(done.stdout)
    reason = "The finding says so."
    ann = {"id": "b-ann", "by": "Ann", "said": "supports", "reason": reason, "agrees": False,
           "adjudication": None}  # fmt: skip
    ben = {"id": "b-ben", "by": "Ben", "said": "refutes", "reason": "They say it is not.",
           "agrees": True, "adjudication": None}  # fmt: skip
    first = {"by": "Cy", "said": "refutes", "reason": "See page 3.", "judgements": [ann, ben]}
    cy = {"id": "b-cy", "by": "Cy", "said": "refutes", "reason": reason, "agrees": False,
          "adjudication": first}  # fmt: skip
    late = {"id": "b-late", "by": "coder", "said": "mixed", "reason": reason, "agrees": False,
            "adjudication": None}  # fmt: skip
    assert step["adjudication"] == {
        "by": "Ann", "said": "supports", "reason": "Read again.", "judgements": [cy, late]
    }  # fmt: skip
    assert step["below"][0]["adjudication"] is None


@pytest.mark.parametrize(
    ("row", "first"),
    [
        ("b-ben", "bearing b-ben — They say it is not. [refutes; Ben; no longer counts]"),
        ("b-cy", "bearing b-cy — The finding says so. [refutes; Cy; no longer counts]"),
    ],
)
def test_what_was_set_aside_leads_to_what_counts(tmp_path: Path, row: str, first: str) -> None:
    lines = told(twice(), tmp_path, row)
    assert lines[:3] == [
        first,
        "decided by: bearing b-last — a concept: The finding says so. [supports; Ann]",
        "decided by Ann: Read again.",
    ]
    assert "Ben: refutes, agreed: They say it is not. [b-ben]" in lines


def test_nobody_decided_where_both_sides_stand(tmp_path: Path) -> None:
    lines = told(decided(), tmp_path, "concept--target")
    assert any(line.startswith("in the target, for: bearing b-ann") for line in lines)
    assert any(line.startswith("in the target, against: bearing b-ben") for line in lines)
    assert not any("decided by" in line or "set aside" in line for line in lines)


def test_a_faulty_decision_is_not_told_as_one(tmp_path: Path) -> None:
    tables = decided(polarity="supports", adjudication_reason="")
    assert not any("decided by" in line for line in told(tables, tmp_path, "seen"))


def translations() -> Tables:
    tables = minimal()
    for person in NAMES:
        tables.add("people", person)
    tables.study("study-2")
    tables.add("constructs", "construct")
    tables.add("constructs", "construct-2", study="study-2")
    tables.add("translations", "of-ann", interpreter="ann", argument="They mean the same.")
    tables.add("translations", "of-ben", interpreter="ben", kind="refutational translation")
    tables.add("translations", "of-cy", interpreter="cy", adjudicates="of-ann;of-ben",
               adjudication_reason="We talked.")  # fmt: skip
    return named(tables)


def test_translations(tmp_path: Path) -> None:
    assert told(translations(), tmp_path, "of-cy")[:4] == [
        "reciprocal translation of-cy [Cy]",
        "decided by Cy: We talked.",
        "Ann: reciprocal translation, agreed: They mean the same. [of-ann]",
        "Ben: refutational translation, set aside [of-ben]",
    ]


def one_of_each() -> list[tuple[str, dict[str, str], dict[str, str], str]]:
    """Return table, cells of the decision, cells of Ben, and what Ben is told to say."""
    concern, reason = "minor concern", "Because."
    parts = ("methodological limitations", "coherence", "adequacy", "relevance")
    assessed = {p: concern for p in parts} | {f"{p} reason": reason for p in parts}
    assessed |= {"review finding": "rf", "level": "moderate confidence", "explanation": "So."}
    assessed |= {"not assessed": ""}
    factor = {"kind": "transfer factor", "what": "concept", "target": "target", "factor": "time",
              "asked": "true", "concern": concern, "reason": reason}  # fmt: skip
    return [
        ("appraisals", {"judgement": "yes"}, {"judgement": "no"}, "no, set aside"),
        ("uses", {"concept": "spoken", "sense": "sense"}, {"sense": "other"},
         "another sense, set aside: The abstract"),
        ("eligibility", {"decision": "met"}, {"decision": "not met", "reason": "No."},
         "not met, set aside: No."),
        ("study-relations", {}, {"relation": "opposing"}, "opposing, set aside: Both look"),
        ("confidence", assessed, {"coherence": "serious concern"},
         "coherence: serious concern, set aside: So."),
        ("decisions", factor, {"concern": "serious concern"}, "serious concern, set aside: Bec"),
        ("bearings", {}, {"presupposes": "true"}, "presupposes the concept, set aside: The fin"),
        ("bearings", {}, {"kind": "theoretical"}, "theoretical, set aside: The finding says so."),
    ]  # fmt: skip


@pytest.mark.parametrize(("table", "cells", "other", "said"), one_of_each())
def test_every_kind_of_judgement(
    tmp_path: Path, table: str, cells: dict[str, str], other: dict[str, str], said: str
) -> None:
    tables = minimal()
    for person, name in NAMES.items():
        tables.add("people", person, name=name)
    tables.add("criteria", "criterion")
    tables.study("study-2")
    tables.add("review-findings", "rf")
    if table == "uses":
        tables.add("concepts", "spoken")
        for sense, label in (("sense", "a sense"), ("other", "another sense")):
            tables.add("senses", sense, concept="spoken", label=label)
    by = {"appraisals": "by", "confidence": "by", "eligibility": "by", "decisions": "signed by"}
    header = by.get(table, "interpreter")
    tables.add(table, "of-ann", **{header: "ann", **cells})
    tables.add(table, "of-ben", **{header: "ben", **cells, **other})
    tables.add(table, "last", **{header: "cy", "adjudicates": "of-ann;of-ben",
                                 "adjudication_reason": "We talked.", **cells})  # fmt: skip
    folder = tables.write(tmp_path)
    assert not [f for f in Workspace(folder).check() if f.severity == "error"]
    lines = [line.strip() for line in Workspace(folder).why("last").lines()]
    assert lines[1] == "decided by Cy: We talked."
    assert lines[2].startswith("Ann: ") and ", agreed" in lines[2]
    assert lines[3].startswith(f"Ben: {said}")


def test_there_is_a_case_for_each_table_of_judgements() -> None:
    from kg.schema import load_schema

    deciding = {n for n, t in load_schema().tables.items() if "adjudicates" in t.header}
    assert {table for table, *_ in one_of_each()} | {"translations"} == deciding
    assert (len(one_of_each()), len(deciding)) == (8, 8)
