"""The generator: what it planted is what check, carry and leave-one-out find, to the last row."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from bench.chance import Chance, Weights, zipf
from bench.design import build_plan
from bench.generate import generate, main
from bench.kind import DAMAGES, KINDS
from bench.outcome import find_changes, find_statuses
from bench.plan import Cell, Plan, Size, Strand, Target
from kg.schema import load_schema
from tests.cli.run import call
from tests.synthesis.precedence import ORDER

ROOT = Path(__file__).resolve().parents[2]
STATUSES = set(ORDER)
FAULTY = Size(220, concepts=6, targets=11, preconditions=2, faults=len(KINDS) + 1)
GRID = Size(200, faults=20)
DAMAGED = Size(120, concepts=6, targets=5, preconditions=2, faults=3, damaged=len(DAMAGES))
SMALL = Size(60, concepts=6, targets=6, preconditions=2)

Row = tuple[str, ...]


def read_list(folder: Path, name: str) -> list[Row]:
    with (folder / f"planted-{name}.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def read_rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_faults(folder: Path, engine: str = "shacl") -> Counter[Row]:
    """Return every fault that an engine reports, as the list of planted ones writes it."""
    words = ("check", "--engine", engine, "--format", "json")
    said = json.loads(call(folder, *words, quiet=True).stdout)
    assert {fault["engine"] for fault in said if "engine" in fault} <= {engine}
    return Counter((f["table"], str(f["row"]), f["column"], f["rule"]) for f in said)


def find_carried(folder: Path) -> list[Row]:
    result = call(folder, "carry", "--all", "--format", "json", quiet=True)
    return sorted((t["id"], t["status"]) for t in json.loads(result.stdout))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faulty")
    generate(folder, FAULTY, 7)
    return folder


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grid")
    generate(folder, GRID, 5)
    return folder


def test_every_kind_of_fault_is_another_one() -> None:
    assert len(KINDS) == 54
    assert len({kind.name for kind in KINDS + DAMAGES}) == len(KINDS + DAMAGES) == 60
    assert len({kind.faults for kind in KINDS}) > 50
    rules = {rule for kind in KINDS for _, _, rule in kind.faults}
    # Across rows or studies, and within one cell.
    assert rules > {"bearings-screened-out", "translations-two-studies", "broader-acyclic"}
    assert rules > {"studies-role", "reports-year", "memos-about", "bearings-polarity"}


def test_check_finds_exactly_what_was_planted(faulty: Path) -> None:
    planted = Counter(read_list(faulty, "faults"))
    assert sum(planted.values()) == 1 + sum(len(kind.faults) for kind in KINDS) == 66
    assert planted["texts/not-utf-8.txt", "0", "", "text-encoding"] == 1
    assert find_faults(faulty) == planted


def test_the_reference_finds_the_same(faulty: Path) -> None:
    assert find_faults(faulty, "pyshacl") == Counter(read_list(faulty, "faults"))


def test_carry_gives_the_planted_statuses_beside_faults(faulty: Path) -> None:
    planted = read_list(faulty, "statuses")
    assert len(planted) == FAULTY.targets * (1 + 2 + 1 + 3 + 1 + 2 + 3)  # 3 configurations
    assert {status for _, status in planted} == STATUSES
    assert find_carried(faulty) == planted


def test_carry_gives_the_planted_statuses_of_the_whole_grid(grid: Path) -> None:
    planted = read_list(grid, "statuses")
    assert len(planted) == 1040
    assert {status for _, status in planted} == STATUSES
    assert find_carried(grid) == planted
    assert find_faults(grid) == Counter(read_list(grid, "faults"))


def test_damaged_rows_leave_no_status_certain(tmp_path: Path) -> None:
    generate(tmp_path, DAMAGED, 3)
    planted = read_list(tmp_path, "statuses")
    assert {status for _, status in planted} == {"undetermined", "withdrawn"}
    assert find_carried(tmp_path) == planted
    faults = Counter(read_list(tmp_path, "faults"))
    assert {rule for *_, rule in faults} >= {
        "id-duplicate", "row-without-id", "row-ragged", "id-shipped", "bearings-towards",
    }  # fmt: skip
    assert find_faults(tmp_path) == faults


def test_leave_one_out_changes_what_was_planted(tmp_path: Path) -> None:
    generate(tmp_path, SMALL, 7)
    before = dict(read_list(tmp_path, "statuses"))
    removals = json.loads(call(tmp_path, "robustness", "--format", "json", quiet=True).stdout)
    found = {(r["removed"], c["id"], c["from"], c["to"]) for r in removals for c in r["changed"]}
    found |= {(r["removed"], i, before[i], "no basis") for r in removals for i in r["lost"]}
    planted = read_list(tmp_path, "robustness")
    assert len(planted) == len(set(planted)) > 20
    assert found == set(planted)
    assert {r["kind"] for r in removals if r["changed"] or r["lost"]} == {
        "study", "review statement",
    }  # fmt: skip


TARGETS = (
    Target("a", "couple", "c-a", (0,)),
    Target("b", "couple", "c-b", (1,)),
    Target("wide", "couple", "c", (0, 1)),
)
STRAND = Strand("concept", "", "one study", "", frozenset(), ("need",))
PLAN = Plan(
    Size(1),
    TARGETS,
    ("concept",),
    (),
    ("need", "other"),
    (STRAND,),
    cells={(s, leaf): Cell() for s in ("concept", "need", "other") for leaf in (0, 1)},
    sources={"concept": ("source",)},
)


def find_one(target: str, plan: Plan = PLAN, **cells: Cell) -> str:
    """The status of the one strand in a target, with cells of target ``a`` filled."""
    filled = {(subject, 0): cell for subject, cell in cells.items()}
    plan = replace(plan, cells={**plan.cells, **filled})
    return dict(find_statuses(plan))[f"concept--{target}"]


def test_statuses_follow_the_rule() -> None:
    """Worked out from the table of statuses in section 6 of the design."""
    pro, contra, both = Cell(("x",)), Cell((), ("y",)), Cell(("x",), ("y",))
    assert find_one("a") == "proposed"
    assert find_one("a", replace(PLAN, sources={})) == "no basis"
    assert find_one("a", need=pro) == "preconditions met"
    assert find_one("a", need=contra) == "blocked"
    assert find_one("a", need=both) == "preconditions contested"
    assert find_one("a", concept=pro, need=contra) == "observed in target"
    assert find_one("a", concept=contra, need=pro) == "contradicted in target"
    assert find_one("a", concept=both) == "contested"
    assert find_one("wide", concept=both) == "contested"
    assert find_one("b", concept=both) == "proposed"
    doubted = replace(PLAN, doubted={"need"})
    assert find_one("a", doubted, concept=both) == "undetermined"
    withdrawn = replace(doubted, withdrawn={("concept", "", 0)})
    assert find_one("a", withdrawn, concept=both) == "withdrawn"
    assert find_one("b", withdrawn) == "undetermined"
    substituted = replace(PLAN, substituted={("concept", 0): ("need", "other")})
    assert find_one("a", substituted, need=contra, other=pro) == "proposed"
    assert find_one("a", substituted, need=contra, other=both) == "blocked"
    assert find_one("a", substituted, need=both, other=pro) == "preconditions contested"


def test_what_one_study_holds_up() -> None:
    """The source alone gives it a basis; of two studies in the target neither does alone."""
    assert find_changes(PLAN) == [
        ("source", f"concept--{target}", "proposed", "no basis") for target in ("a", "b", "wide")
    ]
    cells = {**PLAN.cells, ("concept", 0): Cell(("x", "y"))}
    assert [c[1] for c in find_changes(replace(PLAN, cells=cells))] == ["concept--b"]
    cells = {**PLAN.cells, ("concept", 0): Cell(("x",)), ("concept", 1): Cell(("y",))}
    assert find_changes(replace(PLAN, cells=cells)) == [  # in the wider target they stand together
        ("x", "concept--a", "observed in target", "proposed"),
        ("y", "concept--b", "observed in target", "proposed"),
    ]


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """In other processes, with other hashes, time zones and languages."""
    words = ["--studies", "200", "--faults", "9", "--damaged", "2", "--targets", "5"]
    found = []
    for name, seed, more in (
        ("a", "4", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}),
        ("b", "4", {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8"}),
        ("c", "5", {}),
    ):
        command = [sys.executable, "-m", "bench.generate", str(tmp_path / name), "--seed", seed]
        subprocess.run(
            [*command, *words], cwd=ROOT, env={**os.environ, **more}, check=True,
            capture_output=True,
        )  # fmt: skip
        found.append(digest(tmp_path / name))
    assert found[0] == found[1]
    assert found[0]["tables/bearings.csv"] != found[2]["tables/bearings.csv"]


def test_the_stream_is_the_one_that_python_promises() -> None:
    """The first numbers of the Mersenne Twister for seed 1: 0.134…, 0.847…, 0.763…, 0.255…"""
    chance = Chance(1)
    assert [chance.below(1000) for _ in range(4)] == [134, 847, 763, 255]
    chance = Chance(1)
    assert [chance.pick("abcd") for _ in range(4)] == ["a", "d", "d", "b"]
    chance = Chance(1)  # of 3: a third of the way, then all the way
    assert [chance.weigh(Weights((1, 0, 1, 1))) for _ in range(4)] == [0, 3, 3, 0]
    assert zipf(3, 2).steps == (1, 1 + 1 / 4, 1 + 1 / 4 + 1 / 3 / 3)


def test_every_table_is_written_and_says_that_it_is_synthetic(tmp_path: Path) -> None:
    generate(tmp_path, Size(1500), 2)
    written = {path.stem for path in (tmp_path / "tables").glob("*.csv")}
    assert load_schema().tables.keys() - written == {"components"}  # entered with confidence
    for table in sorted(written):
        for row in read_rows(tmp_path, table)[:50]:
            text = " ".join(row.values()).lower()
            told = any(word in text for word in ("synthetic", "made-up", "made up"))
            assert told or all(len(cell.split()) < 3 for cell in row.values()), (table, row)
    assert "Synthetic" in (tmp_path / "review.yaml").read_text(encoding="utf-8")
    assert "# A synthetic workspace" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert {row["origin"] for row in read_rows(tmp_path, "egos")} == {"synthetic"}


def test_few_carry_most(tmp_path: Path) -> None:
    generate(tmp_path, Size(3000), 2)
    studies, bearings = read_rows(tmp_path, "studies"), read_rows(tmp_path, "bearings")
    assert len(studies) == 3000
    own = Counter(f["study"] for f in read_rows(tmp_path, "findings"))
    sizes = sorted((own[s["id"]] for s in studies), reverse=True)
    assert sum(sizes[:300]) > sum(sizes) / 3  # a tenth of the studies, a third of the findings
    assert sizes[0] >= 15
    assert sizes[1500] <= 1
    topics = Counter(b["towards"] for b in bearings if b["towards"].startswith("concept-"))
    assert len(topics) == 30
    assert sum(n for _, n in topics.most_common(6)) > sum(topics.values()) / 2
    kinds = Counter(s["kind"] for s in read_rows(tmp_path, "settings"))
    assert kinds["neighbourhood"] > 2 * kinds["organisation"] > 2 * kinds["supporting pair"]
    reports = Counter(r for s in studies for r in s["reports"].split(";"))
    assert sum(n > 1 for n in reports.values()) > 60
    assert sum(bool(s["shares sample with"]) for s in studies) > 60
    assert any(";" in s["reports"] for s in studies)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--studies", "20"], "--studies 20 is too few: at least 60"),
        (["--studies", "65"], "--studies 65 is too few for all that: at least "),
        (["--studies", "200", "--targets", "3"], "--targets 3 is too few: at least 5"),
        (["--studies", "200", "--faults", "99"], "--studies 200 is too few for all that"),
    ],
)
def test_what_cannot_be_held_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main([str(tmp_path / "new"), "--seed", "1", *words]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_folder_with_files_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main([str(tmp_path), "--seed", "1", "--studies", "200"]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_rate_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "new"), "--seed", "1", "--studies", "200", "--targets", "5"]) == 0
    said = capsys.readouterr().err
    assert "200 studies, " in said
    assert "rows/s" in said


def test_every_seed_draws_every_outcome() -> None:
    for seed in range(20):
        plan = build_plan(Size(1000), Chance(seed))
        assert {status for _, status in find_statuses(plan)} == STATUSES - {"undetermined"}
        assert len(plan.strands) == 52
        assert {s.support for s in plan.strands} == {
            "several", "one study", "statement", "placed", "none",
        }  # fmt: skip
