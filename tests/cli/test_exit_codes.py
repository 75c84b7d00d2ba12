"""What goes wrong for people, through the real command: one clear sentence, and the exit code.

Each case prints its sentence and nothing else: no traceback, no second line.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import Run, kg, without_privileges
from tests.workspaces import minimal

Change = Callable[[Path], None]


def _keep(folder: Path) -> None:
    """Change nothing."""


def _empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _without_reviews(folder: Path) -> None:
    (folder / "tables" / "reviews.csv").unlink()


def _rewrite(table: str, change: Callable[[bytes], bytes]) -> Change:
    def rewrite(folder: Path) -> None:
        path = folder / "tables" / f"{table}.csv"
        path.write_bytes(change(path.read_bytes()))

    return rewrite


CASES: dict[str, tuple[Change, int, str]] = {
    "empty folder": (
        _empty,
        2,
        'kg: There is no review.yaml in "ws". Name a workspace with -C DIR, or make one with kg '
        "init DIR.",
    ),
    "missing required table": (
        _without_reviews,
        1,
        "tables/reviews.csv: The table is missing, and everything rests on a review. Add the file "
        "with this header: id,title,kind,question,report,theory,protocol",
    ),
    "unknown column": (
        _rewrite("memos", lambda _: b"id,about,date,text,by,notes on it\n"),
        1,
        'tables/memos.csv, row 1, column "notes on it": There is no such column in this table. '
        'Rename or delete it; `kg schema memos` lists the columns. Seen: "notes on it".',
    ),
    "0-byte table": (
        _rewrite("memos", lambda _: b""),
        1,
        "tables/memos.csv: The table is empty. Write at least its header, or delete it.",
    ),
    "Windows-1252": (
        _rewrite("people", lambda data: data.replace(b"coder,coder", b"coder,M\xfcller")),
        0,
        "tables/people.csv: warning: The file is not UTF-8 (see line 2) and was read as "
        'Windows-1252. Check accented letters, and save it as CSV UTF-8. Seen: "Müller".',
    ),
    ";-delimited": (_rewrite("people", lambda data: data.replace(b",", b";")), 0, ""),
    "undefined bytes": (
        _rewrite("memos", lambda _: b"id,about,date,text,by\nm,study,,\x81,coder\n"),
        1,
        "tables/memos.csv: Byte 32 (line 2) has no meaning in UTF-8 or Windows-1252. Save the file "
        'as CSV UTF-8. Seen: "0x81".',
    ),
}


@pytest.mark.parametrize(("change", "code", "sentence"), CASES.values(), ids=CASES)
def test_what_people_put_into_a_folder(
    change: Change, code: int, sentence: str, tmp_path: Path
) -> None:
    workspace = minimal()
    workspace.tables["memos"] = {}
    folder = workspace.write(tmp_path / "ws", headers={"memos": ["about", "date", "text", "by"]})
    change(folder)
    done = kg("-C", "ws", "--quiet", "check", cwd=tmp_path)
    assert (done.out + done.err).splitlines() == ([sentence] if sentence else [])
    assert done.code == code


READING: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "query": ("query", "SELECT ?s { ?s a ?o } LIMIT 1"),
    "carry": ("carry",),
    "why": ("why", "bearing"),
    "why-not": ("why-not", "concept", "--to", "target"),
    "robustness": ("robustness",),
    "gaps": ("gaps",),
    "export elsewhere": ("export", "TOP/out.ttl"),
    "schema": ("schema",),
}
WRITING: dict[str, tuple[tuple[str, ...], str]] = {
    "build": (("build",), "ws/.kg"),
    "export": (("export", "ws/out.ttl"), "ws/out.ttl"),
    "-o": (("check", "-o", "ws/faults.csv"), "ws/faults.csv"),
    "init": (("init", "ws/new", "--case", "collective-efficacy"), "ws/new"),
}


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A read-only workspace without cache, and how to run a process that can't override that."""
    top = tmp_path_factory.mktemp("locked")
    folder = minimal().write(top / "ws")
    with without_privileges(folder) as options:
        yield top, {**options, "cwd": top}


@pytest.mark.parametrize("args", READING.values(), ids=READING)
def test_reading_verbs_work_in_a_read_only_folder(args: tuple[str, ...], locked: Any) -> None:
    top, options = locked
    done = kg("-C", "ws", *(a.replace("TOP", str(top)) for a in args), **options)
    assert done.code == 0
    said = [] if args == ("schema",) else ["built in memory (.kg can't be written): 12 changed "
                                           "files read"]  # fmt: skip
    assert done.err.splitlines()[:1] == said
    assert "Traceback" not in done.err
    assert done.out or args[0] in ("check", "export")
    assert not (top / "ws" / ".kg").exists()


@pytest.mark.parametrize(("args", "path"), WRITING.values(), ids=WRITING)
def test_writing_verbs_say_that_a_read_only_folder_can_not_be_written(
    args: tuple[str, ...], path: str, locked: Any
) -> None:
    _, options = locked
    done = kg("-C", "ws", "--quiet", *args, **options)
    remedy = (
        "Name a folder that you may write to."
        if args[0] == "init"
        else "Make it writable, or name another place."
    )
    assert done == Run(2, "", f'kg: "{path}" can\'t be written (Permission denied). {remedy}\n')


def test_a_read_only_folder_with_a_cache_is_read_from_it(tmp_path: Path) -> None:
    folder = minimal().write(tmp_path / "ws")
    assert kg("-C", folder, "build").code == 0
    with without_privileges(folder) as options:
        done = kg("-C", folder, "carry", **options)
        assert (done.code, done.err) == (0, "")
        assert kg("-C", folder, "build", **options).code == 2
