"""kg flow and kg screening: forms, words, exit codes, and clear sentences for wrong calls."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kg.errors import CannotWrite, UnknownName, UsageError
from tests.cli.run import call
from tests.workspaces import minimal


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = minimal()
    tables.add("criteria", "recent", label="recent", from_year=2000, to_year=2020)
    tables.add("criteria", "adults", label="adults")
    tables.edit("reports", "report", year=2010)
    tables.study("undecided", role="awaiting decision")
    tables.edit("reports", "undecided-report", year=1990)
    tables.add("eligibility", "e1", study="study", criterion="adults")
    tables.add("eligibility", "e2", study="study", criterion="recent", decision="unclear",
               reason="Who knows?")  # fmt: skip
    return tables.write(tmp_path_factory.mktemp("flow") / "ws")


def run(command: str, folder: Path, *args: str | Path, quiet: bool = True) -> Result:
    """Run a command; what it raises on purpose is raised here."""
    done = call(folder, command, *args, quiet=quiet)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_text(folder: Path) -> None:
    done = run("flow", folder)
    assert done.exit_code == 0
    assert done.stdout.startswith("Flow of records: A test\n\nIdentification\n")
    assert "  Records screened (n = 1)\n      Not screened yet (n = 1)\n" in done.stdout
    assert "Note: Included although a criterion is unclear: study." in done.stdout


def test_json(folder: Path) -> None:
    found: dict[str, Any] = json.loads(run("flow", folder, "--format", "json").stdout)
    assert found["screened"] == {"value": 1, "at_least": False}
    assert found["identified"] == {"value": None, "at_least": False}
    assert found["included"] == {"demonstration corpus": 1}
    assert found["excluded"]["reasons"] == {}


def test_figures(folder: Path, tmp_path: Path) -> None:
    for name, start in (("flow.svg", b"<?xml "), ("flow.png", b"\x89PNG\r\n")):
        done = run("flow", folder, "-o", str(tmp_path / name), quiet=False)
        assert done.exit_code == 0
        assert done.stderr.endswith(f"written: {tmp_path / name}\n")
        assert (tmp_path / name).read_bytes().startswith(start)
    assert run("flow", folder, "--format", "svg").stdout.startswith("<?xml ")


def test_png_says_what_it_cannot_show(tmp_path: Path) -> None:
    tables = minimal()
    tables.add("searches", "s", source="中国知网")
    ws = tables.write(tmp_path / "ws")
    done = run("flow", ws, "-o", str(tmp_path / "f.png"), quiet=False)
    assert "The font of the PNG lacks: 中 国 知 网 — the SVG shows them." in done.stderr


@pytest.mark.parametrize(
    ("command", "args", "error", "sentence"),
    [
        ("flow", ("--format", "png"), UsageError, "Name a file with -o"),
        ("flow", ("-o", "flow.gif"), UsageError, 'The format of "flow.gif" is not known'),
        ("flow", ("-o", "nowhere/flow.png"), CannotWrite, "nowhere"),
        ("screening", ("--by", "codr"), UnknownName, 'Did you mean "coder"?'),
        ("screening", ("--by", "coder", "--propose"), UsageError, "nobody's decision"),
    ],
)
def test_wrong_calls(
    folder: Path, command: str, args: tuple[str, ...], error: type[Exception],
    sentence: str,
) -> None:  # fmt: skip
    with pytest.raises(error, match=sentence.replace("?", r"\?")):
        run(command, folder, *args)


def test_faults_are_said_and_give_1(tmp_path: Path) -> None:
    tables = minimal()
    tables.add("criteria", "criterion")
    tables.add("eligibility", "e", decision="mett")
    done = run("flow", tables.write(tmp_path / "ws"), quiet=False)
    assert done.exit_code == 1
    assert "eligibility row 2" in done.stderr
    assert "Rows with faults are left out (1 of eligibility)" in done.stdout


def rows(done: Result) -> list[dict[str, str]]:
    assert done.exit_code == 0
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_screening(folder: Path) -> None:
    assert rows(run("screening", folder, "--format", "csv")) == [
        {"study": "study", "role": "demonstration corpus", "stage": "title and abstract",
         "adults": "met", "recent": "unclear", "overall": "unclear"},
        {"study": "undecided", "role": "awaiting decision", "stage": "", "adults": "",
         "recent": "", "overall": "not screened"},
    ]  # fmt: skip
    one = rows(run("screening", folder, "--format", "csv", "--by", "coder"))
    assert one == rows(run("screening", folder, "--format", "csv"))
    full = rows(run("screening", folder, "--format", "csv", "--stage", "full text"))
    assert [(r["study"], r["stage"], r["overall"]) for r in full] == [
        ("study", "full text", "no decision"), ("undecided", "full text", "no decision"),
    ]  # fmt: skip


def test_proposals_are_printed_and_change_nothing(folder: Path) -> None:
    before = {p: p.read_bytes() for p in sorted((folder / "tables").iterdir())}
    done = run("screening", folder, "--propose", "--format", "csv", quiet=False)
    assert rows(done) == [
        {"id": "undecided-recent", "study": "undecided", "criterion": "recent",
         "stage": "title and abstract", "decision": "not met",
         "reason": "By rule: published 1990, asked for 2000 to 2020.", "by": ""},
    ]  # fmt: skip
    assert "1 proposal, nothing is decided." in done.stderr
    assert {p: p.read_bytes() for p in sorted((folder / "tables").iterdir())} == before
