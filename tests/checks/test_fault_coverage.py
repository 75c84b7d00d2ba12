"""Every constraint, every rule and every check query, broken once: each fault is found where it is.

The complete workspace has no faults. One cell is broken, and exactly that cell must be reported, by
that rule, in both engines, with nothing else but the consequences listed in ``cases``. The fast
engine judges one broken workspace at a time; the reference judges all of them in a few runs, each
run many workspaces, each workspace as many broken cells as don't touch the same rows.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.checks import Result
from tests.checks.cases import CONSEQUENCES, RULES, RuleCase
from tests.checks.conftest import Tally
from tests.checks.constraints import SHAPES, Constraint, break_constraint, list_constraints, local
from tests.checks.fixture import complete
from tests.checks.judging import (
    Place,
    find_faults,
    judge_together,
    place,
    read_workspace,
    run_engine,
)
from tests.workspaces import Workspace

CONSTRAINTS = list_constraints()
WARNINGS = {"quotations-copied-from-text", "translations-across-senses"}
RUNS = 2


@dataclass(frozen=True)
class Case:
    """One way to break the complete workspace, and all that must be reported then."""

    name: str
    rows: frozenset[tuple[str, str]]
    reports: frozenset[tuple[str, str, str, str]]
    source: Constraint | RuleCase = field(compare=False)

    def apply(self, workspace: Workspace) -> set[str]:
        """Break a workspace and return the tables that changed."""
        if isinstance(self.source, RuleCase):
            self.source.apply(workspace)
            return {edit[0] for edit in self.source.edits}
        mutant = break_constraint(self.source, complete())
        mutant.apply(workspace)
        return {mutant.table}

    def expected(self, workspace: Workspace) -> set[Place]:
        """Return all places that must be reported."""
        return {
            (t, workspace.record_number(t, i), c, r, "warning" if r in WARNINGS else "error")
            for t, i, c, r in self.reports
        }


def list_cases() -> list[Case]:
    """Return the cases of all constraints and of all rules."""
    workspace = complete()
    cases = []
    for constraint in CONSTRAINTS:
        mutant = break_constraint(constraint, workspace)
        own = (mutant.table, mutant.row, mutant.column, mutant.rule)
        reports = CONSEQUENCES.get(str(constraint), frozenset()) | {own}
        rows = _rows(workspace, reports, [mutant.value])
        cases.append(Case(str(constraint), rows, reports, constraint))
    for rule in RULES:
        edited = {edit[:3] for edit in rule.edits}
        rows = _rows(workspace, rule.reports | edited, [edit[3] for edit in rule.edits])
        cases.append(Case(str(rule), rows, rule.reports, rule))
    return cases


def _rows(
    workspace: Workspace, cells: Iterable[tuple[str, ...]], texts: Iterable[str]
) -> frozenset[tuple[str, str]]:
    """Return the rows of cells, and the rows that texts name."""
    named = {name.strip() for text in texts for name in text.split(";")}
    rows = {(cell[0], cell[1]) for cell in cells}
    return frozenset(
        rows | {(t, i) for t, table in workspace.tables.items() for i in table if i in named}
    )


CASES = list_cases()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the complete workspace."""
    return complete().write(tmp_path_factory.mktemp("complete"))


def test_cases_are_collected() -> None:
    assert len(CONSTRAINTS) == 661
    assert len({c.table for c in CONSTRAINTS}) == 42
    assert len({case.name for case in CASES}) == len(CASES) == 661 + len(RULES)
    assert set(CONSEQUENCES) <= {str(c) for c in CONSTRAINTS}


def test_every_rule_has_a_case() -> None:
    store = Store()
    for file in sorted(SHAPES.rglob("*.ttl")):
        store.load(path=str(file), format=RdfFormat.TURTLE)
    sparql = NamedNode("http://www.w3.org/ns/shacl#sparql")
    rules = {local(q.subject.value) for q in store.quads_for_pattern(None, sparql, None)}
    assert {rule.rule for rule in RULES} == rules
    assert len(rules) == 49


