"""Agreement: figures against published worked examples, and what is counted and what is not."""

from itertools import pairwise
from pathlib import Path

import pytest

from kg.appraisal import JUDGEMENTS, Agreement, find_agreement, find_alpha, find_kappa
from kg.resources import shape_files
from kg.schema import load_schema
from kg.terms import QES
from kg.workspace.build import Built
from tests.workspace.memory import build_in_memory
from tests.workspaces import Workspace, minimal

Ratings = dict[str, dict[str, str | int]]


def ratings(**answers: str) -> Ratings:
    """Interpreter → question → answer, from one character a question; "." is no answer."""
    return {
        who: {f"{n:03}": int(c) if c.isdigit() else c for n, c in enumerate(row) if c != "."}
        for who, row in answers.items()
    }


def table(rows: list[list[int]]) -> Ratings:
    """Two interpreters' answers, from the table of how often each pair of answers was given."""
    pairs = [(a, b) for a, row in enumerate(rows) for b, n in enumerate(row) for _ in range(n)]
    return {
        "a": {f"{n:03}": a for n, (a, _) in enumerate(pairs)},
        "b": {f"{n:03}": b for n, (_, b) in enumerate(pairs)},
    }


# Published worked examples


def test_kappa_of_cohen() -> None:
    """Cohen 1968, doi 10.1037/h0026256, Table 1: 200 cases, three diagnoses; kappa .492.

    By hand: (88 + 40 + 12) / 200 = .70 agree, .6 × .5 + .3 × .3 + .1 × .2 = .41 by chance.
    """
    found = find_kappa(table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))
    assert found == pytest.approx((0.70 - 0.41) / (1 - 0.41))
    assert round(found or 0, 3) == 0.492


def test_kappa_of_the_sas_manual() -> None:
    """SAS/STAT User's Guide, FREQ procedure, "Agreement Study": skin condition, 88 patients.

    By hand: 45 agree; by chance (15 · 17 + 29 · 20 + 23 · 31 + 21 · 20) / 88² = 1968 / 7744.
    """
    found = find_kappa(table([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]))
    assert found == pytest.approx((45 / 88 - 1968 / 7744) / (1 - 1968 / 7744))
    assert round(found or 0, 4) == 0.3449


FOUR = ratings(a="123321412...", b="1233224125..", c=".33323422513", d="12332441251.")


def test_alpha_of_krippendorff_two_observers() -> None:
    """Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: A (.095) and B (.692)."""
    assert round(find_alpha(ratings(jon="0100000010", han="1110010000")) or 0, 3) == 0.095
    assert round(find_alpha(ratings(meg="aabbdcccedda", owen="babbbccceddd")) or 0, 3) == 0.692


def test_alpha_of_krippendorff_four_observers_with_missing_data() -> None:
    """The same, C (nominal, .743) and D (ordinal, .815): four observers, twelve units."""
    assert [len(answers) for answers in FOUR.values()] == [9, 10, 11, 11]
    assert round(find_alpha(FOUR) or 0, 3) == 0.743
    assert round(find_alpha(FOUR, "ordinal") or 0, 3) == 0.815


@pytest.mark.parametrize("data", [FOUR, ratings(meg="aabbdcccedda", owen="babbbcccedd.")])
def test_alpha_is_the_formula_of_coincidences(data: Ratings) -> None:
    """1 - (n - 1) · (n - Σ o_cc) / (n² - Σ n_c²), worked out beside the library."""
    units = sorted({u for answers in data.values() for u in answers})
    lists = [[a[u] for a in data.values() if u in a] for u in units]
    lists = [values for values in lists if len(values) > 1]
    n = sum(map(len, lists))
    agree = sum(
        values.count(v) * (values.count(v) - 1) / (len(values) - 1)
        for values in lists
        for v in set(values)
    )
    flat = [v for values in lists for v in values]
    chance = sum(flat.count(v) ** 2 for v in set(flat))
    assert find_alpha(data) == pytest.approx(1 - (n - 1) * (n - agree) / (n * n - chance))


@pytest.mark.parametrize("rows", [("", ""), ("x", "x"), ("x.", ".x"), ("x", "y"), ("xxx", "xxx")])
def test_figures_are_undefined_where_they_are(rows: tuple[str, str]) -> None:
    data = ratings(a=rows[0], b=rows[1])
    assert find_kappa(data) is None
    assert find_alpha(data) is None


# The tables of judgements and the shapes


def test_judgements_are_tied_to_the_schema() -> None:
    schema = load_schema()
    assert [j.table for j in JUDGEMENTS] == sorted(j.table for j in JUDGEMENTS)
    assert len(JUDGEMENTS) == 9
    for judgement in JUDGEMENTS:
        found = schema.tables[judgement.table]
        headers = (*judgement.unit, *judgement.categories, judgement.interpreter)
        assert len(set(headers)) == len(headers)
        assert set(headers) <= set(found.header), judgement.table
        column = found.find(judgement.interpreter)
        assert column and column.required and column.refers_to == QES + "Interpreter"
        assert set(judgement.ordered) <= set(judgement.categories)
        assert all(len(c.labels) == 4 for c in found.columns if c.name in judgement.ordered)


