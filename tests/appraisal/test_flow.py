"""The flow in numbers: the shipped case, counted by hand, and one change for each rule."""

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.appraisal.flow import Flow, Number
from kg.appraisal.screening import STAGES, Criterion, Decision, Record, Report, Screening
from kg.appraisal.tally import build_flow, read_flow
from kg.workspace import Workspace
from tests.workspaces import Workspace as Tables
from tests.workspaces import minimal

ROOT = Path(__file__).parents[2]
FIRST, LAST = STAGES


def flow_of(tables: Tables, folder: Path, out: int = 0) -> Flow:
    """Return the flow of tables that have no fault, or as many left-out rows as said."""
    built = Workspace(tables.write(folder / "ws")).built
    assert len(built.left_out) == out, [str(f) for f in built.faults]
    return read_flow(built.store, "A test")


def simple(value: Any) -> Any:
    """Return the machine form with plain numbers: exact ones only."""
    if isinstance(value, dict) and value.keys() == {"value", "at_least"}:
        assert not value["at_least"]
        return value["value"]
    if isinstance(value, dict):
        return {k: simple(v) for k, v in value.items()}
    return [simple(v) for v in value] if isinstance(value, list | tuple) else value


def test_shipped_case(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "collective-efficacy", tmp_path / "case",
                    ignore=shutil.ignore_patterns(".kg"))  # fmt: skip
    built = Workspace(tmp_path / "case").built
    expected = yaml.safe_load((Path(__file__).parent / "flow.yaml").read_text(encoding="utf-8"))
    assert simple(read_flow(built.store, built.review.title).as_dict()) == expected


# A review that knows everything.


def full() -> Tables:
    """Return six records, each with its own end, found by two searches.

    25 and 7 records identified, 26 of them duplicates: 6 are left.
    """
    tables = minimal()
    for table in ("studies", "findings", "bearings", "reports"):
        tables.tables[table].clear()
    tables.remove("reviews", "source-review")
    tables.add("criteria", "adults", label="adults")
    tables.add("criteria", "qualitative", label="qualitative")
    tables.add("searches", "medline", source="MEDLINE", results=25, source_kind="database",
               duplicates=24)  # fmt: skip
    tables.add("searches", "lists", source="reference lists", results=7, duplicates=2,
               source_kind="other method")  # fmt: skip
    for row, role, cells in (
        ("in", "demonstration corpus", {"found_by": "medline"}),
        ("in-two", "demonstration corpus", {"found_by": "medline;lists"}),
        ("out-early", "screened out", {"found_by": "medline"}),
        ("out-late", "screened out", {"found_by": "lists"}),
        ("lost", "awaiting decision", {"found_by": "lists"}),
        ("unread", "awaiting decision", {"found_by": "lists"}),
    ):
        tables.study(row, role=role, read="full text", **cells)
    tables.edit("reports", "lost-report", retrieval="not retrieved", read="abstract only")
    tables.edit("reports", "unread-report", retrieval="retrieved", read="abstract only")
    tables.add("reports", "in-two-report-2", title="More", read="full text")
    tables.edit("studies", "in-two", reports="in-two-report;in-two-report-2")
    for row in ("in", "in-two", "out-late", "lost", "unread"):
        decide(tables, row, adults="met", qualitative="met")
    decide(tables, "out-early", adults="not met", qualitative="not met")
    for row in ("in", "in-two"):
        decide(tables, row, LAST, adults="met", qualitative="met")
    decide(tables, "out-late", LAST, adults="met", qualitative="not met")
    return tables


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    """The flow of the review that knows everything."""
    return flow_of(full(), tmp_path_factory.mktemp("before"))


def decide(
    tables: Tables, study: str, stage: str = FIRST, by: str = "coder", **verdicts: str
) -> None:
    """Add a decision for each criterion."""
    for criterion, verdict in verdicts.items():
        short = "" if stage == FIRST else "-full"
        reason = "It says so." if verdict in ("not met", "unclear") else ""
        tables.add("eligibility", f"{study}-{criterion}{short}-{by}", study=study, by=by,
                   criterion=criterion, stage=stage, decision=verdict, reason=reason)  # fmt: skip


