"""``kg fix``: what it prints, its exit codes, and its questions on a terminal."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from kg.errors import UsageError
from tests.cli.run import call
from tests.workspaces import Workspace, minimal


def run(folder: Path, *args: str, quiet: bool = False) -> Result:
    return call(folder, "fix", *args, quiet=quiet)


def misspelt(*, unsafe: bool) -> Workspace:
    workspace = minimal()
    workspace.add("settings", "other", kind="organisaton")
    if unsafe:
        workspace.edit("bearings", "bearing", polarity="suport")
    return workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return misspelt(unsafe=True).write(tmp_path)


def test_the_diff_is_data_and_the_rest_are_words(folder: Path) -> None:
    done = run(folder, "--apply", "SAFE")
    assert done.exit_code == 1
    assert done.stdout == 'settings row 4, kind: "organisaton" becomes "organisation"\n'
    assert done.stderr.splitlines() == [
        "1 cell changed",
        "1 proposal left that may be meant otherwise: kg fix --interactive asks",
        "1 fault, 0 warnings remain. `kg check` lists them.",
    ]
    again = run(folder, "--apply", "safe")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.splitlines()[0] == "0 cells changed"


def test_exit_0_when_no_fault_is_left(tmp_path: Path) -> None:
    folder = misspelt(unsafe=False).write(tmp_path)
    dry = run(folder, "--apply", "SAFE", "--dry-run")
    assert dry.exit_code == 0
    assert dry.stderr.splitlines() == [
        "1 cell would change", "0 faults, 0 warnings would remain."
    ]  # fmt: skip
    assert "organisaton" in (folder / "tables/settings.csv").read_text()
    done = run(folder, "--apply", "SAFE", quiet=True)
    assert (done.exit_code, done.stderr) == (0, "")
    nothing = run(folder, "--apply", "SAFE")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert nothing.stderr.splitlines() == ["nothing to mend", "0 faults, 0 warnings remain."]


@pytest.mark.parametrize(
    ("args", "why"),
    [((), "Say what to mend"), (("--apply", "SAFE", "--interactive"), "Say what to mend"),
     (("--interactive",), "needs a terminal")],
)  # fmt: skip
def test_wrong_use(folder: Path, args: tuple[str, ...], why: str) -> None:
    before = (folder / "tables/settings.csv").read_bytes()
    done = run(folder, *args)
    assert isinstance(done.exception, UsageError)
    assert why in str(done.exception)
    assert (folder / "tables/settings.csv").read_bytes() == before


def test_only_safe_can_be_applied(folder: Path) -> None:
    assert run(folder, "--apply", "ALL").exit_code == 2


PROGRAM = """
import sys
from kg.cli.main import cli
cli.main(["-C", sys.argv[1], "fix", "--interactive"])
"""


def answer(folder: Path, keys: str) -> tuple[int, str]:
    """Return exit code and all that a terminal shows, after these keys were typed."""
    main, side = pty.openpty()
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)], stdin=side, stdout=side, stderr=side,
        env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    os.close(side)
    os.write(main, "".join(f"{key}\n" for key in keys).encode())
    shown = b"".join(_read(main))
    os.close(main)
    return process.wait(timeout=60), shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            data = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            return
        if not data:
            return
        yield data


@pytest.mark.parametrize(
    ("keys", "code", "changed", "asked"),
    [("yy", 0, 2, 2), ("ny", 1, 1, 2), ("a", 0, 2, 1), ("q", 1, 0, 1), ("yq", 1, 1, 2),
     ("xyn", 1, 1, 2)],
)  # fmt: skip
def test_answers_on_a_terminal(
    folder: Path, keys: str, code: int, changed: int, asked: int
) -> None:
    status, shown = answer(folder, keys)
    assert (status, shown.count("(y, n, a, q)")) == (code, asked + ("x" in keys))
    assert f"{changed} cell" in shown
    assert 'bearings row 2, polarity: "suport" becomes "supports"' in shown
    text = (folder / "tables/bearings.csv").read_text()
    assert ("suport" in text) == (keys[0] in "nq")


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys, kg.cli.fix;"
        "print([m for m in ('kg.workspace', 'openpyxl', 'rapidfuzz', 'pyoxigraph')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                          check=True, cwd=Path(__file__).parents[2])  # fmt: skip
    assert done.stdout == "[]\n"
