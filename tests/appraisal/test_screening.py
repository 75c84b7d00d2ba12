"""Verdicts on records, and what rules propose for those that nobody has decided on."""

import csv
import shutil
from pathlib import Path

import pytest

from kg.appraisal.proposal import find_proposals
from kg.appraisal.screening import (
    STAGES,
    Criterion,
    Decision,
    Record,
    Report,
    Screening,
    list_decisions,
)
from kg.workspace import Workspace
from kg.workspace.screening import find_proposed, find_screening

ROOT = Path(__file__).parents[2]
CASE = ROOT / "data" / "collective-efficacy"
FIRST, LAST = STAGES
A, B = Criterion("a", "first"), Criterion("b", "second")

# Verdicts of p and of q on one record, by the criteria a and b, and the verdict on the record.
JUDGED = [
    ({"a": "met", "b": "met"}, {}, "meets"),
    ({"a": "met", "b": "not met"}, {}, "does not meet"),
    ({"a": "unclear", "b": "not met"}, {}, "does not meet"),
    ({"a": "not assessed", "b": "not met"}, {}, "does not meet"),
    ({"b": "not met"}, {}, "does not meet"),
    ({"a": "met", "b": "unclear"}, {}, "unclear"),
    ({"a": "not assessed", "b": "unclear"}, {}, "unclear"),
    ({"a": "met", "b": "not assessed"}, {}, "not assessed"),
    ({"a": "met"}, {}, "not assessed"),
    ({"a": "not assessed", "b": "not assessed"}, {}, ""),
    ({}, {}, ""),
    ({"a": "met", "b": "met"}, {"a": "met", "b": "met"}, "meets"),
    ({"a": "met", "b": "met"}, {"a": "not met", "b": "met"}, "unclear"),
    ({"a": "met", "b": "not met"}, {"a": "not met", "b": "not met"}, "does not meet"),
    ({"a": "not met", "b": "met"}, {"a": "unclear", "b": "met"}, "unclear"),
    ({"a": "met", "b": "not assessed"}, {"b": "met"}, "meets"),
    ({"a": "met", "b": "not met"}, {"b": "not assessed"}, "does not meet"),
]


def screening(
    *verdicts: dict[str, str],
    stage: str = FIRST,
    doubtful: tuple[tuple[str, str], ...] = (),
    criteria: tuple[Criterion, ...] = (A, B),
    record: Record | None = None,
) -> Screening:
    """Return one record with the verdicts of p, q, …, and one that makes both criteria asked."""
    decisions = [
        Decision(f"{study}-{c}-{p}", study, c, stage, verdict, p)
        for study, p, found in (
            *(("r", p, v) for p, v in zip("pq", verdicts, strict=False)),
            ("other", "p", {c.id: "unclear" for c in criteria}),
        )
        for c, verdict in found.items()
    ]
    records = [record or record_of(), record_of("other")]
    return Screening(tuple(records), criteria, tuple(decisions), {}, frozenset(doubtful))


def record_of(
    name: str = "r", design: str = "", years: tuple[int | None, ...] = (2010,), language: str = "en"
) -> Record:
    """Return a record with a report for each year."""
    reports = tuple(
        Report(f"{name}-{n}", year, language, "abstract only", "") for n, year in enumerate(years)
    )
    return Record(name, "awaiting decision", "source settings", design, reports, ())


@pytest.mark.parametrize(("p", "q", "expected"), JUDGED)
def test_verdict_on_a_record(p: dict[str, str], q: dict[str, str], expected: str) -> None:
    assert screening(p, q).judge("r", FIRST) == expected


def test_number_of_verdicts() -> None:
    assert len(JUDGED) == 17
    assert {expected for _, _, expected in JUDGED} == {
        "meets", "does not meet", "unclear", "not assessed", "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("doubtful", "first", "last"),
    [
        (("r", FIRST), "undetermined", ""),
        (("r", LAST), "meets", "undetermined"),
        (("r", ""), "undetermined", ""),  # the row doesn't tell the stage
        (("other", FIRST), "meets", ""),
    ],
)
def test_a_left_out_row_leaves_a_verdict_open(
    doubtful: tuple[str, str], first: str, last: str
) -> None:
    found = screening({"a": "met", "b": "met"}, doubtful=(doubtful,))
    assert (found.judge("r", FIRST), found.judge("r", LAST)) == (first, last)


