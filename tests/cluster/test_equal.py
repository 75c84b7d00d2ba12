"""What batches say together is what one machine says, to the last row; without Spark."""

from functools import cache
from pathlib import Path

import pytest

from kg.cluster import open_dataset, pack
from kg.cluster.reading import list_claim_names, list_fact_names, list_near_miss_stages
from kg.query import list_queries
from kg.synthesis.carry import list_stages
from kg.workspace.cluster import Found, run
from tests.cluster.conftest import FAULTS, STUDIES, Alone, Case, Here, ask_alone, read_planted

CASES = ("shipped", "entangled", "damaged", "generated")


@pytest.fixture(scope="module", params=CASES)
def both(request: pytest.FixtureRequest) -> tuple[Case, Alone]:
    case = request.getfixturevalue(request.param)
    if request.param == "generated":
        return case, request.getfixturevalue("alone")
    return case, ask_alone(case.workspace)


@cache
def ask(verb: str, case: Case) -> Found:
    return run(verb, case.dataset, Here())


def test_faults_and_what_stays_out(both: tuple[Case, Alone]) -> None:
    case, alone = both
    found = ask("check", case)
    assert found.faults == alone.faults
    assert found.left_out == alone.left_out


def test_planted_faults_are_found(generated: Case) -> None:
    found = {(f.table, str(f.row), f.column, f.rule) for f in ask("check", generated).faults}
    planted = set(read_planted(generated.workspace))
    assert len(planted) == FAULTS
    assert found == planted


def test_transfers(both: tuple[Case, Alone]) -> None:
    case, alone = both
    assert [t.as_dict() for t in ask("check", case).transfers] == alone.transfers
    assert alone.transfers


def test_leave_one_out(both: tuple[Case, Alone]) -> None:
    case, alone = both
    assert [r.as_dict() for r in ask("robustness", case).removals] == alone.removals
    assert alone.removals


def test_measures(both: tuple[Case, Alone]) -> None:
    case, alone = both
    tables = ask("measures", case).tables
    assert tables["personal"].equals(alone.personal)
    counted = {name: frame.rows() for name, frame in tables.items() if name != "personal"}
    assert counted == alone.measures
    assert alone.measures["facets"]


def test_entangled_studies_show_what_they_are_for(entangled: Case) -> None:
    rules = {f.rule for f in ask("check", entangled).faults}
    assert {"carried-stays-apart", "modality-of-carried", "senses-apart"} <= rules
    assert "level-without-finding" in rules
    statuses = {t.status for t in ask("check", entangled).transfers}
    assert {"undetermined", "proposed"} <= statuses
    dataset = open_dataset(entangled.dataset)
    held = [dataset.read_batch(number).studies for number in dataset.studied]
    assert max(held) == 3, "studies of one sample are in one batch"
    assert len(held) > 2


def test_every_row_is_judged_once(generated: Case) -> None:
    dataset = open_dataset(generated.dataset)
    rows = [row for n in range(dataset.batches) for row in dataset.read_batch(n).rows]
    assert len(rows) == len(set(rows))
    assert (dataset.studies, len(dataset.studied)) == (STUDIES, 9)
    assert {p for part in dataset.read_shared().index for p in part.rows} <= set(rows)


def test_every_stage_is_run_in_batches_or_once() -> None:
    """What a stage names is sent to where it is run; only what nobody prints is not run at all."""
    near = {stage.name for stage in list_near_miss_stages()}
    facts = {stage.name for stage in list_stages("01")}
    once = {stage.name for stage in list_stages("234")}
    every = {stage.name for stage in list_queries("carry")}
    assert every - near - facts - once == {"50-evidence", "52-shown"}
    assert list_fact_names() and list_claim_names()


def test_packing_twice_gives_the_same_bytes(shipped: Case, tmp_path: Path) -> None:
    pack(shipped.workspace, tmp_path / "d", 4)
    first, second = (
        {p.relative_to(d): p.read_bytes() for d_ in (d,) for p in d_.rglob("*") if p.is_file()}
        for d in (shipped.dataset, tmp_path / "d")
    )
    assert first == second
