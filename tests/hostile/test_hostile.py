"""Bad files from anybody, one after the other, through the real command inside a fence.

Each ends in less than ten seconds and one gibibyte, with one sentence that names the file; it
opens no socket, writes nothing outside of the workspace, and leaves every file in it as it is.
"""

import os
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.hostile import graphs, papers, places, projects, references, tables, workbooks
from tests.hostile.case import Case, lay
from tests.hostile.fence import DEADLINE, MEMORY, SECONDS, Outcome, list_files, run
from tests.hostile.made import MEMOS, lines

MODULES = (tables, workbooks, references, projects, graphs, places, papers)
CASES = tuple(case for module in MODULES for case in module.CASES)
KG = [sys.executable, "-m", "kg", "-C", "ws", "--quiet"]


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """Lay a workspace and what is around it into a folder."""
    folder = tmp_path / "top"
    lay(folder)
    return folder


def find_changes(before: dict[str, tuple[object, ...]], top: Path, case: Case) -> list[str]:
    """Return what is not as it was, but for files that the case may add and their folders."""
    after = list_files(top)
    allowed = {name for path in case.adds for name in (path, str(Path(path).parent))}
    return [n for n in sorted(before | after) if before.get(n) != after.get(n)
            and n not in allowed]  # fmt: skip


def test_every_case_is_here_once() -> None:
    assert [len(module.CASES) for module in MODULES] == [45, 46, 26, 33, 36, 50, 12]
    assert len({case.name for case in CASES}) == len(CASES) == 248
    assert all(case.said or case.harmless for case in CASES)
    assert all(case.code in (1, 2, 3) or case.harmless for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_bad_file_does_no_harm(case: Case, top: Path) -> None:
    case.put(top)
    before = list_files(top)
    done = run([*KG, *case.args], top)
    printed = done.out + done.err
    assert done.code == case.code, printed[:1000]
    assert "Traceback" not in printed
    assert done.seconds < SECONDS and not done.late
    assert done.peak < MEMORY
    if case.said:
        assert case.tells(printed), printed[:1000]
        assert len(printed.splitlines()) == 1 or not case.alone, printed[:1000]
    else:
        assert printed == ""
    assert find_changes(before, top, case) == []


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_value_that_is_a_formula_is_written_as_a_text(command: str, top: Path) -> None:
    value = "=cmd|' /C calc'!A0"
    row = ("m1", "study", "2024-05-01", value, "coder")
    if command == "check":
        (top / "ws/tables/memos.csv").write_text(lines(MEMOS, row), encoding="utf-8")
    else:
        (top / "in/memos.csv").write_text(lines(MEMOS, row), encoding="utf-8")
        assert run([*KG, "import", "in/memos.csv", "--table", "memos"], top).code == 0
    assert run([*KG, "check", "--annotate", "ws/out.xlsx"], top).code == 0
    cell = openpyxl.load_workbook(top / "ws/out.xlsx")["memos"]["D2"]
    assert (cell.value, cell.data_type) == (value, "s")


def run_python(code: str, top: Path, deadline: float = DEADLINE) -> Outcome:
    """Run what a bad library might do, inside the fence."""
    return run([sys.executable, "-c", code], top, deadline=deadline)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import ctypes; ctypes.CDLL(None).socket(2, 1, 0)",
    ],
)
def test_the_fence_notices_a_call_of_the_network(code: str, top: Path) -> None:
    assert run_python(code, top).code == -31  # SIGSYS


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("open('home/new.txt', 'w')", ["home", "home/new.txt"]),
        ("open('home/notes.txt', 'a').write('x')", ["home/notes.txt"]),
        ("import tempfile; tempfile.NamedTemporaryFile()", ["tmp"]),
        ("open('ws/tables/people.csv', 'a').write('x')", ["ws/tables/people.csv"]),
        ("import os; os.utime('ws/tables/people.csv', (0, 0))", ["ws/tables/people.csv"]),
        ("import os; os.chmod('outside/memos.csv', 0o600)", ["outside/memos.csv"]),
    ],
)
def test_the_fence_notices_what_is_written(code: str, changed: list[str], top: Path) -> None:
    before = list_files(top)
    assert run_python(code, top).code == 0
    assert find_changes(before, top, CASES[0]) == changed


def test_the_fence_measures_memory_and_time_also_of_what_is_started(top: Path) -> None:
    big = "x = b'x' * (1200 << 20)"
    assert run_python(big, top).peak > MEMORY
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {big!r}])"
    assert run_python(child, top).peak > MEMORY
    slow = run_python("import time; time.sleep(60)", top, deadline=0.5)
    assert (slow.late, slow.code) == (True, -9)
    assert run_python("pass", top).peak < MEMORY / 10


def test_the_fence_lets_file_modes_hold(top: Path) -> None:
    (top / "in" / "locked").write_text("x", encoding="utf-8")
    os.chmod(top / "in" / "locked", 0)
    assert "Permission denied" in run_python("open('in/locked')", top).err
