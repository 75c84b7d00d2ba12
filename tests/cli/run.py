"""Running the real command, in a process of its own or in this one."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli, main

ROOT = Path(__file__).resolve().parents[2]

# Capabilities with which root writes where file modes forbid it (linux/capability.h).
_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER = 1, 2, 3
_DROP_FROM_BOUNDING_SET = 24  # linux/prctl.h


class Run(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def kg(*args: str | Path, **options: Any) -> Run:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        check=False, capture_output=True, text=True, encoding="utf-8", timeout=120, **options,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


def call(folder: str | Path, *args: str | Path, quiet: bool = False) -> Result:
    """Run the command on a folder in this process; what it raises is in the result."""
    words = ["-C", folder, *(["--quiet"] if quiet else []), *args]
    return CliRunner().invoke(cli, [str(word) for word in words])


def answer(
    patch: pytest.MonkeyPatch, printed: pytest.CaptureFixture[str], *args: str | Path
) -> Run:
    """Run the whole command in this process, with its exit code: it spares the start of Python."""
    patch.setattr(sys, "argv", ["kg", *map(str, args)])
    printed.readouterr()
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = printed.readouterr()
    assert "Traceback" not in err
    assert isinstance(ended.value.code, int)
    return Run(ended.value.code, out, err)


def _drop() -> None:
    library = ctypes.CDLL(None, use_errno=True)
    for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER):
        if library.prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "capabilities can't be dropped")


@contextmanager
def without_privileges(folder: Path) -> Iterator[dict[str, Any]]:
    """Make a folder and all below it read-only, also to root in a process with these options."""
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(modes[path] & ~0o222)
    try:
        yield {"preexec_fn": _drop} if os.geteuid() == 0 else {}
    finally:
        for path in paths:
            path.chmod(modes[path])
