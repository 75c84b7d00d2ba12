"""How a workspace is kept: a journal that waits, the cache, the last commit.

Everything is only looked at: the cache is opened in a copy, because opening a store writes to it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from hashlib import sha1, sha256
from pathlib import Path

from kg.errors import KgError, count
from kg.sources import Review, TruthFile
from kg.store import Cache
from kg.workspace.build import Built
from kg.workspace.commit import Entry, find_commit, list_entries
from kg.workspace.point import Point, list_some

__all__ = ["look_at_cache", "look_at_commit", "look_at_journal"]

_MOST_BYTES = 1 << 30  # of a cache that is copied to be opened
_REVIEW = "review.yaml"


def _point(name: str, state: str, text: str, remedy: str = "") -> Point:
    return Point("workspace", name, state, text, remedy)


def look_at_journal(folder: Path) -> Iterator[Point]:
    """Say whether a command was stopped while it wrote."""
    path = folder / ".kg" / "pending"
    if not path.exists():
        return
    try:
        names = sorted(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        yield _point("journal", "wrong", f"{path} is damaged.", "Delete it.")
        return
    yield _point(
        "journal",
        "attention",
        f"A command was stopped while it wrote {list_some(names)}.",
        "Type kg check: it completes what was begun.",
    )


def look_at_cache(folder: Path, built: Built | None, place: Path) -> Iterator[Point]:
    """Say whether the cache can be written and read, and is of the files as they are.

    Args:
        folder: The workspace.
        built: What was built of a copy of its files, None if they could not be judged.
        place: Folder in which the cache may be copied.
    """
    cache = folder / ".kg"
    if cache.is_symlink():
        yield _point("cache", "wrong", ".kg is a link, and is not followed.", "Delete it.")
        return
    if not cache.exists():
        able = os.access(folder, os.W_OK)
        yield _point(
            "cache",
            "ok" if able else "attention",
            "not built yet"
            if able
            else "The folder can't be written: every command builds in memory.",
            "" if able else "Make it writable.",
        )
        return
    if not os.access(cache, os.W_OK | os.X_OK):
        yield _point(
            "cache",
            "attention",
            ".kg can't be written: changes are built in memory.",
            "Make it writable, or delete it.",
        )
    current = Cache(cache).current
    yield _read_cache(cache, current, built, place)
    others = sorted(p.name for p in cache.glob("store-*") if p.is_dir() and p.name != current)
    if others:
        yield _point(
            "cache",
            "attention",
            f"Older stores are left: {', '.join(others)}.",
            "The next build deletes those that nobody reads.",
        )


def _read_cache(cache: Path, current: str, built: Built | None, place: Path) -> Point:
    """Say in which state the current store is; a copy is opened, so that nothing is touched."""
    again = "Nothing to do: the next command builds it again."
    if not current:
        return _point("cache", "attention", "There is no current store in .kg.", again)
    files = [p for p in (cache / current).rglob("*") if p.is_file() and not p.is_symlink()]
    if sum(p.stat().st_size for p in files) > _MOST_BYTES:
        return _point("cache", "ok", f"{current}; too big to be opened here")
    copy = place / "cache"
    copy.mkdir()
    try:
        shutil.copytree(cache / current, copy / current, symlinks=True)
        for name in ("current", f"{current}.json"):
            shutil.copyfile(cache / name, copy / name)
        snapshot = Cache(copy).read()
    except (OSError, shutil.Error):
        snapshot = None
    if snapshot is None:
        return _point(
            "cache",
            "attention",
            f"{current} is damaged.",
            "Delete the folder .kg: it is made again.",
        )
    if built is None or built.held is None:
        return _point("cache", "ok", f"{current} can be read")
    if snapshot.note.get("key") != built.held.note.get("key"):
        return _point(
            "cache", "ok", f"{current} is of an earlier state of the files or of kg. {again}"
        )
    return _point("cache", "ok", f"{current} is current: {len(snapshot.store)} quads")


def look_at_commit(folder: Path, files: Sequence[TruthFile], review: Review) -> Point:
    """Say whether the files are as git holds them in the last commit."""
    try:
        head = find_commit(folder, "HEAD")
        entries = {e.path: e for e in list_entries(folder, head)} if head else {}
    except KgError as error:
        return _point("git", "attention", str(error))
    if not head:
        return _point(
            "git",
            "attention",
            "The workspace is in no git repository that has a commit: nothing can be brought back.",
            "Type git init, git add and git commit in it.",
        )
    here = {f.name: f.data for f in files if not f.fault}
    here[_REVIEW] = (folder / _REVIEW).read_bytes()
    places = ("tables/", "more/", f"{review.texts.rstrip('/')}/")
    truth = {n for n in entries if n == _REVIEW or n.startswith(places)}
    changed = {n for n, data in here.items() if n in entries and not _same(data, entries[n])}
    new, gone = here.keys() - entries.keys(), truth - here.keys()
    told = [
        f"{word}: {list_some(sorted(names))}"
        for word, names in (("changed", changed), ("not in git", new), ("not here", gone))
        if names
    ]
    if told:
        return _point(
            "git",
            "attention",
            f"Not committed: {'; '.join(told)}.",
            "`kg diff HEAD` says what that changes; git add and git commit keep it.",
        )
    return _point(
        "git", "ok", f"{count(len(here), 'file')}, all as in the last commit, {head[:12]}"
    )


def _same(data: bytes, entry: Entry) -> bool:
    """Return whether a file is what git holds, line ends apart."""
    for content in (data, data.replace(b"\r\n", b"\n")):
        head = f"blob {len(content)}\0".encode()
        make = sha1 if len(entry.content) == 40 else sha256
        if make(head + content).hexdigest() == entry.content:
            return True
    return False
