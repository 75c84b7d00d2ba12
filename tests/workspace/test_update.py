"""What is changed in a copy of the store is what a fresh build makes of the same files.

By hand: changes that reach a transfer from far away, and what has to become of it. By chance: 200
edits of a workspace in which every table has rows; and of a generated one, with columns beside it.
"""

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bench.generate import generate
from bench.plan import Size
from kg.columns import TABLES, read_columns
from kg.store import Store
from kg.synthesis import Transfer, read_transfers
from kg.workspace.build import build
from kg.workspace.update import Updated
from tests.checks.fixture import complete
from tests.workspace.test_build import content, fresh
from tests.workspace.test_incremental import save
from tests.workspaces import Workspace, minimal

Edit = Callable[[Workspace], None]
COLUMNS = import_module("kg.workspace.columns")


@pytest.fixture
def updates(monkeypatch: pytest.MonkeyPatch) -> list[Updated]:
    """What was changed in copies."""
    module, done = import_module("kg.workspace.update"), []
    update = module.update

    def note(*args: object) -> Updated:
        done.append(update(*args))
        return done[-1]

    monkeypatch.setattr(module, "update", note)
    return done


def far() -> Workspace:
    """A concept seen elsewhere by two studies, and a precondition that was seen in the target."""
    workspace = minimal()
    workspace.edit("reports", "source-review-report", authors="author", author_list="complete")
    workspace.add("authors", "author")
    workspace.study("study-2", authors="other-author", populations="target-population",
                    role="target-context evidence", names="concept")  # fmt: skip
    workspace.add("authors", "other-author")
    workspace.study("study-3")
    workspace.finding("finding-2", study="study-2", settings="target-setting")
    workspace.finding("finding-3", study="study-3", settings="setting")
    workspace.add("bearings", "met", finding="finding-2", towards="precondition")
    workspace.add("bearings", "elsewhere", finding="finding-3")
    workspace.add("requires", "requires")
    return workspace


def carried(store: Store) -> Transfer:
    (found,) = read_transfers(store)
    return found


def cell(table: str, row: str, **cells: str) -> Edit:
    return lambda workspace: workspace.edit(table, row, **cells)


# Edit → what the transfer is then. At first two samples stand behind it elsewhere, and the
# precondition is met by one study in the target.
FAR = {
    "the precondition is refuted": (
        cell("bearings", "met", polarity="refutes"), lambda t: t.status == "blocked",
    ),
    "the study of the precondition was screened out": (
        cell("studies", "study-2", role="screened out"),
        lambda t: t.preconditions[0]["state"] == "unknown",
    ),
    "what met the precondition stood elsewhere": (
        cell("findings", "finding-2", settings="setting"),
        lambda t: t.preconditions[0]["state"] == "unknown",
    ),
    "the setting elsewhere is of the target's kind": (
        cell("settings", "setting", kind="personal community"),
        lambda t: (t.status, t.source["studies"]) == ("no basis", 0),
    ),
    "two studies share a sample": (
        cell("studies", "study-3", shares_sample_with="study"),
        lambda t: t.source["studies"] == 1,
    ),
    "the bearing is on the precondition now": (
        cell("bearings", "elsewhere", towards="precondition"), lambda t: t.source["studies"] == 1,
    ),
    "the bearing stands in the target now": (
        cell("findings", "finding-3", settings="target-setting", applies_to="target-population"),
        lambda t: (t.status, t.target_evidence["for"]) == ("observed in target", 1),
    ),
    "a finding can't be used": (
        cell("findings", "finding-3", modality="nonsense"), lambda t: t.status == "undetermined",
    ),
    "a report has no title": (
        cell("reports", "study-3-report", title=""), lambda t: t.status == "undetermined",
    ),
    "a concept has another name": (
        cell("concepts", "concept", label="Another name"), lambda t: "Another name" in t.label,
    ),
    "nothing requires the precondition": (
        lambda workspace: workspace.remove("requires", "requires"), lambda t: not t.preconditions,
    ),
    "a memo": (
        lambda workspace: workspace.add("memos", "memo", about="finding-3", date="2026-01-01",
                                        text="A note.", by="coder") and None,
        lambda t: t.source["studies"] == 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "holds"), FAR.values(), ids=FAR)
def test_a_change_reaches_what_rests_on_it(
    edit: Edit, holds: Callable[[Transfer], bool], tmp_path: Path, updates: list[Updated]
) -> None:
    workspace = far()
    save(workspace, tmp_path / "ws")
    before = build(tmp_path / "ws")
    assert not before.faults
    first = carried(before.store)
    assert first.status == "preconditions met" and first.source["studies"] == 2
    edit(workspace)
    save(workspace, tmp_path / "ws")
    after = build(tmp_path / "ws")
    assert holds(carried(after.store)), carried(after.store)
    assert content(after) == content(fresh(tmp_path / "ws"))
    assert len(updates) == 1
    save(far(), tmp_path / "ws")
    assert content(build(tmp_path / "ws")) == content(fresh(tmp_path / "ws"))
    assert len(updates) == 2


