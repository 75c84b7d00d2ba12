"""Building: nothing is read twice, and what is on disk is what a fresh build would be."""

import os
import pickle
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from kg.errors import CannotWrite, DataFaults, NoWorkspace
from kg.sources import read_review, write_parts
from kg.store import Cache
from kg.workspace.build import Built, build
from tests.cli.run import ROOT
from tests.store.test_cache import DAMAGES
from tests.workspace.memory import build_in_memory
from tests.workspaces import minimal


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workspace, built."""
    folder = minimal().write(tmp_path_factory.mktemp("prepared") / "ws")
    build(folder)
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of a small workspace, with its cache."""
    return shutil.copytree(prepared, tmp_path / "ws")


def content(built: Built) -> tuple[object, ...]:
    """Return everything that two builds of one truth have in common."""
    return set(built.store), built.faults, built.left_out, built.data_version, built.rows


def fresh(folder: Path) -> Built:
    """Return a build of a copy, from nothing and without a cache."""
    copy = folder.with_name(f"{folder.name}-fresh")
    shutil.rmtree(copy, ignore_errors=True)
    return build_in_memory(shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".kg")))


def test_the_first_build_reads_every_file(tmp_path: Path) -> None:
    built = build(minimal().write(tmp_path))
    assert built.changed and built.cached
    assert built.read_again == tuple(f"tables/{name}.csv" for name in sorted(minimal().tables))


def test_an_unchanged_workspace_is_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(import_module("kg.workspace.build"), "read_file", refuse)
    for module, name in (
        ("assembly", "assemble"), ("assembly", "carry"), ("assembly", "infer"),
        ("judged", "validate"), ("judged", "recheck"), ("update", "update"),
    ):  # fmt: skip
        monkeypatch.setattr(import_module(f"kg.workspace.{module}"), name, refuse)
    built = build(folder)
    assert (built.changed, built.read_again, built.cached) == (False, (), True)
    assert build(folder, write=True).changed is False
    monkeypatch.undo()
    assert content(built) == content(fresh(folder))


def test_only_a_changed_file_is_read_again(folder: Path) -> None:
    path = folder / "tables" / "bearings.csv"
    path.write_text(path.read_text().replace("The finding says so.", "It does."))
    built = build(folder)
    assert (built.changed, built.read_again) == (True, ("tables/bearings.csv",))
    assert content(built) == content(fresh(folder))


def test_a_file_that_is_saved_otherwise_is_read_but_says_the_same(folder: Path) -> None:
    before = build(folder)
    path = folder / "tables" / "bearings.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after = build(folder)
    assert after.read_again == ("tables/bearings.csv",)
    assert content(after) == content(before)


def test_a_file_that_is_gone_is_noticed(folder: Path) -> None:
    (folder / "tables" / "people.csv").unlink()
    built = build(folder)
    assert (built.changed, built.read_again) == (True, ())
    assert content(built) == content(fresh(folder))


def test_another_base_is_noticed(folder: Path) -> None:
    path = folder / "review.yaml"
    path.write_text(path.read_text().replace("example.org/review", "example.org/other"))
    built = build(folder)
    assert len(built.read_again) == len(minimal().tables)
    assert content(built) == content(fresh(folder))


def test_a_review_that_goes_or_can_not_be_read_is_noticed(folder: Path) -> None:
    path = folder / "review.yaml"
    text = path.read_text()
    path.write_text(text.replace("title:", "titel:"))
    with pytest.raises(DataFaults, match="titel"):
        build(folder)
    path.unlink()
    with pytest.raises(NoWorkspace):
        build(folder)
    path.write_text(text)
    assert build(folder).changed is False


def test_what_is_kept_of_a_review_is_what_it_says(folder: Path) -> None:
    built = build(folder)
    assert not built.changed
    assert built.review == read_review(folder)


def test_another_ontology_or_program_is_noticed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.resources.fingerprint", lambda: "another")
    assert len(build(folder).read_again) == len(minimal().tables)


def test_the_cache_holds_no_more_than_it_needs(folder: Path) -> None:
    path = folder / "tables" / "bearings.csv"
    for number in range(3):
        path.write_text(path.read_text() + f"b{number},finding,concept,,supports,"
                        "interpretive qualitative,x,coder\n")  # fmt: skip
        build(folder)
    stores = [p.name for p in (folder / ".kg").iterdir() if p.is_dir() and p.name != "parts"]
    assert len(stores) == 1
    parts = list((folder / ".kg" / "parts").iterdir())
    assert len(parts) == len(minimal().tables) + 2  # review.yaml, and what was judged


