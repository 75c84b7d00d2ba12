"""What `kg doctor` says of a machine and a workspace, and that it changes nothing."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from kg.errors import count
from kg.workspace import Workspace, doctor, machine
from kg.workspace.doctor import diagnose, find_exit_code, render_points
from kg.workspace.point import Point, list_some
from tests.workspaces import minimal

OWN_BASE = "https://a-review.org/id/"


def take_stock(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return every file and folder below with content, mode and time of change."""
    return {
        str(p.relative_to(folder)): (
            sha256(p.read_bytes()).hexdigest() if p.is_file() else "", p.lstat().st_mode,
            p.lstat().st_mtime_ns,
        )
        for p in [folder, *folder.rglob("*")]
        if not p.is_symlink()
    }  # fmt: skip


def look(folder: Path) -> list[Point]:
    """Return the points of a workspace, after a look at whether anything was changed."""
    before = take_stock(folder)
    points = diagnose(folder)
    assert take_stock(folder) == before
    return points


def find(points: Sequence[Point], name: str, area: str = "workspace") -> list[tuple[str, str]]:
    return [(p.state, p.text) for p in points if (p.area, p.name) == (area, name)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workspace = minimal()
    workspace.base = OWN_BASE
    return workspace.write(tmp_path / "ws")


def test_a_sound_workspace_that_was_never_built(folder: Path) -> None:
    points = look(folder)
    assert not (folder / ".kg").exists()
    assert {p.name: p.text for p in points if p.area == "workspace"} == {
        "review.yaml": f"“A test”, base {OWN_BASE}",
        "cache": "not built yet",
        "tables": "12 files, 12 tables have rows",
        "texts": "0 source texts in texts/, 0 side files in more/",
        "git": "The workspace is in no git repository that has a commit: nothing can be brought "
        "back.",
        "faults": "none in 16 rows",
    }
    assert [p.name for p in points if p.area == "machine"] == [
        "Python", "packages", "engine", "Java", "git", "disk", "terminal",
    ]  # fmt: skip
    assert [p.name for p in points if p.state != "ok" and p.name not in ("Java", "terminal")] == [
        "git"
    ]
    assert find_exit_code(points) == 0


def test_a_placeholder_address_is_pointed_out(tmp_path: Path) -> None:
    points = look(minimal().write(tmp_path / "ws"))
    assert find(points, "review.yaml") == [
        ("attention", "The base address https://example.org/review/ is a placeholder.")
    ]
    assert find_exit_code(points) == 0


def test_no_workspace_is_2_and_the_machine_is_looked_at(tmp_path: Path) -> None:
    points = look(tmp_path)
    ((state, text),) = find(points, "workspace")
    assert (state, text.split(". ")[0]) == ("wrong", f'There is no review.yaml in "{tmp_path}"')
    assert sum(p.area == "machine" for p in points) == 7
    assert find_exit_code(points) == 2
    assert find_exit_code(diagnose(tmp_path / "nowhere")) == 2


def test_a_broken_review_is_1(folder: Path) -> None:
    (folder / "review.yaml").write_text("titel: T\n")
    points = look(folder)
    assert [s for s, _ in find(points, "review.yaml")] == ["wrong"] * 3
    assert find_exit_code(points) == 1


# Tables, texts, faults


def test_faults_are_counted_by_table_and_the_first_are_shown(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.edit("bearings", "bearing", polarity="suport")
    workspace.edit("people", "coder", orcid="no address")
    workspace.edit("studies", "study", design="qualitive", role="reading")
    points = look(workspace.write(tmp_path / "ws"))
    ((state, text),) = find(points, "faults")
    assert state == "wrong"
    assert text.startswith("4 errors, 0 warnings (bearings 1, people 1, studies 2); first: ")
    assert text.count(" / ") == 2
    assert 'bearings, row 2, column "polarity"' in text
    ((state, text),) = find(points, "left out")
    assert state == "attention"
    assert text == (
        "4: bearings row 2, findings row 2, people row 2 and 1 more. Answers do not rest on them."
    )
    assert find_exit_code(points) == 1


def test_a_table_given_twice_and_one_that_is_missing(folder: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "people"
    book.active.append(["id", "name"])
    book.save(folder / "tables" / "people.xlsx")
    (folder / "tables" / "settings.csv").unlink()
    points = look(folder)
    told = [t for s, t in find(points, "tables") if s == "wrong"]
    assert [t.split(":")[0] for t in told] == [
        "tables/people.csv", "tables/people.xlsx", "tables/settings.csv",
    ]  # fmt: skip
    assert "is also given in tables/people.xlsx. Keep one of them." in told[0]
    assert find_exit_code(points) == 1


def test_encodings_empty_tables_and_headers_alone(folder: Path) -> None:
    people = folder / "tables" / "people.csv"
    people.write_bytes(people.read_bytes().replace(b"coder,coder", b"coder,M\xfcller"))
    (folder / "tables" / "memos.csv").write_text("id,about,date,text,by\n")
    (folder / "tables" / "ties.csv").write_bytes(b"")
    points = look(folder)
    tables = find(points, "tables")
    assert tables[0] == ("ok", "14 files, 12 tables have rows; only a header is in memos, ties")
    assert sorted((s, t.split(":")[0]) for s, t in tables[1:]) == [
        ("attention", "tables/people.csv"), ("wrong", "tables/ties.csv"),
    ]  # fmt: skip


def test_a_file_that_leads_out_keeps_the_rows_from_being_judged(
    folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("id,about,date,text,by\n")
    (folder / "tables" / "memos.csv").symlink_to(outside)
    points = look(folder)
    assert [t.split(":")[0] for s, t in find(points, "tables") if s == "wrong"] == [
        "tables/memos.csv"
    ]
    assert find(points, "faults") == [("wrong", "Rows were not judged: some files can't be read.")]
    assert find_exit_code(points) == 1


def test_texts_without_report_and_reports_without_text(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.texts = {"here.txt": "Words.", "unused.txt": "Words."}
    workspace.more = {"side.ttl": ""}
    workspace.edit("reports", "report", text="here.txt")
    workspace.edit("reports", "source-review-report", text="gone.txt")
    folder = workspace.write(tmp_path / "ws")
    points = look(folder)
    assert find(points, "texts") == [
        ("attention", "Reports name texts that are not in texts/: gone.txt."),
        ("attention", "No report names unused.txt."),
        ("ok", "2 source texts in texts/, 1 side file in more/"),
    ]
    (folder / "texts" / "here.txt").write_bytes(b"\xff")
    (folder / "more" / "side.ttl").write_text("<")
    wrong = [t.split(":")[0] for s, t in find(look(folder), "texts") if s == "wrong"]
    assert wrong == ["more/side.ttl", "texts/here.txt"]


# The cache and the journal


def test_a_current_a_stale_and_a_damaged_cache(folder: Path) -> None:
    built = Workspace(folder).build()
    quads = len(built.store)
    del built
    assert find(look(folder), "cache") == [("ok", f"store-1 is current: {quads} quads")]
    people = folder / "tables" / "people.csv"
    people.write_bytes(people.read_bytes() + b"second,Second\n")
    ((state, text),) = find(look(folder), "cache")
    assert (state, text.split(".")[0]) == (
        "ok",
        "store-1 is of an earlier state of the files or of kg",
    )
    note = folder / ".kg" / "store-1.json"
    note.write_bytes(note.read_bytes()[:-1])
    points = look(folder)
    assert find(points, "cache") == [("attention", "store-1 is damaged.")]
    assert find_exit_code(points) == 0


def test_a_store_that_was_garbled_is_damaged(folder: Path) -> None:
    Workspace(folder).build()
    for path in (folder / ".kg" / "store-1").glob("MANIFEST-*"):
        path.write_bytes(b"x" * 100)
    assert find(look(folder), "cache") == [("attention", "store-1 is damaged.")]


def test_older_stores_and_a_cache_without_a_current_one(folder: Path) -> None:
    Workspace(folder).build()
    (folder / ".kg" / "store-7").mkdir()
    assert find(look(folder), "cache")[1:] == [("attention", "Older stores are left: store-7.")]
    (folder / ".kg" / "current").unlink()
    assert find(look(folder), "cache") == [
        ("attention", "There is no current store in .kg."),
        ("attention", "Older stores are left: store-1, store-7."),
    ]


def test_a_cache_that_is_a_link_is_wrong(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / ".kg").symlink_to(tmp_path / "elsewhere")
    assert find(look(folder), "cache") == [("wrong", ".kg is a link, and is not followed.")]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_journal_is_told_and_not_completed(folder: Path) -> None:
    (folder / ".kg").mkdir()
    journal = folder / ".kg" / "pending"
    entry = {"before": "", "after": ""}
    journal.write_text(json.dumps({"tables/people.csv": entry, "tables/memos.csv": entry}))
    points = look(folder)
    assert find(points, "journal") == [
        ("attention", "A command was stopped while it wrote tables/memos.csv, tables/people.csv.")
    ]
    journal.write_text("{")
    ((state, text),) = find(look(folder), "journal")
    assert (state, text.endswith("is damaged.")) == ("wrong", True)


# git


def git(folder: Path, *args: str) -> None:
    subprocess.run(
        ["git", "-C", folder, "-c", "user.name=coder", "-c", "user.email=coder@example.org",
         "-c", "commit.gpgsign=false", *args],
        check=True, capture_output=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
    )  # fmt: skip


def test_what_is_not_committed(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "review.yaml", "tables")
    git(folder, "commit", "-q", "-m", "first")
    ((state, text),) = find(look(folder), "git")
    assert (state, text[:34]) == ("ok", "13 files, all as in the last commi")
    settings = folder / "tables" / "settings.csv"
    settings.write_bytes(settings.read_bytes().replace(b"\n", b"\r\n"))
    assert find(look(folder), "git")[0][0] == "ok"
    (folder / "tables" / "memos.csv").write_text("id,about,date,text,by\n")
    (folder / "tables" / "concepts.csv").unlink()
    settings.write_bytes(settings.read_bytes() + b"other,Other,neighbourhood\r\n")
    marker = folder / "ran"
    git(folder, "config", "filter.bad.clean", f"touch {marker}; cat")
    (folder / ".gitattributes").write_text("* filter=bad\n")
    assert find(look(folder), "git") == [
        (
            "attention",
            "Not committed: changed: tables/settings.csv; not in git: tables/memos.csv; "
            "not here: tables/concepts.csv.",
        )
    ]
    assert not marker.exists()


# The machine


@pytest.mark.parametrize(
    ("there", "wanted", "good"),
    [
        ("3.11.7", ">=3.11", True),
        ("3.10.9", ">=3.11", False),
        ("0.3.4", "==0.3.4", True),
        ("0.3.5", "==0.3.4", False),
        ("2.0.0b9", ">=2.0", True),
        ("1.10", ">=1.9", True),
        ("2", ">=1.2,<2", False),
        ("1.4.5", "~=1.4.2", True),
        ("1.5", "~=1.4.2", False),
        ("1.0", "!=1.0", False),
        ("5", "", True),
    ],
)
def test_versions_are_compared_by_number(there: str, wanted: str, good: bool) -> None:
    assert machine.fits(there, wanted) is good


def test_a_package_that_is_missing_or_too_old_breaks_the_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = machine.version

    def version(name: str) -> str:
        if name == "polars":
            raise machine.PackageNotFoundError
        return {"shacl": "0.3.5"}.get(name) or real(name)

    monkeypatch.setattr(machine, "version", version)
    points = diagnose(folder)
    assert find(points, "packages", "machine") == [
        ("wrong", "polars is not installed; shacl is 0.3.5, wanted: ==0.3.4")
    ]
    assert find_exit_code(points) == 3


def test_an_optional_package_is_only_pointed_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = machine.version

    def version(name: str) -> str:
        if name == "pypdf":
            raise machine.PackageNotFoundError
        return real(name)

    monkeypatch.setattr(machine, "version", version)
    points = diagnose(folder)
    assert find(points, "packages", "machine")[1:] == [
        ("attention", "pypdf is not installed (needed only to read PDF files)")
    ]
    assert find_exit_code(points) == 0


def test_optional_parts_are_those_of_the_project() -> None:
    found = machine.distribution("collective-efficacy-kg").metadata.get_all("Provides-Extra")
    assert sorted(found or ()) == ["dev", *machine.OPTIONAL]


def test_an_engine_that_is_out_of_order_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "validate", lambda data, engine: ([], "pyshacl"))
    assert machine._engine().state == "attention"

    def fail(data: object, engine: str) -> None:
        raise machine.MachineryError("no engine")

    monkeypatch.setattr(machine, "validate", fail)
    assert (machine._engine().state, machine._engine().text) == ("wrong", "no engine")


def test_without_java_git_room_and_utf8(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("KG_OWLAPI", str(tmp_path))
    assert "missing: Java, the jars of the OWL API" in machine._java().text
    assert machine._git().state == "attention"
    monkeypatch.setattr(machine.locale, "getencoding", lambda: "ISO-8859-9")
    assert machine._terminal().state == "attention"
    for free, state in ((1 << 20, "wrong"), (1 << 29, "attention"), (1 << 33, "ok")):
        monkeypatch.setattr(
            machine.shutil,
            "disk_usage",
            lambda path, free=free: shutil._ntuple_diskusage(0, 0, free),
        )
        assert machine._disk(tmp_path / "not" / "there").state == state


# The answer


def test_points_as_lines_and_as_json() -> None:
    points = [
        Point("machine", "disk", "ok", "room"),
        Point("workspace", "git", "wrong", "no", "Do."),
    ]
    assert render_points(points, "text") == (
        "This machine\n  ok         disk: room\n\nThis workspace\n  wrong      git: no\n"
        "             Do."
    )
    assert json.loads(render_points(points, "json"))[1] == {
        "area": "workspace", "name": "git", "state": "wrong", "text": "no", "remedy": "Do.",
    }  # fmt: skip


def test_the_machine_outweighs_a_missing_workspace_and_that_outweighs_faults() -> None:
    faults = Point("workspace", "faults", "wrong", "")
    missing = Point("workspace", "workspace", "wrong", "")
    broken = Point("machine", "disk", "wrong", "")
    look_at = Point("machine", "git", "attention", "")
    assert find_exit_code([]) == find_exit_code([look_at]) == 0
    assert find_exit_code([look_at, faults]) == 1
    assert find_exit_code([faults, missing]) == 2
    assert find_exit_code([faults, missing, broken]) == 3


def test_words_for_several() -> None:
    assert [count(n, "row") for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert list_some(list("abc")) == "a, b, c"
    assert list_some(list("abcde")) == "a, b, c and 2 more"


def test_a_copy_that_can_not_be_made_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(doctor, "_copy", fail)
    ((state, text),) = find(diagnose(folder), "faults")
    assert (state, "No space left on device" in text) == ("wrong", True)
