"""After any edits, what was built step by step is what a fresh build makes of the same files."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.workspace.build import build
from tests.workspace.test_build import content, fresh
from tests.workspaces import Workspace, minimal

Edit = Callable[[Workspace], None]


def start() -> Workspace:
    workspace = minimal()
    workspace.study("study-2")
    workspace.finding("finding-2", study="study-2", settings="target-setting")
    workspace.add("bearings", "bearing-2", finding="finding-2", polarity="refutes")
    workspace.add("requires", "requires")
    workspace.add("bearings", "bearing-3", finding="finding-2", towards="precondition")
    workspace.more["extra.ttl"] = f'<{workspace.base}study> <https://e.org/p> "x" .\n'
    workspace.texts["text.txt"] = "Some words.\n"
    return workspace


TABLES = sorted(start().tables)
VALUES = ["", "concept", "finding", "study", "no such", "supports", "refutes", "suports",
          "not reported", "a;b", 'a "b"', "hedged", "1998", "condition"]  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One edit: a cell, a row, an id with or without what refers to it, a file."""
    table = draw(st.sampled_from([*TABLES, "bearings", "findings", "studies"]))
    kind = draw(st.sampled_from(["cell", "cell", "delete", "copy", "id", "id everywhere", "table",
                                 "header", "side file", "text", "order"]))  # fmt: skip
    place, column = draw(st.integers(0, 3)), draw(st.integers(0, 9))
    value = draw(st.sampled_from(VALUES))

    def edit(workspace: Workspace) -> None:
        rows = workspace.tables.get(table, {})
        if kind == "side file":
            workspace.more["extra.ttl"] = f"<{workspace.base}{value.strip() or 'x'}> a <x:y> .\n"
        elif kind == "text":
            workspace.texts["text.txt"] = value
        elif kind == "table":
            workspace.tables.pop(table, None)
        elif rows:
            row = list(rows)[place % len(rows)]
            cells = rows[row]
            if kind == "cell":
                cells[list(cells)[column % len(cells)]] = value
            elif kind == "delete":
                del rows[row]
            elif kind == "copy":
                rows[f"{row}-copy"] = dict(cells)
            elif kind == "order":
                rows[row] = rows.pop(row)
            elif kind == "header":
                cells[value or "x"] = "y"
            else:
                new = f"{row} ü"
                workspace.tables[table] = {new if r == row else r: c for r, c in rows.items()}
                for other in workspace.tables.values() if kind == "id everywhere" else ():
                    for others in other.values():
                        others.update({n: new for n, v in others.items() if v == row})

    return edit


def save(workspace: Workspace, folder: Path) -> set[str]:
    """Write the workspace anew, but for its cache, and return the files that changed."""
    before = digests(folder)
    for place in ("tables", "more", "texts"):
        shutil.rmtree(folder / place, ignore_errors=True)
    after = digests(workspace.write(folder))
    return {name for name, digest in after.items() if before.get(name) != digest}


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*/*.*")
        if path.parent.name != ".kg"
    }


@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.lists(edits(), min_size=1, max_size=3), min_size=1, max_size=3))
def test_step_by_step_is_all_at_once(tmp_path: Path, steps: list[list[Edit]]) -> None:
    folder = tmp_path / "ws"
    if not (tmp_path / "start").exists():
        save(start(), tmp_path / "start")
        build(tmp_path / "start")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(tmp_path / "start", folder)
    workspace = start()
    for step in steps:
        for edit in step:
            edit(workspace)
        changed = save(workspace, folder)
        built = build(folder)
        assert set(built.read_again) <= changed
    assert content(built) == content(fresh(folder))