def test_complete_workspace_fills_every_column() -> None:
    tables = complete().tables
    for constraint in CONSTRAINTS:
        assert any(row.get(constraint.column) for row in tables[constraint.table].values())


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_complete_workspace_has_no_faults(folder: Path, engine: str) -> None:
    parts = read_workspace(folder)
    results = run_engine(parts, engine)
    assert not results
    assert not find_faults(parts, results)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fast_engine_reports_exactly_the_broken_cell(
    case: Case, folder: Path, tally: Tally
) -> None:
    workspace = complete()
    changed = case.apply(workspace)
    tally.add("tried", case.name)
    with _written(workspace, changed, folder):
        parts = read_workspace(folder)
        faults = find_faults(parts, run_engine(parts, "shacl"))
    assert {place(f) for f in faults} == case.expected(workspace)
    assert all(f.message and f.message.endswith(".") for f in faults)
    if isinstance(case.source, Constraint):
        mutant = break_constraint(case.source, complete())
        own = [f for f in faults if (f.column, f.rule) == (mutant.column, mutant.rule)]
        assert [f.value for f in own] == [mutant.value]
    tally.add("shacl", case.name)


class _written:
    """The complete workspace on disk with some tables changed, for as long as the block runs."""

    def __init__(self, workspace: Workspace, tables: set[str], folder: Path) -> None:
        self.workspace, self.tables, self.folder = workspace, tables, folder

    def __enter__(self) -> None:
        self._write(self.workspace, self.workspace.more)

    def __exit__(self, *_: object) -> None:
        self._write(complete(), {})
        (self.folder / "more" / "mutant.ttl").unlink(missing_ok=True)

    def _write(self, workspace: Workspace, more: dict[str, str]) -> None:
        tables = {t: workspace.tables[t] for t in self.tables}
        Workspace(tables=tables, more=more).write(self.folder)


def group_cases() -> list[list[Case]]:
    """Return the cases in groups; no row that one case of a group touches is near another's."""
    near = _neighbours(complete())
    groups: list[list[Case]] = []
    taken: list[set[tuple[str, str]]] = []
    for case in sorted(CASES, key=lambda case: -len(case.rows)):
        wide = case.rows.union(*(near[row] for row in case.rows))
        number = next((n for n, rows in enumerate(taken) if not wide & rows), len(groups))
        if number == len(groups):
            groups.append([])
            taken.append(set())
        groups[number].append(case)
        taken[number] |= case.rows
    return groups


def _neighbours(workspace: Workspace) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Return for each row the rows that it names or that name it."""
    rows = {(t, i): cells for t, table in workspace.tables.items() for i, cells in table.items()}
    where = {row[1]: row for row in rows}
    near: dict[tuple[str, str], set[tuple[str, str]]] = {row: set() for row in rows}
    for row, cells in rows.items():
        for text in (text for cell in cells.values() for text in cell.split(";")):
            if text in where:
                near[row].add(where[text])
                near[where[text]].add(row)
    return near


def write_groups(folder: Path) -> Iterator[tuple[str, list[Case], Workspace, Path]]:
    """Yield base, cases, workspace and folder of each group, written."""
    for number, cases in enumerate(group_cases()):
        workspace = complete()
        workspace.base = f"https://example.org/group-{number:03}/"
        for case in cases:
            case.apply(workspace)
        yield workspace.base, cases, workspace, workspace.write(folder / f"group-{number:03}")


def test_reference_reports_exactly_the_broken_cells(tmp_path: Path, tally: Tally) -> None:
    groups = list(write_groups(tmp_path))
    read = {base: read_workspace(path, keep=False) for base, _, _, path in groups}
    bases = list(read)
    shares = [{base: read[base] for base in bases[n::RUNS]} for n in range(RUNS)]
    with ThreadPoolExecutor(RUNS) as pool:
        runs = pool.map(lambda share: judge_together(share, "pyshacl"), shares)
        reference = {base: found for run in runs for base, found in run.items()}
    fast = judge_together(read, "shacl")
    for base, cases, workspace, _ in groups:
        assert _key(fast[base][0]) == _key(reference[base][0]), [case.name for case in cases]
        found = {place(f) for f in reference[base][1]}
        for case in cases:
            assert case.expected(workspace) <= found, case.name
        assert found == set().union(*(case.expected(workspace) for case in cases))
        for case in cases:
            tally.add("pyshacl", case.name)


def _key(results: list[Result]) -> set[tuple[str, str, str, str]]:
    return {(r.focus, r.shape, r.component, r.value) for r in results}