def test_everything_known(before: Flow) -> None:
    flow = before
    assert [(s.name, s.kind, s.results.value, s.linked) for s in flow.sources] == [
        ("reference lists", "other method", 7, 4),
        ("MEDLINE", "database", 25, 3),
    ]
    assert (flow.identified, flow.duplicates) == (Number(32), Number(26))
    assert (flow.recorded, flow.not_screened, flow.screened) == (6, 0, Number(6))
    assert flow.excluded is not None and flow.excluded_full is not None
    assert flow.excluded.records == 1
    assert flow.excluded.reasons == (("adults", 1), ("qualitative", 1))
    # Five went on, with six reports; one of them could not be got, three records were assessed.
    assert (flow.sought, flow.not_retrieved) == (Number(6), Number(1))
    assert (flow.assessed, flow.assessed_records) == (Number(4), 3)
    assert (flow.excluded_full.records, flow.excluded_full.reasons) == (1, (("qualitative", 1),))
    assert flow.waiting == (("meets", 2),)
    assert (flow.included_studies, flow.included_reports) == (Number(2), Number(3))
    assert flow.notes == (
        "A record may fail several criteria: the reasons add up to more than the records.",
    )


# One change each: what is asked, what is edited, what must come.


def _edit(table: str, row: str, **cells: str) -> Any:
    return lambda tables: tables.edit(table, row, **cells)


def _people_differ(tables: Tables) -> None:
    tables.add("people", "second", name="second coder")
    decide(tables, "unread", by="second", adults="not met")


def _unassessed(tables: Tables) -> None:
    tables.edit("eligibility", "unread-adults-coder", decision="not assessed")


def _missing(tables: Tables) -> None:
    tables.remove("eligibility", "unread-adults-coder")


def _unclear(tables: Tables) -> None:
    tables.edit("eligibility", "unread-adults-coder", decision="unclear", reason="Who knows?")


def _both(tables: Tables) -> None:
    _unclear(tables)
    tables.edit("eligibility", "unread-qualitative-coder", decision="not assessed")


def _nobody(tables: Tables) -> None:
    for row in ("unread-adults-coder", "unread-qualitative-coder"):
        tables.edit("eligibility", row, decision="not assessed")


def _other_review(tables: Tables) -> None:
    tables.add("reports", "of-review", title="A review")
    tables.add("reviews", "source-review", title="Theirs", kind="source review", report="of-review")
    tables.add("searches", "theirs", review="source-review", results=1000)


def _links_only(tables: Tables) -> None:
    tables.edit("searches", "medline", results="3", duplicates="")
    tables.edit("searches", "lists", results="4", duplicates="")


def _links_too_few(tables: Tables) -> None:
    tables.edit("searches", "medline", results="4", duplicates="")
    tables.edit("searches", "lists", results="4", duplicates="")


