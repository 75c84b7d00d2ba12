"""Two people: a blind working copy, the way back by merge, and the commands."""

import csv
import json
import sys
from pathlib import Path
from subprocess import run

import pytest

from kg.errors import UnknownName, UsageError
from kg.workspace.build import build
from kg.workspace.people import copy_for, merge, render_merge
from tests.cli.run import call
from tests.workspace.memory import build_in_memory
from tests.workspaces import Workspace, minimal


def shared() -> Workspace:
    """A workspace in which Ann and Ben judged, Cy decided, and something rests on a translation."""
    workspace = minimal()
    for person in ("ann", "ben", "cy"):
        workspace.add("people", person)
    workspace.remove("bearings", "bearing")
    workspace.finding("other")
    for who, polarity in (("ann", "supports"), ("ben", "refutes")):
        workspace.add("bearings", f"b-{who}", interpreter=who, polarity=polarity)
        workspace.add("memos", f"m-{who}", about=f"b-{who}", by=who)
    workspace.add("bearings", "b-cy", interpreter="cy", adjudicates="b-ann;b-ben",
                  adjudication_reason="See page 3.")  # fmt: skip
    workspace.add("bearings", "b-late", interpreter="ann", finding="other")
    workspace.add("memos", "m-of-both", about="m-ben", by="ann")
    workspace.add("memos", "m-free", about="study", by="ann")
    workspace.add("quotations", "q-ben", of="b-ben")
    workspace.study("study-2")
    workspace.add("constructs", "construct")
    workspace.add("constructs", "construct-2", study="study-2")
    workspace.add("translations", "t-ben", interpreter="ben")
    workspace.add("translations", "t-ben-2", interpreter="ben")
    workspace.add("lines-of-argument", "line", joins="t-ben")
    workspace.more["note.ttl"] = "<study> <http://www.w3.org/2000/01/rdf-schema#comment> 'x' .\n"
    workspace.more["quiet.ttl"] = "<b9> a <https://w3id.org/qes-kg/Bearing> .\n"
    workspace.texts["text.txt"] = "Words.\n"
    return workspace


