"""The files of a workspace as a git commit holds them, read without running anything of its own.

Git is asked for names and contents only: no filter, hook, pager or monitor that a repository may
configure is run, nothing is fetched, and nothing is written to the repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import MachineryError, UsageError, shorten
from kg.sources import read_review

__all__ = ["Entry", "find_commit", "list_entries", "write_commit"]

_GIT = (
    "--no-replace-objects", "--no-optional-locks", "--no-pager", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
)  # fmt: skip
_SECONDS = 60
_LONGEST = 1_000  # characters in the name of a commit
_MOST_FILES, _MOST_BYTES = 10_000, 2 << 30
_FILE, _LINK = ("100644", "100755"), "120000"


@dataclass(frozen=True)
class Entry:
    """One file in a commit: its path from the workspace on, and what git calls its content."""

    path: str
    content: str
    mode: str
    size: int


def find_commit(folder: Path, name: str) -> str | None:
    """Return the commit that a name (a branch, a tag, ``HEAD~1``) stands for, or None.

    Raises:
        UsageError: The repository belongs to somebody else.
        MachineryError: There is no git on this machine.
    """
    if not 0 < len(name) <= _LONGEST or name.startswith("-") or "\0" in name:
        return None
    if not folder.is_dir():
        return None
    wanted = f"{name}^{{commit}}"
    done = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if b"dubious ownership" in done.stderr:
        raise UsageError(
            f'git refuses to read the repository of "{folder}": it belongs to somebody else. '
            "Type git status there: it says what to do."
        )
    return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else None


def list_entries(folder: Path, commit: str) -> list[Entry]:
    """Return the files below the folder in a commit, sorted by path.

    Raises:
        MachineryError: Git can't read the commit.
    """
    done = _git(folder, "ls-tree", "-r", "-l", "-z", "--end-of-options", commit)
    if done.returncode:
        raise MachineryError(f"git can't read the commit: {_words(done)}")
    found = []
    for line in done.stdout.decode("utf-8", "surrogateescape").split("\0"):
        if line:
            about, _, path = line.partition("\t")
            mode, _, content, size = about.split()
            found.append(Entry(path, content, mode, int(size) if size.isdigit() else 0))
    return sorted(found, key=lambda e: e.path)


def write_commit(folder: Path, commit: str, target: Path) -> Path:
    """Write the truth of a workspace as a commit holds it into a new folder, and return that.

    Args:
        folder: The workspace; only what lies below it is taken.
        commit: As :func:`find_commit` returns it.
        target: Folder that is made; ``review.yaml``, tables, side files and texts go there.

    Raises:
        UsageError: The commit has no ``review.yaml`` here, is too big, or holds links.
        DataFaults: Its ``review.yaml`` can't be read.
    """
    entries = {e.path: e for e in list_entries(folder, commit)}
    if "review.yaml" not in entries:
        raise UsageError(
            f'The commit {commit[:12]} has no review.yaml in "{folder}". Name a later commit.'
        )
    target.mkdir()
    _write(folder, [entries["review.yaml"]], target)
    texts = read_review(target).texts
    wanted = [e for e in entries.values() if str(Path(e.path).parent) in _places(texts)]
    _write(folder, wanted, target)
    return target


def _places(texts: str) -> tuple[str, ...]:
    return ("tables", "more", str(Path(texts)))


def _write(folder: Path, entries: list[Entry], target: Path) -> None:
    if len(entries) > _MOST_FILES or sum(e.size for e in entries) > _MOST_BYTES:
        raise UsageError("The commit holds more than 10,000 files or 2 GiB here. Check it out.")
    for entry in entries:
        if entry.mode == _LINK:
            raise UsageError(
                f'"{shorten(entry.path)}" is a link in that commit, and links are not followed. '
                "Check the commit out into a folder of its own and name that."
            )
        parts = entry.path.split("/")
        if entry.mode not in _FILE or any(p in ("", ".", "..") for p in parts):
            continue  # a submodule, or a name that no file can have
        path = target.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            done = _git(folder, "cat-file", "blob", entry.content, output=file)
        if done.returncode:
            raise MachineryError(f"git can't read {shorten(entry.path)}: {_words(done)}")


def _git(
    folder: Path, *args: str, output: int | IO[bytes] = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise MachineryError(
            "git is not installed, so a commit can't be read. Install it, or name two folders."
        )
    try:
        return subprocess.run(
            [git, *_GIT, "-C", str(folder), *args], check=False, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.PIPE, timeout=_SECONDS, env=dict(_environment()),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise MachineryError(f"git gave no answer in {_SECONDS} seconds.") from None


def _environment() -> Iterator[tuple[str, str]]:
    """Yield the environment without what would lead git to another repository or to the network."""
    yield from ((k, v) for k, v in os.environ.items() if not k.startswith("GIT_"))
    yield from (("GIT_TERMINAL_PROMPT", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("LC_ALL", "C"))


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    return shorten(done.stderr.decode("utf-8", "replace")) or "no reason given"
