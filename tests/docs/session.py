"""The sessions that pages show: their commands are run, and what they print is compared."""

import os
import re
import subprocess
import sys
from pathlib import Path

__all__ = ["Told", "run_session"]

Told = tuple[str, str, str]


def run_session(page: str, folder: Path) -> list[Told]:
    """Run the console blocks of a page in a folder; return (command, promised, printed) of each."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "HOME": str(folder)}
    told = []
    for command, promised in _read_session(page):
        run = subprocess.run(
            command, shell=True, cwd=folder, env=environment, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        told.append((command, promised, run.stdout))
    return told


def _read_session(page: str) -> list[tuple[str, str]]:
    blocks = "".join(re.findall(r"```console\n(.*?)```", page, re.S))
    parts = (part.partition("\n") for part in re.split(r"^\$ ", blocks, flags=re.M)[1:])
    return [(command, printed) for command, _, printed in parts]