def test_what_has_an_answer_can_be_adjudicated() -> None:
    tables = load_schema().tables
    deciding = {name for name, t in tables.items() if t.find("adjudicates")}
    assert deciding == {j.table for j in JUDGEMENTS if j.categories}
    for name in deciding:
        column = tables[name].find("adjudicates")
        assert column and column.separator == ";" and column.refers_to == tables[name].cls
        assert tables[name].find("adjudication reason")


def test_the_rule_of_the_same_question_names_each_unit() -> None:
    """The rule is written in SPARQL, the units are in Python: neither may move alone."""
    (file,) = [f for f in shape_files() if f.name == "adjudicates-same-question.ttl"]
    lines = [x for x in file.read_text(encoding="utf-8").splitlines() if "?class = qes:" in x]
    tables = load_schema().tables
    wanted = {
        tables[j.table].cls: {c.path for c in tables[j.table].columns if c.name in j.unit}
        for j in JUDGEMENTS
        if j.categories
    }
    assert len(lines) == 2 * len(wanted)
    for line in lines:
        words = (w.strip(",()") for w in line.split())
        cls, *unit = (QES + w.removeprefix("qes:") for w in words if w.startswith("qes:"))
        assert set(unit) == wanted[cls], line


def test_every_table_with_an_interpreter_is_a_judgement_or_known_to_be_none() -> None:
    """Constructs, lines of argument and review findings are nobody's answer to one question."""
    with_person = {
        t.name
        for t in load_schema().tables.values()
        for c in t.columns
        if c.path in (QES + "interpretedBy", QES + "decidedBy")
    }
    others = {"constructs", "lines-of-argument", "review-findings"}
    assert with_person - others == {j.table for j in JUDGEMENTS}


# What is counted


def screened() -> Workspace:
    """Six studies: four judged by Ann and Ben, one by each alone."""
    workspace = minimal()
    workspace.add("criteria", "criterion")
    for person in ("ann", "ben", "cy"):
        workspace.add("people", person)
    for n, (ann, ben) in enumerate(
        [("met", "met"), ("met", "not met"), ("not met", "not met"), ("unclear", "unclear"),
         ("met", ""), ("", "met")]
    ):  # fmt: skip
        workspace.study(f"s{n}")
        for who, said in (("ann", ann), ("ben", ben)):
            if said:
                workspace.add("eligibility", f"{who}-{n}", study=f"s{n}", by=who, decision=said,
                              reason="So.")  # fmt: skip
    return workspace


def agree(built: Built, name: str = "eligibility") -> list[Agreement]:
    return find_agreement(built.store, load_schema(), name)


def test_a_pair_is_compared_on_what_both_judged(tmp_path: Path) -> None:
    (found,) = agree(build_in_memory(screened().write(tmp_path)))
    assert (found.interpreters, found.items, found.single) == (("ann", "ben"), 4, 2)
    assert (found.unclear, found.category, found.metric) == (0, "decision", "nominal")
    assert found.percent == 75.0
    # Both: 3 of 4; by chance (2 · 1 + 1 · 2 + 1 · 1) / 16 = 5/16; (12/16 - 5/16) / (11/16).
    assert found.kappa == pytest.approx(7 / 11)
    # Eight answers: met 3, not met 3, unclear 2; o_cc 2 + 2 + 2; 1 - 7 · 2 / (64 - 22).
    assert found.alpha == pytest.approx(1 - 7 * 2 / 42)
    assert found.why == ""


def test_three_are_compared_in_pairs_and_together(tmp_path: Path) -> None:
    workspace = screened()
    workspace.add("eligibility", "cy-0", study="s0", by="cy", decision="met")
    found = agree(build_in_memory(workspace.write(tmp_path)))
    assert [f.interpreters for f in found] == [
        ("ann", "ben"), ("ann", "cy"), ("ben", "cy"), ("ann", "ben", "cy"),
    ]  # fmt: skip
    assert [f.items for f in found] == [4, 1, 1, 4]
    assert [f.single for f in found] == [2, 4, 4, 2]
    assert (found[1].percent, found[1].kappa, found[1].alpha) == (100, None, None)
    assert found[1].why == "one question only was answered by two"
    assert found[3].kappa is None and found[3].alpha is not None
    assert found[3].why == "kappa is of two interpreters"
    # Six pairs of answers: three at s0, one at each of the other three; five are equal.
    assert found[3].percent == pytest.approx(100 * 5 / 6)