@pytest.mark.parametrize("damage", ["current garbled", "note cut", "tables garbled"])
def test_a_damaged_cache_is_built_again(damage: str, folder: Path) -> None:
    expected = content(build(folder))
    DAMAGES[damage](folder / ".kg")
    built = build(folder)
    assert built.changed
    assert content(built) == expected
    assert build(folder).changed is False


def test_damaged_parts_are_read_again(folder: Path) -> None:
    for path in (folder / ".kg" / "parts").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    (folder / ".kg" / "current").unlink()
    built = build(folder)
    assert len(built.read_again) == len(minimal().tables)
    assert content(built) == content(fresh(folder))


def test_the_cache_may_be_deleted_while_it_is_read(folder: Path) -> None:
    built = build(folder)
    shutil.rmtree(folder / ".kg")
    assert content(built) == content(build(folder))


def test_a_reader_keeps_its_store_while_a_writer_switches(folder: Path) -> None:
    before = build(folder)
    expected = set(before.store)
    path = folder / "tables" / "bearings.csv"
    for number in range(2):
        path.write_text(path.read_text().replace("The finding", f"{number} The finding"))
        build(folder)
    assert set(before.store) == expected


class _Trap:
    """Runs when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_a_workspace_that_comes_with_a_cache_runs_nothing(folder: Path, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    data = pickle.dumps(_Trap(trap))
    kept = [p for p in (folder / ".kg").rglob("*") if p.is_file() and "store-1/" not in str(p)]
    assert len(kept) > len(minimal().tables)
    for path in kept:
        path.write_bytes(path.read_bytes()[:64] + data)
    (folder / ".kg" / "current").write_text("store-1\n")
    expected = content(fresh(folder))
    assert content(build(folder)) == expected
    (folder / "tables" / "people.csv").touch()
    with Cache(folder / ".kg").writing():
        Cache(folder / ".kg").write_part("tables/people.csv", "stamp", data)
    build(folder)
    assert not trap.exists()


def test_nothing_that_runs_code_on_loading_is_imported() -> None:
    lines = [
        line
        for path in (ROOT / "kg").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.split()[:1] in (["import"], ["from"])
    ]
    assert len(lines) > 100
    unsafe = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"}
    assert [line for line in lines if unsafe & set(line.replace(".", " ").split())] == []
    assert write_parts([]) == b""


def test_two_processes_that_build_at_once_both_succeed(folder: Path) -> None:
    shutil.rmtree(folder / ".kg")
    code = "import sys; from kg import Workspace; print(len(Workspace(sys.argv[1]).build().store))"
    both = [
        subprocess.Popen([sys.executable, "-c", code, folder], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    printed = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert printed[0] == printed[1]
    assert Cache(folder / ".kg").current == "store-1"  # the second found what the first had built
    assert content(build(folder)) == content(fresh(folder))


def test_a_cache_that_can_not_be_written_is_built_in_memory(folder: Path) -> None:
    expected = content(build(folder))
    shutil.rmtree(folder / ".kg")
    (folder / ".kg").write_text("in the way")
    built = build(folder)
    assert (built.changed, built.cached) == (True, False)
    assert len(built.read_again) == len(minimal().tables)
    assert content(built) == expected
    with pytest.raises(CannotWrite, match=r"\.kg"):
        build(folder, write=True)


def test_a_full_disk_is_built_in_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = content(build(folder))
    shutil.rmtree(folder / ".kg")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.store._replace", full)
    built = build(folder)
    assert not built.cached
    assert content(built) == expected
    with pytest.raises(CannotWrite, match="No space left"):
        build(folder, write=True)


def test_faults_of_the_review_stop_the_build(folder: Path) -> None:
    (folder / "review.yaml").write_text("titel: T\n")
    with pytest.raises(DataFaults):
        build(folder)


def test_both_engines_build_the_same(folder: Path) -> None:
    (folder / "tables" / "bearings.csv").write_text("id,finding\nb,nothing\n")
    one, other = build(folder), build(folder, engine="pyshacl")
    assert (one.engine, other.engine) == ("shacl", "pyshacl")
    assert content(one) == content(other)