def test_what_a_side_file_says_is_not_lost(tmp_path: Path, updates: list[Updated]) -> None:
    """It says what is required, which no table does."""
    workspace = far()
    workspace.remove("requires", "requires")
    names = {n: f"<{workspace.iri(n)}>" for n in ("by-hand", "concept", "precondition")}
    workspace.more["extra.ttl"] = (
        "@prefix qes: <https://w3id.org/qes-kg/> .\n"
        f"{names['by-hand']} qes:requirementOf {names['concept']} ;"
        f" qes:requires {names['precondition']} .\n"
    )
    save(workspace, tmp_path)
    assert carried(build(tmp_path).store).status == "preconditions met"
    workspace.edit("bearings", "met", polarity="refutes")
    save(workspace, tmp_path)
    built = build(tmp_path)
    assert len(updates) == 1
    assert carried(built.store).status == "blocked"
    assert content(built) == content(fresh(tmp_path))


def test_only_what_is_touched_is_worked_out(tmp_path: Path, updates: list[Updated]) -> None:
    workspace = far()
    workspace.add("concepts", "other", label="Another")
    workspace.add("bearings", "on-other", finding="finding-3", towards="other")
    build(workspace.write(tmp_path))
    workspace.edit("bearings", "on-other", polarity="refutes")
    build(workspace.write(tmp_path))
    workspace.edit("findings", "finding-3", statement="It is said otherwise.")
    built = build(workspace.write(tmp_path))
    one, other = updates
    assert one.touched.topics == {f"{workspace.base}other"}
    assert one.claims == {f"{workspace.base}other--target"}
    assert other.touched.placed == {f"{workspace.base}finding-3"}
    assert other.claims is not None and f"{workspace.base}concept--target" in other.claims
    assert built.held is not None and built.held.note["quads"] == len(built.store)


# By chance

Rows = list[list[str]]


def read(path: Path) -> Rows:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def write(path: Path, rows: Rows) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def edit_anything(tables: Path, draw: random.Random) -> str:
    """Change one cell, row or id, and say what was done."""
    path = draw.choice(sorted(tables.glob("*.csv")))
    head, *body = read(path)
    if not body:
        return "nothing"
    kind = draw.choice(["cell", "cell", "cell", "blank", "delete", "copy", "add", "id", "id all"])
    place, column = draw.randrange(len(body)), draw.randrange(1, len(head))
    row = body[place]
    if kind == "cell":
        row[column] = draw.choice(body)[column]
    elif kind == "blank":
        row[column] = ""
    elif kind == "delete":
        del body[place]
    elif kind == "copy":
        body.append(list(row))
    elif kind == "add":
        body.append([f"{row[0]}-{draw.randrange(99)}", *row[1:]])
    elif kind == "id":
        row[0] += "-x"
    else:
        old, new = row[0], f"{row[0]} ü"
        for other in sorted(tables.glob("*.csv")):
            rows = [[_rename(c, old, new) for c in cells] for cells in read(other)]
            write(other, rows)
        return kind
    write(path, [head, *body])
    return kind


def _rename(text: str, old: str, new: str) -> str:
    return ";".join(new if value == old else value for value in text.split(";"))


def edit_often(
    folder: Path, seed: int, number: int, keep: Callable[[], bool]
) -> Iterator[tuple[int, str]]:
    """Edit again and again, and yield how often and what was done; take back what is not to stay.

    Taking back is an edit of its own: the next build sees both.
    """
    draw = random.Random(seed)
    for place in range(number):
        before = {path: path.read_bytes() for path in sorted((folder / "tables").glob("*.csv"))}
        yield place, edit_anything(folder / "tables", draw)
        if not keep():
            for path, data in before.items():
                path.write_bytes(data)


def test_after_200_edits_all_is_as_if_built_anew(tmp_path: Path, updates: list[Updated]) -> None:
    folder = complete().write(tmp_path / "ws")
    build(folder)
    seen: Counter[str] = Counter()
    for number, kind in edit_often(folder, 7, 201, lambda: not build(folder).faults):
        built = build(folder)
        if number % 3 == 2:
            assert content(built) == content(fresh(folder)), (kind, number)
        seen[kind] += 1
        seen["left out"] += bool(built.left_out)
        seen["sound"] += not built.faults
    assert len(updates) > 120
    assert min(seen[k] for k in ("cell", "delete", "id", "id all", "left out", "sound")) > 9, seen
    assert sum(update.claims is None for update in updates) > 20
    assert sum(bool(update.claims) for update in updates) > 20


def test_columns_are_changed_with_their_store(
    tmp_path: Path, updates: list[Updated], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each file the rows are those of a fresh build, whatever parts they stand in."""
    monkeypatch.setattr(COLUMNS, "LARGE", 1)
    monkeypatch.setattr(COLUMNS, "_STUDIES", 9)
    folder, twin = tmp_path / "ws", tmp_path / "twin"
    generate(folder, Size(studies=60, concepts=6, targets=5, faults=6), seed=3)
    build(folder, write=True)
    linked = 0
    draw = random.Random(1)
    for number, kind in edit_often(folder, 11, 12, lambda: draw.random() < 0.5):
        built = build(folder, write=True)
        other = twin / str(number)
        for path in ("review.yaml", "tables", "texts", "more"):
            _copy(folder / path, other / path)
        anew = build(other, write=True)
        assert content(built) == content(anew), kind
        assert built.columns is not None and anew.columns is not None
        for table in TABLES:
            rows = read_columns(built.columns, table)
            assert rows.equals(read_columns(anew.columns, table)), (kind, table)
        linked += sum(p.stat().st_nlink > 1 for p in built.columns.rglob("*.parquet"))
    assert len(updates) > 5 and linked > 99


def _copy(old: Path, new: Path) -> None:
    for path in [old] if old.is_file() else sorted(old.glob("*")):
        to = new if old.is_file() else new / path.name
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