CASES: dict[str, tuple[Any, dict[str, Any]]] = {
    "one result is not known": (
        _edit("searches", "medline", results="not reported"),
        {"identified": Number(7, True)},
    ),
    "no result is known": (
        lambda t: [t.edit("searches", r, results="not reported") for r in ("medline", "lists")],
        {"identified": Number(None)},
    ),
    "no search is recorded": (
        lambda t: [
            t.tables["searches"].clear(),
            *(t.edit("studies", r, found_by="") for r in t.tables["studies"]),
        ],
        {"identified": Number(None), "duplicates": Number(None), "sources": ()},
    ),
    "one number of duplicates is not known": (
        _edit("searches", "lists", duplicates=""),
        {"duplicates": Number(24, True)},
    ),
    "no number of duplicates is known": (
        lambda t: [t.edit("searches", r, duplicates="") for r in ("medline", "lists")],
        {"duplicates": Number(None)},
    ),
    "duplicates follow from links, where every result is a row": (
        _links_only,  # 3 + 4 links to 6 rows
        {"identified": Number(7), "duplicates": Number(1)},
    ),
    "no duplicates follow from links, where one result is no row": (
        _links_too_few,
        {"identified": Number(8), "duplicates": Number(None)},
    ),
    "searches of a source review are not ours": (_other_review, {"identified": Number(32)}),
    "searches in a target are not in the flow": (
        _edit("searches", "lists", purpose="target context"),
        {"identified": Number(25), "duplicates": Number(24)},
    ),
    "people who differ leave a record unclear": (
        _people_differ, {"waiting": (("meets", 1), ("unclear", 1))},
    ),
    "a criterion that is not assessed": (
        _unassessed, {"waiting": (("meets", 1), ("not assessed", 1)), "screened": Number(6)},
    ),
    "a criterion without a row": (_missing, {"waiting": (("meets", 1), ("not assessed", 1))}),
    "unclear is apart from not assessed": (_unclear, {"waiting": (("meets", 1), ("unclear", 1))}),
    "unclear and not assessed together": (_both, {"waiting": (("meets", 1), ("unclear", 1))}),
    "not assessed alone is not screened": (
        _nobody, {"screened": Number(5), "not_screened": 1, "waiting": (("meets", 1),)},
    ),
    "a report of which nobody says whether it was sought": (
        _edit("reports", "unread-report", retrieval=""),
        {"sought": Number(5, True), "not_retrieved": Number(1, True)},
    ),
    "found for the target": (
        _edit("studies", "unread", found_for="target context"),
        {"recorded": 5, "target": (("awaiting decision", 1),), "target_screened": 1},
    ),
    "a record that only its role screens out": (
        lambda t: t.edit("studies", "unread", role="screened out"),
        {"waiting": (("meets", 1),)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_change(name: str, before: Flow, tmp_path: Path) -> None:
    change, expected = CASES[name]
    tables = full()
    change(tables)
    flow = flow_of(tables, tmp_path)
    assert {key: getattr(flow, key) for key in expected} == expected
    assert {key: getattr(before, key) for key in expected} != expected or name.endswith("ours")


def test_number_of_cases() -> None:
    assert len(CASES) == 18


# What must be said beside the numbers.

SAID = {
    "Included although they do not meet the criteria: in.":
        _edit("eligibility", "in-adults-full-coder", decision="not met", reason="Children."),
    "Included although a criterion is unclear: in.":
        _edit("eligibility", "in-adults-full-coder", decision="unclear", reason="Who knows?"),
    "Included although a criterion is not assessed: in.":
        _edit("eligibility", "in-adults-full-coder", decision="not assessed"),
    "Screened out although no criterion excludes them: unread.":
        _edit("studies", "unread", role="screened out"),
    "The numbers do not add up: 33 identified less 26 duplicates are 7, and 6 records are in the "
    "tables.": _edit("searches", "medline", results="26"),
    "Not retrieved and yet read in full: lost-report.":
        _edit("reports", "lost-report", read="full text"),
    "Reports of included studies were read as: abstract only.":
        lambda t: [t.edit("reports", r, read="abstract only")
                   for r in ("in-report", "in-two-report", "in-two-report-2")],
    "Included without a decision on any criterion: 1.":
        lambda t: t.study("new", read="full text"),
    "Of the excluded records 1 serves as evidence in a target context.":
        lambda t: t.edit("studies", "out-early", role="target-context evidence",
                         role_reason="It is there.", role_by="coder"),
    "Records found for a target context were not screened by the criteria.":
        lambda t: t.study("new", found_for="target context", role="target-context evidence"),
    "Studies that the source review “Theirs” included: not known.": _other_review,
}  # fmt: skip


@pytest.mark.parametrize("sentence", SAID)
def test_caveat(sentence: str, before: Flow, tmp_path: Path) -> None:
    assert sentence not in before.notes
    tables = full()
    SAID[sentence](tables)
    assert sentence in flow_of(tables, tmp_path).notes


def test_number_of_caveats() -> None:
    assert len(SAID) == 11


def test_a_left_out_decision_makes_nothing_better(tmp_path: Path) -> None:
    """The only "not met" of a record has a fault: the record does not go on."""
    tables = full()
    tables.edit("eligibility", "out-early-adults-coder", decision="nott met")
    tables.remove("eligibility", "out-early-qualitative-coder")
    tables.edit("studies", "out-early", role="awaiting decision")
    flow = flow_of(tables, tmp_path, out=1)
    assert flow.waiting == (("meets", 2), ("undetermined", 1))
    assert flow.assessed_records == 3
    assert (
        "Rows with faults are left out (1 of eligibility), so that the numbers are not final."
        in flow.notes
    )


def test_a_left_out_criterion_takes_its_decisions_along(tmp_path: Path) -> None:
    """Without the criterion everything else is met; that must not make five records meet all."""
    tables = full()
    tables.edit("criteria", "adults", from_year="soon")
    flow = flow_of(tables, tmp_path, out=1 + 9)
    assert dict(flow.waiting) == {"undetermined": 2}
    assert flow.excluded is not None
    assert flow.excluded.records == 1  # by its role


def test_nothing_at_all(tmp_path: Path) -> None:
    tables = minimal()
    for table in ("studies", "findings", "bearings"):
        tables.tables[table].clear()
    flow = flow_of(tables, tmp_path)
    numbers = (flow.identified, flow.duplicates, flow.screened, flow.sought, flow.not_retrieved,
               flow.assessed, flow.included_studies, flow.included_reports)  # fmt: skip
    assert set(numbers) == {Number(None)}
    assert (flow.recorded, flow.excluded, flow.excluded_full) == (0, None, None)


def _random_screening(seed: int) -> Screening:
    chance = random.Random(seed)
    roles = ("included by the source review", "demonstration corpus", "awaiting decision",
             "screened out", "target-context evidence")  # fmt: skip
    criteria = tuple(Criterion(f"c{n}", f"criterion {n}") for n in range(3))
    verdicts = ("met", "met", "met", "not met", "unclear", "not assessed")
    records = tuple(
        Record(f"r{n:02}", chance.choice(roles), chance.choice(("source settings",) * 3 +
               ("target context",)), "", (Report(f"p{n}", None, "", "abstract only",
               chance.choice(("", "retrieved", "not retrieved"))),), ())
        for n in range(20)
    )  # fmt: skip
    decisions = tuple(
        Decision(f"d{n}", chance.choice(records).id, chance.choice(criteria).id,
                 chance.choice(STAGES), chance.choice(verdicts), "p")
        for n in range(chance.randrange(60))
    )  # fmt: skip
    doubtful = {(chance.choice(records).id, chance.choice((*STAGES, ""))) for _ in range(2)}
    return Screening(records, criteria, decisions, {}, frozenset(doubtful))


@pytest.mark.parametrize("seed", range(200))
def test_every_record_is_counted_once(seed: int) -> None:
    flow = build_flow(_random_screening(seed), [], "")
    screened = flow.screened.value or 0
    ends = [e.records for e in (flow.excluded, flow.excluded_full) if e]
    ends += [n for _, n in flow.waiting] + [n for _, n in flow.included]
    assert flow.recorded == flow.not_screened + screened
    assert screened == sum(ends) - flow.included_unscreened
    assert flow.recorded + sum(n for _, n in flow.target) == 20
    assert (flow.not_retrieved.value or 0) <= (flow.sought.value or 0)
    for excluded in (flow.excluded, flow.excluded_full):
        assert not excluded or sum(n for _, n in excluded.reasons) >= (
            excluded.records - excluded.no_reason
        )
