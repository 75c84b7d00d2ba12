"""Slice by slice, and after a change, the shapes say what they say of everything at once."""

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from bench.generate import generate
from bench.plan import Size
from kg import resources
from kg.checks import Change, Locator, Result, judge_in_slices, judge_slice, recheck
from kg.checks.reach import get_reach
from kg.checks.slices import Slices
from kg.terms import SHAPE
from tests.checks.fixture import complete
from tests.checks.judging import read_workspace, run_engine, schema_of
from tests.checks.test_engine import SPOILERS
from tests.workspaces import Workspace

FAULTY = Size(200, concepts=6, targets=11, preconditions=2, faults=50)


def locate(folder: Path) -> Locator:
    parts = read_workspace(folder)
    return Locator(parts, schema_of(parts))


def judge_at_once(locator: Locator) -> list[Result]:
    return run_engine(locator.parts, "shacl")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a synthesis of 200 studies with faults of every kind."""
    folder = tmp_path_factory.mktemp("generated") / "faulty"
    generate(folder, FAULTY, 7)
    return folder


@pytest.mark.parametrize("size", [1, 25, 250])
def test_shipped_case_in_slices(size: int) -> None:
    locator = locate(resources.data_folder("collective-efficacy"))
    assert judge_in_slices(locator, size) == judge_at_once(locator)


@pytest.mark.parametrize("size", [25, 250])
def test_generated_in_slices(generated: Path, size: int) -> None:
    locator = locate(generated)
    expected = judge_at_once(locator)
    assert len({result.shape for result in expected}) > 40
    assert judge_in_slices(locator, size) == expected


def test_generated_unit_by_unit(generated: Path) -> None:
    """A few of the units, each alone; every result of their rows is found."""
    locator = locate(generated)
    expected = [r for r in judge_at_once(locator) if r.shape not in get_reach().world]
    rows: set[str] = set()
    found = []
    for one in islice(Slices(locator).batches(1), 0, None, 8):
        assert len(one.text) < 200_000  # a unit and what it refers to, not the workspace
        rows |= one.rows
        found += judge_slice(one)
    assert len(found) > 5
    assert sorted(found) == [r for r in expected if locator.row_of(r.focus) in rows]


@pytest.mark.parametrize("spoil", SPOILERS)
@pytest.mark.parametrize("size", [1, 7])
def test_what_is_spoiled_everywhere_in_slices(
    spoil: Callable[[Workspace], None], size: int, tmp_path: Path
) -> None:
    workspace = complete()
    spoil(workspace)
    locator = locate(workspace.write(tmp_path))
    assert judge_in_slices(locator, size) == judge_at_once(locator)


def test_every_row_is_judged_once(generated: Path) -> None:
    locator = locate(generated)
    judged = [row for one in Slices(locator).batches(25) for row in one.rows]
    assert len(judged) == len(set(judged))
    assert set(locator.rows) <= set(judged)


def edit_at_random(workspace: Workspace, random: Random) -> str:
    """Change something somewhere, and say what."""
    table = random.choice(sorted(t for t, rows in workspace.tables.items() if rows))
    rows = workspace.tables[table]
    row = random.choice(sorted(rows))
    column = random.choice(sorted({c for cells in rows.values() for c in cells} or {"label"}))
    kind = random.choice(("odd", "other", "other", "other", "delete", "rename", "add"))
    every = [cells[column] for cells in rows.values() if column in cells]
    if kind == "odd":
        rows[row][column] = random.choice(("", "nonsense", "true", "not reported"))
    elif kind == "other" and every:
        rows[row][column] = random.choice(every)
    elif kind == "delete":
        del rows[row]
    elif kind == "rename":
        workspace.tables[table] = {(r + "x" if r == row else r): c for r, c in rows.items()}
    elif kind == "add":
        rows[f"{row}-new"] = dict(rows[row])
    return f"{kind} {table} {row} {column}"


def read_tables(folder: Path) -> Workspace:
    """Return tables as they stand, to be edited."""
    workspace = Workspace()
    for path in sorted((folder / "tables").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        workspace.tables[path.stem] = {r.pop("id"): {c: v for c, v in r.items() if v} for r in rows}
    return workspace


def edit(workspace: Workspace, folder: Path, seed: int, number: int) -> Iterator[str]:
    random = Random(seed)
    for _ in range(number):
        said = edit_at_random(workspace, random)
        workspace.write(folder)
        yield said


@pytest.mark.parametrize("seed", [1, 2])
def test_after_random_edits_of_a_small_workspace(seed: int, tmp_path: Path) -> None:
    """Rows of every table, each of them near to every other."""
    workspace = complete()
    old = locate(workspace.write(tmp_path))
    results, changed = judge_at_once(old), 0
    for said in edit(workspace, tmp_path, seed, 60):
        new = locate(tmp_path)
        expected = judge_at_once(new)
        assert recheck(results, Change(old, new)) == expected, said
        changed += results != expected
        old, results = new, expected
    assert changed > 8


def test_after_random_edits_of_many_studies(generated: Path, tmp_path: Path) -> None:
    workspace = read_tables(generated)
    old = locate(workspace.write(tmp_path))
    results = judge_at_once(old)
    few = 0
    for said in edit(workspace, tmp_path, 3, 30):
        new = locate(tmp_path)
        expected = judge_at_once(new)
        assert recheck(results, Change(old, new)) == expected, said
        rows = Change(old, new).find_rows()
        few += rows is not None and len(rows) < len(new.rows) / 10
        old, results = new, expected
    assert few > 20  # otherwise everything was judged again and nothing was tried


@pytest.mark.parametrize("kind", ["delete", "rename"])
def test_after_any_row_went(kind: str, tmp_path: Path) -> None:
    """Each row in turn: whoever looked at it, however far away, is judged again."""
    sound = complete()
    old = locate(sound.write(tmp_path / "sound"))
    results = judge_at_once(old)
    assert results == []
    faulty = 0
    for table, rows in sound.tables.items():
        for row in rows:
            workspace = complete()
            cells = workspace.tables[table].pop(row)
            if kind == "rename":
                workspace.tables[table][f"{row}-x"] = cells
            new = locate(workspace.write(tmp_path / f"{table}-{row}"))
            expected = judge_at_once(new)
            assert recheck(results, Change(old, new)) == expected, (table, row)
            faulty += bool(expected)
    assert faulty > 30


# Headers of the columns that some shape reads in another row than the one that it judges.
READ_FROM_AFAR = (
    "adjudicates", "concept", "constructs", "ego", "exact", "finding", "findings", "from", "in",
    "into", "kind", "of", "quotation", "quoted from", "report", "reports", "review", "role",
    "sense", "statement", "statements", "study", "text", "to", "what",
)  # fmt: skip


def list_edits() -> Iterator[tuple[str, str, str, str]]:
    """Yield (table, row, column, another value of that column) for cells that are read so."""
    for table, rows in complete().tables.items():
        for column in READ_FROM_AFAR:
            values = dict.fromkeys(c.get(column, "") for c in rows.values())
            for row in [r for r, cells in rows.items() if cells.get(column)][:3]:
                for other in [v for v in values if v != rows[row][column]][:2]:
                    yield table, row, column, other


def test_after_a_cell_changed_that_is_read_from_afar(tmp_path: Path) -> None:
    old = locate(complete().write(tmp_path / "sound"))
    far = set()
    for number, (table, row, column, value) in enumerate(list_edits()):
        workspace = complete()
        workspace.tables[table][row][column] = value
        new = locate(workspace.write(tmp_path / str(number)))
        expected = judge_at_once(new)
        assert recheck([], Change(old, new)) == expected, (table, row, column, value)
        if {new.row_of(r.focus) for r in expected} - {workspace.iri(row)}:
            far.add((table, column))
    assert {
        ("alters", "ego"),  # the tie leads out of the network
        ("constructs", "study"),  # the translation is one within a study
        ("reports", "text"),  # the quotation stands in no text
        ("reviews", "kind"),  # the third-order construct needs a statement
        ("senses", "concept"),  # the sense is one of something else
        ("studies", "reports"),  # the quotation is from a report of another study
        ("studies", "role"),  # the bearing is one of a screened-out study
    } <= far


Cell = tuple[str, str, str, str]
NO_QUOTATION: list[Cell] = [
    ("statements", "said", column, "")
    for column in ("quotation", "quoted from", "locator", "start", "end", "check")
]

# Cells so that one row hangs by another; the cell that lets it fall; rule and row that must fail.
HANGING: list[tuple[list[Cell], Cell, str, str]] = [
    (
        [("quotations", "checked-words", "of", "found-a")],
        ("statements", "said", "quotation", "They help."),
        "cue-verbatim", "configuration",
    ),
    (
        NO_QUOTATION,
        ("quotations", "checked-words", "exact", "They help."),
        "cue-verbatim", "configuration",
    ),
    (
        NO_QUOTATION,
        ("quotations", "checked-words", "of", "found-b"),
        "statements-quoted", "said",
    ),
    (
        [
            ("translations", "translation", "argument", ""),
            ("constructs", "second-b", "sense", "sense"),
        ],
        ("constructs", "second-b", "sense", "sense-2"),
        "translations-across-senses", "translation",
    ),
    (
        [("constructs", "second-b", "findings", "")],
        ("constructs", "second-a", "findings", ""),
        "constructs-third-order-source", "third",
    ),
    (
        [
            ("findings", "found-b", "paraphrase only", ""),
            ("quotations", "more-words", "of", "found-b"),
        ],
        ("quotations", "more-words", "of", "found-a"),
        "findings-quoted", "found-b",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "cell", "rule", "row"), HANGING)
def test_after_what_a_row_hangs_by_went(
    before: list[Cell], cell: Cell, rule: str, row: str, tmp_path: Path
) -> None:
    workspace = complete()
    for table, name, column, value in before:
        workspace.tables[table][name][column] = value
    old = locate(workspace.write(tmp_path / "old"))
    results = judge_at_once(old)
    assert not any(r.shape == SHAPE + rule and r.focus == workspace.iri(row) for r in results)
    table, name, column, value = cell
    workspace.tables[table][name][column] = value
    new = locate(workspace.write(tmp_path / "new"))
    found = recheck(results, Change(old, new))
    assert found == judge_at_once(new)
    assert any(r.shape == SHAPE + rule and r.focus == workspace.iri(row) for r in found)


def test_a_change_beside_the_tables_is_judged_everywhere(tmp_path: Path) -> None:
    workspace = complete()
    old = locate(workspace.write(tmp_path / "old"))
    workspace.more["more.ttl"] = "<study-a> <https://w3id.org/qes-kg/playsRole> <study-a> .\n"
    new = locate(workspace.write(tmp_path / "new"))
    found = recheck([], Change(old, new))
    assert found == judge_at_once(new) == judge_in_slices(new, 5)
    assert {r.focus for r in found} == {workspace.iri("study-a")}


def test_an_unchanged_workspace_is_not_judged(tmp_path: Path) -> None:
    locator = locate(complete().write(tmp_path))
    kept = [Result("urn:x", "urn:y", "SPARQL", "", "", "error", "kept as it was")]
    assert recheck(kept, Change(locator, locate(tmp_path))) == kept