def ids(folder: Path, table: str) -> list[str]:
    with (folder / f"tables/{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def test_a_copy_holds_no_judgement_of_another(tmp_path: Path) -> None:
    folder = shared().write(tmp_path / "ours")
    (folder / ".git").mkdir()
    (folder / ".git/history").write_text("b-ben refutes")
    copy = copy_for(folder, tmp_path / "ann", "ann")
    assert ids(copy.path, "bearings") == ["b-ann", "b-late"]
    assert ids(copy.path, "memos") == ["m-ann", "m-free"]
    assert ids(copy.path, "quotations") == []
    assert ids(copy.path, "translations") == ["t-ben"]
    assert copy.kept == [("translations", "t-ben")]
    assert copy.left_out == {"bearings": 2, "memos": 2, "quotations": 1, "translations": 1}
    assert copy.files == ["more/quiet.ttl"]
    names = {str(p.relative_to(copy.path)) for p in copy.path.rglob("*") if p.is_file()}
    assert names == {"review.yaml", "more/note.ttl", "texts/text.txt"} | {
        f"tables/{name}.csv" for name in shared().tables
    }
    said = {p: p.read_text(encoding="utf-8") for p in copy.path.rglob("*") if p.is_file()}
    assert not [p for p, text in said.items() if "b-ben" in text or "b-cy" in text]
    assert copy.lines()[-1] == "kept, as something shared rests on it: t-ben of translations"


def test_a_copy_conforms_and_what_is_not_touched_keeps_its_bytes(tmp_path: Path) -> None:
    folder = shared().write(tmp_path / "ours")
    (folder / "more/quiet.ttl").unlink()
    copy = copy_for(folder, tmp_path / "ben", "ben")
    assert ids(copy.path, "bearings") == ["b-ben"]
    assert not build_in_memory(copy.path).faults
    for name in ("studies", "people", "findings"):
        file = f"tables/{name}.csv"
        assert (copy.path / file).read_bytes() == (folder / file).read_bytes()


def test_a_row_of_nobody_is_left_out_of_every_copy(tmp_path: Path) -> None:
    workspace = shared()
    workspace.edit("bearings", "b-late", interpreter="")
    copy = copy_for(workspace.write(tmp_path / "ours"), tmp_path / "ann", "ann")
    assert ids(copy.path, "bearings") == ["b-ann"]


def test_a_workbook_becomes_tables_without_the_others(tmp_path: Path) -> None:
    from openpyxl import Workbook

    folder = shared().write(tmp_path / "ours")
    with (folder / "tables/bearings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    book = Workbook()
    book.active.title = "bearings"
    for row in rows:
        book.active.append(row)
    book.save(folder / "tables/coding.xlsx")
    (folder / "tables/bearings.csv").unlink()
    copy = copy_for(folder, tmp_path / "ann", "ann")
    assert ids(copy.path, "bearings") == ["b-ann", "b-late"]
    assert not list(copy.path.rglob("*.xlsx"))


def test_a_copy_is_refused_for_nobody_and_into_a_full_folder(tmp_path: Path) -> None:
    folder = shared().write(tmp_path / "ours")
    with pytest.raises(UnknownName, match=r'no person called "anne".*"ann"'):
        copy_for(folder, tmp_path / "anne", "anne")
    assert not (tmp_path / "anne").exists()
    with pytest.raises(UsageError, match="not empty"):
        copy_for(folder, folder, "ann")


def test_two_copies_come_back_together(tmp_path: Path) -> None:
    """Cy keeps the workspace; Ann and Ben judge apart; both come back, twice, without loss."""
    workspace = shared()
    workspace.more.clear()
    folder = workspace.write(tmp_path / "ours")
    before = {t: ids(folder, t) for t in workspace.tables}
    for who in ("ann", "ben"):
        copy = copy_for(folder, tmp_path / who, who).path
        with (copy / "tables/bearings.csv").open("a", encoding="utf-8") as file:
            header = (copy / "tables/bearings.csv").read_text(encoding="utf-8").splitlines()[0]
            cells = {"id": f"b-{who}-new", "finding": "other", "towards": "concept",
                     "polarity": "mixed", "kind": "theoretical", "reason": "So.",
                     "interpreter": who}  # fmt: skip
            file.write(",".join(cells.get(h, "") for h in header.split(",")) + "\n")
        found = merge(folder, copy)
        assert [k.id for k in found.merge.added] == [f"b-{who}-new"]
        assert found.settled and found.written == ("tables/bearings.csv",)
        again = merge(folder, copy)
        assert not again.merge.added and again.written == () and again.settled
    after = {t: ids(folder, t) for t in workspace.tables}
    assert after == before | {"bearings": [*before["bearings"], "b-ann-new", "b-ben-new"]}
    assert not build(folder).faults


def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies in which one row differs in a cell, one id stands for two judgements."""
    ours, theirs = shared(), shared()
    theirs.edit("bearings", "b-late", reason="Another reason.")
    theirs.edit("bearings", "b-ben", finding="other")
    theirs.edit("bearings", "b-cy", adjudicates="", adjudication_reason="")
    theirs.add("theories", "theory")
    theirs.texts["more.txt"] = "More words.\n"
    return ours.write(tmp_path / "ours"), theirs.write(tmp_path / "theirs")


def test_ours_stays_where_rows_differ_and_theirs_is_listed(tmp_path: Path) -> None:
    folder, other = two(tmp_path)
    files = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    theirs = {p: p.read_bytes() for p in other.rglob("*") if p.is_file()}
    found = merge(folder, other)
    assert [(c.id, c.column) for c in found.merge.conflicts] == [
        ("b-cy", "adjudicates"), ("b-cy", "adjudication reason"), ("b-late", "reason"),
    ]  # fmt: skip
    assert [(a.side, a.id) for a in found.merge.apart] == [("ours", "b-ben"), ("theirs", "b-ben")]
    assert not found.settled and found.written == ("tables/theories.csv",)
    assert all(p.read_bytes() == data for p, data in files.items())
    assert theirs == {p: p.read_bytes() for p in other.rglob("*") if p.is_file()}
    text = render_merge(found, "text")
    assert 'reason: ours "The finding says so.", theirs "Another reason."' in text
    assert "not brought over: texts/more.txt is only in the other copy" in text
    rows = sum(map(len, shared().tables.values()))
    assert text.endswith(f"added 1, only ours 0, same {rows - 3}, different 2, apart 2")


def test_theirs_is_taken_only_when_asked_for(tmp_path: Path) -> None:
    folder, other = two(tmp_path)
    found = merge(folder, other, take="theirs")
    assert found.written == ("tables/bearings.csv", "tables/theories.csv")
    text = (folder / "tables/bearings.csv").read_text(encoding="utf-8")
    assert "Another reason." in text and "See page 3." not in text
    assert not found.settled  # one id still stands for two judgements
    assert "b-ben,finding,concept" in text.replace('"', "")


def test_a_dry_run_writes_nothing_and_shows_the_same(tmp_path: Path) -> None:
    folder, other = two(tmp_path)
    files = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    dry = merge(folder, other, take="theirs", dry_run=True)
    assert files == {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    real = merge(folder, other, take="theirs")
    assert (dry.diff, dry.merge) == (real.diff, real.merge) and dry.written == ()


def test_what_is_no_copy_is_refused(tmp_path: Path) -> None:
    folder = shared().write(tmp_path / "ours")
    foreign = shared()
    foreign.base = "https://example.org/other/"
    with pytest.raises(UsageError, match="another base address"):
        merge(folder, foreign.write(tmp_path / "foreign"))
    with pytest.raises(UsageError, match="this workspace itself"):
        merge(folder, folder / "tables" / "..")
    odd = shared()
    odd.add("theories", "theory")
    odd.tables["theories"]["theory"]["colour"] = "red"
    with pytest.raises(UsageError, match='theories has no column "colour"'):
        merge(folder, odd.write(tmp_path / "odd"))
    assert not (folder / "tables/theories.csv").exists()


# The commands


def test_command_merge(tmp_path: Path) -> None:
    folder, other = two(tmp_path)
    done = call(folder, "merge", other, "--dry-run")
    assert done.exit_code == 1 and "theories row 2, new: id=theory" in done.stdout
    assert not (folder / "tables/theories.csv").exists()
    done = call(folder, "merge", other, "--format", "json")
    content = json.loads(done.stdout)
    assert content["counts"]["added"] == 1 and len(content["conflicts"]) == 3
    assert {a["side"] for a in content["apart"]} == {"ours", "theirs"}
    assert call(folder, "merge", folder).exception is not None
    assert call(folder, "merge", shared().write(tmp_path / "same")).exit_code == 0


def test_command_agreement(tmp_path: Path) -> None:
    workspace = shared()
    workspace.more.clear()
    workspace.add("bearings", "b-late-2", interpreter="ben", finding="other")
    folder = workspace.write(tmp_path)
    done = call(folder, "agreement", "bearings")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[:2] == [
        "bearings, polarity",
        # By hand: one of two equal; chance (2 · 1) / 4 = .5; alpha 1 - 3 · 2 / (16 - 10) = 0.
        "  ann – ben: 2 judged by both, 0 by one only; 50.0 % agree; kappa 0.000; "
        "alpha 0.000 (nominal)",
    ]
    (polarity, *_) = json.loads(call(folder, "agreement", "bearings", "--format", "json").stdout)
    assert (polarity["percent"], polarity["kappa"], polarity["items"]) == (50.0, 0.0, 2)
    lines = call(folder, "agreement", "bearings", "--format", "csv").stdout.splitlines()
    assert lines[1] == "bearings,polarity,ann;ben,2,0,0,50.00,0.0000,0.0000,nominal,"
    assert isinstance(call(folder, "agreement", "bearing").exception, UnknownName)


def test_command_agreement_lists_the_dissent(tmp_path: Path) -> None:
    workspace = shared()
    workspace.more.clear()
    folder = workspace.write(tmp_path)
    text = call(folder, "agreement", "--dissent").stdout
    assert text.splitlines() == [
        "bearings, finding finding, towards concept: decided",
        "  decision cy: polarity supports, kind interpretive qualitative (b-cy)",
        "  dissent  ann: polarity supports, kind interpretive qualitative (b-ann)",
        "  dissent  ben: polarity refutes, kind interpretive qualitative (b-ben)",
    ]
    (ruling,) = json.loads(call(folder, "agreement", "--dissent", "--format", "json").stdout)
    assert ruling["decision"]["id"] == "b-cy"
    assert [a["id"] for a in ruling["answers"]] == ["b-ann", "b-ben"]
    assert len(call(folder, "agreement", "--dissent", "--format", "csv").stdout.splitlines()) == 4


def test_the_commands_load_nothing_heavy() -> None:
    code = (
        "import sys, kg.cli.agreement, kg.cli.merge\n"
        "print([m for m in ('nltk', 'pyoxigraph', 'openpyxl', 'polars') if m in sys.modules])"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
