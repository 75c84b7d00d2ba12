"""Killed at any moment: all tables together are the old state or the new one, never between.

`kg import` and `kg fix` run as processes of their own and are killed (SIGKILL) at moments drawn
with a fixed seed: while they read, while they write, and after. Then the next command is `kg
check`: it completes what was begun, and says what it says of the old state or of the new one.
The kills between two system calls of the journal are those of tests/sources/test_draft.py.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.schema import load_schema
from kg.sources import Draft, read_review
from tests.cli.run import kg
from tests.imports.run import put, workspace
from tests.imports.test_references import thousand
from tests.sources.files import write_workbooks
from tests.workspaces import minimal

ROOT = Path(__file__).parents[2]

# The real command, which says when it begins to write tables and when it has written them.
PROGRAM = """
import os, sys
from pathlib import Path
from kg.sources import draft
folder, write = Path(sys.argv[1]), draft._write_all
def told(place, contents):
    if place != folder:  # a trial of `kg fix` on a copy
        return write(place, contents)
    os.write(1, b"<writing>\\n")
    write(place, contents)
    os.write(1, b"<written>\\n")
draft._write_all = told
from kg.cli.main import main
sys.argv = ["kg", "-C", *sys.argv[1:]]
os.write(1, b"<reading>\\n")
main()
"""
PHASES = ("reading", "writing", "written")
# How many moments are drawn in each phase; the last phase ends with the process.
DRAWN = {"reading": 4, "writing": 12, "written": 4}


class Moment(NamedTuple):
    """When to kill: a share of the time that a phase takes when nobody kills."""

    phase: str
    share: float


def draw(seed: int) -> list[Moment]:
    """Return 20 moments; the first is the very beginning, the last the end of the writing."""
    chance = random.Random(seed)
    drawn = [Moment(phase, chance.random()) for phase in PHASES for _ in range(DRAWN[phase])]
    return [Moment("reading", 0.0), *drawn[1:-1], Moment("written", 0.0)]


@dataclass
class Trial:
    """One command on one workspace, and what the two states are like."""

    folder: Path
    command: tuple[str, ...]

    def __post_init__(self) -> None:
        """Run the command once to its end, and learn the two states and how long things take."""
        self.old = self._state(self.folder)
        self.whole = self._copy("whole")
        self.times = self._measure(self.whole)
        self.new = self._state(self.whole)
        assert self.old != self.new

    def _copy(self, name: str) -> Path:
        return Path(shutil.copytree(self.folder, self.folder.parent / name))

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), *self.command], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def _measure(self, folder: Path) -> dict[str, float]:
        begun = {}
        with self._start(folder) as process:
            assert process.stdout is not None
            for line in process.stdout:
                begun[line.decode().strip().strip("<>")] = time.monotonic()
        ends = [*(begun[phase] for phase in PHASES[1:]), time.monotonic()]
        return {p: end - begun[p] for p, end in zip(PHASES, ends, strict=True)}

    @staticmethod
    def _state(folder: Path) -> tuple[object, ...]:
        """Return what `kg check` says, and then what stands in the tables."""
        code, out, err = kg("-C", folder, "check")
        return code, out, err.splitlines()[-1:], read_tables(folder)

    def kill(self, number: int, moment: Moment) -> str:
        """Kill the command at a moment, and return the state that `kg check` then finds.

        "new, completed" if a journal was there, which `kg check` completed.
        """
        folder = self._copy(f"killed-{number}")
        with self._start(folder) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == f"<{moment.phase}>".encode():
                    break
            time.sleep(moment.share * self.times[moment.phase])
            process.send_signal(signal.SIGKILL)
        torn = (folder / ".kg/pending").exists()
        if torn or read_tables(folder) == self.new[-1]:
            # The cache of the same tables, beside all that the process left: it spares seconds.
            shutil.copytree(self.whole / ".kg", folder / ".kg", dirs_exist_ok=True)
        state = self._state(folder)
        assert not (folder / ".kg/pending").exists()
        shutil.rmtree(folder)
        name = "old" if state == self.old else "new" if state == self.new else "between"
        return f"{name}, completed" if torn else name


def read_tables(folder: Path) -> dict[str, bytes]:
    """Return file → content, without half a file under a name that nobody reads."""
    paths = sorted((folder / "tables").iterdir())
    return {path.name: path.read_bytes() for path in paths if not path.name.startswith(".")}


def import_into_csv(path: Path) -> Trial:
    return Trial(workspace(path), ("import", put(path, "thousand.ris", thousand())))


def import_into_xlsx(path: Path) -> Trial:
    write_workbooks(workspace(path / "csv"), path / "ws", one=True)
    return Trial(path / "ws", ("import", put(path, "thousand.ris", thousand())))


def fix(path: Path) -> Trial:
    """Sixty slips in three tables, and one that is not safe to mend."""
    tables = minimal()
    for n in range(20):
        tables.add("settings", f"place-{n}", kind="organisaton")
        tables.study(f"study-{n}", populations="populatoin")
        tables.finding(f"finding-{n}", study=f"study-{n}", settings=f"setting;plaec-{n}")
    tables.edit("bearings", "bearing", polarity="suport")
    return Trial(tables.write(path / "ws"), ("fix", "--apply", "SAFE"))


# What whole runs come to, by hand, so that "new" is no accident: exit code and last line of `kg
# check` before and after. An import adds 775 studies, as many reports, and 603 authors (one for
# each of 600 full records, and Doe, Roe and Poe) to 16 rows; `kg fix` mends 60 slips of 61.
STATES: dict[Callable[[Path], Trial], tuple[tuple[int, str], tuple[int, str]]] = {
    import_into_csv: (
        (0, "0 faults, 0 warnings (16 rows checked)"),
        (0, "0 faults, 0 warnings (2169 rows checked)"),
    ),
    import_into_xlsx: (
        (0, "0 faults, 0 warnings (16 rows checked)"),
        (0, "0 faults, 0 warnings (2169 rows checked)"),
    ),
    fix: (
        (1, "61 faults, 0 warnings (96 rows checked)"),
        (1, "1 fault, 0 warnings (96 rows checked)"),
    ),
}


@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_a_killed_command_leaves_the_old_or_the_new_state(
    make: Callable[[Path], Trial], tmp_path: Path
) -> None:
    trial, moments = make(tmp_path), draw(20)
    assert ((trial.old[0], *trial.old[2]), (trial.new[0], *trial.new[2])) == STATES[make]
    assert len(moments) == 20
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(trial.kill, range(len(moments)), moments))
    told = Counter(found)
    assert set(told) <= {"old", "new", "new, completed"}, told
    assert found[0] == "old"
    assert found[-1] == "new"


def test_half_a_file_that_was_left_behind_goes_with_the_next_change(tmp_path: Path) -> None:
    folder = minimal().write(tmp_path)
    left, other = folder / "tables/.studies.csv.4711.new", folder / "tables/.notes.new"
    left.write_text("id,la")
    other.write_text("mine")
    draft = Draft(folder, read_review(folder), load_schema())
    draft.set("people", 2, "note", "changed")
    draft.write()
    assert (left.exists(), other.exists()) == (False, True)