def test_a_criterion_of_the_other_stage_is_not_asked() -> None:
    found = screening({"a": "met"}, criteria=(A,))
    more = Screening(found.records, (A, B), found.decisions, {}, frozenset())
    assert more.judge("r", FIRST) == "meets"


def test_columns_are_told_apart() -> None:
    same = (Criterion("a", "same"), Criterion("b", "same"), Criterion("c", "role"))
    found = list_decisions(screening({"a": "met", "b": "met"}, criteria=same))
    assert found.columns == ("study", "role", "stage", "a", "b", "c", "overall")


# The shipped case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped case whose criteria have rules, and on which nobody has decided."""
    folder = tmp_path_factory.mktemp("case") / "case"
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns(".kg"))
    rewrite(folder, "criteria", {
        "published-1998-2018": {"from year": "1998", "to year": "2018"},
        "qualitative-or-mixed": {"designs": "qualitative;mixed methods"},
    })  # fmt: skip
    path = folder / "tables" / "eligibility.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return folder


def rewrite(folder: Path, table: str, cells: dict[str, dict[str, str]]) -> None:
    """Add columns and fill in cells by id."""
    path = folder / "tables" / f"{table}.csv"
    rows = read(folder, table)
    header = list(dict.fromkeys([*rows[0], *(c for row in cells.values() for c in row)]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, **cells.get(row["id"], {})} for row in rows)