def test_one_answer_only_leaves_chance_undefined(tmp_path: Path) -> None:
    workspace = screened()
    for row in ("ann-2", "ben-2", "ann-3", "ben-3", "ben-1"):
        workspace.edit("eligibility", row, decision="met")
    (found,) = agree(build_in_memory(workspace.write(tmp_path)))
    assert (found.items, found.percent, found.kappa, found.alpha) == (4, 100, None, None)
    assert found.why == "one answer only was ever given: chance alone would agree as much"


def test_nothing_in_common_is_said(tmp_path: Path) -> None:
    workspace = screened()
    for n in range(4):
        workspace.remove("eligibility", f"ben-{n}")
    (found,) = agree(build_in_memory(workspace.write(tmp_path)))
    assert (found.items, found.single, found.percent) == (0, 6, None)
    assert found.why == "no question was answered by two"


def test_one_person_alone_is_compared_with_nobody(tmp_path: Path) -> None:
    assert agree(build_in_memory(minimal().write(tmp_path)), "") == []


def coded() -> Workspace:
    """Ann and Ben code two findings; they differ in polarity on one, in sense on the other."""
    workspace = minimal()
    workspace.add("senses", "sense-1")
    workspace.add("senses", "sense-2")
    workspace.add("concepts", "plain")
    for person in ("ann", "ben"):
        workspace.add("people", person)
    workspace.remove("bearings", "bearing")
    workspace.finding("other")
    for who, polarity, sense in (("ann", "supports", "sense-1"), ("ben", "refutes", "sense-2")):
        workspace.add("bearings", f"{who}-1", towards="plain", polarity=polarity, interpreter=who)
        workspace.add("bearings", f"{who}-2", finding="other", sense=sense, interpreter=who)
    return workspace


def test_codings_are_compared_in_polarity_sense_and_kind(tmp_path: Path) -> None:
    found = agree(build_in_memory(coded().write(tmp_path)), "bearings")
    assert [(f.category, f.items, f.percent) for f in found] == [
        ("polarity", 2, 50.0), ("sense", 1, 0.0), ("kind", 2, 100.0),
    ]  # fmt: skip


def test_who_answers_a_question_twice_is_unclear_only_where_the_answers_differ(
    tmp_path: Path,
) -> None:
    workspace = coded()
    workspace.add("bearings", "ann-3", finding="other", sense="sense-2", interpreter="ann")
    found = agree(build_in_memory(workspace.write(tmp_path)), "bearings")
    assert [(f.category, f.items, f.unclear) for f in found] == [
        ("polarity", 2, 0), ("sense", 0, 1), ("kind", 2, 0),
    ]  # fmt: skip


def test_levels_of_confidence_are_ordinal(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.add("people", "ann")
    levels = ("high", "moderate", "low", "very low", "high")
    components = ("methodological_limitations", "coherence", "adequacy", "relevance")
    same = {c: "minor concern" for c in components} | {f"{c}_reason": "So." for c in components}
    for n, pair in enumerate(pairwise(levels)):
        workspace.add("review-findings", f"rf{n}")
        for who, level in zip(("ann", "coder"), pair, strict=True):
            workspace.add("confidence", f"{who}-{n}", review_finding=f"rf{n}", by=who,
                          level=f"{level} confidence", explanation="So.", not_assessed="",
                          **same)  # fmt: skip
    found = agree(build_in_memory(workspace.write(tmp_path)), "confidence")
    assert [(f.category, f.metric, f.items) for f in found] == [
        (c, "ordinal", 4) for c in ("level", *(c.replace("_", " ") for c in components))
    ]
    # Two of each of four levels, in pairs 0-1, 1-2, 2-3, 3-0: δ² of neighbours is 2² = 4, of two
    # steps 4² = 16, of three 6² = 36; observed (4 + 4 + 4 + 36) / 4 = 12. Of the 56 ordered pairs
    # of eight, 24 are neighbours, 16 two and 8 three steps apart: (96 + 256 + 288) / 56.
    assert found[0].alpha == pytest.approx(1 - 12 * 56 / 640)
    assert found[1].why.startswith("one answer only")


def test_the_presence_of_a_row_has_no_figure(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.add("people", "ann")
    workspace.add("preconditions", "other")
    workspace.add("requires", "r1")
    workspace.add("requires", "r2", interpreter="ann")
    workspace.add("requires", "r3", precondition="other", interpreter="ann")
    (found,) = agree(build_in_memory(workspace.write(tmp_path)), "requires")
    assert (found.category, found.items, found.single, found.percent) == ("", 1, 1, None)
    assert found.why == "the rows of this table have no answer but their presence"


def test_a_left_out_judgement_is_not_compared(tmp_path: Path) -> None:
    workspace = screened()
    workspace.edit("eligibility", "ben-0", decision="mett")
    (found,) = agree(build_in_memory(workspace.write(tmp_path)))
    assert (found.items, found.single) == (3, 3)
