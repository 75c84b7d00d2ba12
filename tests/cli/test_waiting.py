"""Long work says how far it is: on a terminal, to whoever listens, and nowhere else."""

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from kg.cli.waiting import Bar
from kg.progress import follow, listen, tell
from kg.workspace.build import build
from tests.cli.run import ROOT
from tests.workspaces import minimal


def test_without_a_listener_nothing_is_said() -> None:
    tell("counting", "things", 1, 2)
    assert list(follow("counting", "things", "abc", 3)) == ["a", "b", "c"]


def test_a_listener_is_told_now_and_then_and_in_the_end() -> None:
    told: list[tuple[str, str, int, int]] = []
    with listen(lambda *said: told.append(said)):
        assert sum(follow("counting", "things", range(100_000), 100_000)) == 4_999_950_000
    assert told[0] == ("counting", "things", 0, 100_000)
    assert told[-1] == ("counting", "things", 100_000, 100_000)
    assert 100 < len(told) < 300
    tell("counting", "things", 7, 8)
    assert told[-1][2] == 100_000


def test_what_building_says(tmp_path: Path) -> None:
    told: list[tuple[str, str, int, int]] = []
    with listen(lambda *said: told.append(said)):
        build(minimal().write(tmp_path), write=True)
    doing = list(dict.fromkeys(said[0] for said in told))
    assert doing == ["reading", "judging", "carrying", "writing"]
    assert all(0 <= done <= total for _, _, done, total in told)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_a_bar_shows_what_how_far_and_how_fast() -> None:
    out = io.StringIO()
    bar = Bar(out, patience=0)
    for done in range(0, 1001, 100):
        bar("writing", "quads", done, 1000)
    bar("judging", "", 0, 0)
    bar.close()
    text = _plain(out.getvalue())
    assert "writing" in text and "0 of 1,000 quads" in text and "judging" in text
    assert out.getvalue().endswith("\x1b[2K") or out.getvalue().rstrip().endswith("\x1b[?25h")


def test_what_is_quick_needs_no_bar() -> None:
    out = io.StringIO()
    bar = Bar(out, patience=60)
    bar("writing", "quads", 1, 2)
    bar.close()
    assert out.getvalue() == ""


def test_a_quick_command_says_the_same_on_a_terminal(tmp_path: Path) -> None:
    folder = minimal().write(tmp_path)
    build(folder, write=True)
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "kg", "-C", str(folder), "check"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=follower) as process:
        os.close(follower)
        assert process.stdout is not None and process.stdout.read() == b""
    shown = b""
    try:
        while more := os.read(leader, 1 << 16):
            shown += more
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert shown.replace(b"\r\n", b"\n") == piped.stderr