def read(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_verdicts_are_those_of_the_question(tmp_path: Path) -> None:
    """The question eligibility has an answer that was worked by hand."""
    shutil.copytree(CASE, tmp_path / "case", ignore=shutil.ignore_patterns(".kg"))
    rows = find_screening(Workspace(tmp_path / "case").built)
    assert rows.columns == (
        "study", "role", "stage", "examines collective efficacy",
        "in relation to health and well-being", "published between 1998 and 2018",
        "qualitative or mixed methods", "overall",
    )  # fmt: skip
    with (ROOT / "queries" / "questions" / "eligibility.csv").open(encoding="utf-8") as file:
        expected = [
            (r["study"], FIRST, r["focus"], r["health"], r["dates"], r["design"], r["overall"])
            for r in csv.DictReader(file)
        ]
    assert [(row[0], *row[2:]) for row in rows.rows] == expected


def test_nobody_has_decided(case: Path) -> None:
    rows = find_screening(Workspace(case).built)
    assert len(rows.rows) == 66  # not the 33 that were found for the target context
    assert {row[2:] for row in rows.rows} == {("", "not screened")}


# By hand: the year is not known of 8 records, or of one of their reports; the design of 7.
NO_YEAR = {"cicognani2009", "fahsbeck_youth_pilot", "frye2012", "kleinhans_bolt", "leblanc2010",
           "salmen2015", "strouse", "uconn1028"}  # fmt: skip
NO_DESIGN = {"brosseau2023", "butel2018", "frye2012", "law_singhal1999", "parker2012", "sood2002",
             "strouse"}  # fmt: skip
# Mixed methods, but the result comes from the survey arm: a person found that unclear.
RULE_SAYS_MORE = {"limerick2013", "seguin2018"}


def test_proposals_are_what_people_decided_or_nothing(case: Path) -> None:
    rows = find_proposed(Workspace(case).built).as_dicts()
    decided = {(r["study"], r["criterion"]): r["decision"] for r in read(CASE, "eligibility")}
    found = {(r["study"], r["criterion"]): r["decision"] for r in rows}
    screened = {study for study, _ in decided}
    assert len(rows) == len(found) == (66 - 8) + (66 - 7)
    assert screened - {s for s, c in found if c == "published-1998-2018"} == NO_YEAR
    assert screened - {s for s, c in found if c == "qualitative-or-mixed"} == NO_DESIGN
    other = {study for (study, c), decision in found.items() if decided[study, c] != decision}
    assert other == RULE_SAYS_MORE
    assert all(found[s, "qualitative-or-mixed"] == "met" for s in other)


def test_a_proposal_is_a_row_that_waits_for_a_signature(case: Path, tmp_path: Path) -> None:
    rows = find_proposed(Workspace(case).built).as_dicts()
    assert rows[0] == {
        "id": "altschuler2004-published-1998-2018",
        "study": "altschuler2004",
        "criterion": "published-1998-2018",
        "stage": "title and abstract",
        "decision": "met",
        "reason": "By rule: published 2004, asked for 1998 to 2018.",
        "by": "",
    }
    folder = tmp_path / "case"
    shutil.copytree(case, folder, ignore=shutil.ignore_patterns(".kg"))
    path = folder / "tables" / "eligibility.csv"
    for by, faults in (("", 1), ("demonstration-coding", 0)):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerow({**rows[0], "by": by})
        found = Workspace(folder).check()
        assert [(f.table, f.row, f.column) for f in found] == [("eligibility", 2, "by")][:faults]


# One rule each

YEARS = Criterion("a", "recent", (1998, 2018))
RULES = {
    "the first year": (YEARS, record_of(years=(1998,)), "met"),
    "the last year": (YEARS, record_of(years=(2018,)), "met"),
    "too early": (YEARS, record_of(years=(1997,)), "not met"),
    "too late": (YEARS, record_of(years=(2019,)), "not met"),
    "no upper limit": (Criterion("a", "a", (1998, None)), record_of(years=(2999,)), "met"),
    "no lower limit": (Criterion("a", "a", (None, 2018)), record_of(years=(1000,)), "met"),
    "year not known": (YEARS, record_of(years=(None,)), ""),
    "one year not known": (YEARS, record_of(years=(2010, None)), ""),
    "no report": (YEARS, record_of(years=()), ""),
    "reports differ": (YEARS, record_of(years=(2018, 2019)), ""),
    "from a later to an earlier year": (Criterion("a", "a", (2018, 1998)), record_of(), ""),
    "no rule": (A, record_of(design="qualitative"), ""),
    "the design": (
        Criterion("a", "a", designs=frozenset({"qualitative", "mixed methods"})),
        record_of(design="mixed methods"), "met",
    ),
    "another design": (
        Criterion("a", "a", designs=frozenset({"qualitative"})),
        record_of(design="quantitative"), "not met",
    ),
    "design unclear": (
        Criterion("a", "a", designs=frozenset({"qualitative"})), record_of(design="unclear"), "",
    ),
    "design not known": (
        Criterion("a", "a", designs=frozenset({"qualitative"})), record_of(), "",
    ),
    "the language": (
        Criterion("a", "a", languages=frozenset({"en", "de"})), record_of(language="de"), "met",
    ),
    "another language": (
        Criterion("a", "a", languages=frozenset({"en"})), record_of(language="fr"), "not met",
    ),
    "language not known": (
        Criterion("a", "a", languages=frozenset({"en"})), record_of(language=""), "",
    ),
    "two rules, both met": (
        Criterion("a", "a", (1998, 2018), frozenset({"qualitative"})),
        record_of(design="qualitative"), "met",
    ),
    "two rules, one not met": (
        Criterion("a", "a", (1998, 2018), frozenset({"qualitative"})),
        record_of(design="quantitative"), "not met",
    ),
    "two rules, one met and one not known": (
        Criterion("a", "a", (1998, 2018), frozenset({"qualitative"})), record_of(), "",
    ),
    "two rules, one not met and one not known": (
        Criterion("a", "a", (2015, 2018), frozenset({"qualitative"})), record_of(), "not met",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_rule(name: str) -> None:
    criterion, record, expected = RULES[name]
    found = find_proposals(screening({}, criteria=(criterion,), record=record), ())
    assert [p.decision for p in found if p.study == "r"] == ([expected] if expected else [])


def test_number_of_rules() -> None:
    assert len(RULES) == 23


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ({}, ["r-a"]),
        ({"a": "not assessed"}, ["r-a-p"]),  # the row that is there
        ({"a": "met", "b": "unclear"}, []),
        ({"a": "unclear", "b": "met"}, []),
        ({"b": "not met"}, []),
        ({"b": "unclear"}, ["r-a"]),
    ],
)
def test_only_what_is_undecided(verdicts: dict[str, str], expected: list[str]) -> None:
    found = find_proposals(screening(verdicts, criteria=(YEARS, B)), ())
    assert [p.id for p in found if p.study == "r"] == expected


def test_ids_are_new() -> None:
    found = find_proposals(screening({}, criteria=(YEARS,)), {"r-a", "r-a-2"})
    assert [p.id for p in found] == ["r-a-3"]


def test_full_text_only_of_those_that_went_on() -> None:
    for verdict, expected in (("met", ["r-a-full-text"]), ("not met", [])):
        found = find_proposals(screening({"a": verdict}, criteria=(YEARS,)), (), LAST)
        assert [p.id for p in found if p.study == "r"] == expected
