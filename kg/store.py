"""The cache: a pyoxigraph store on disk that may be deleted at any time.

``.kg/store-N/`` holds the quads, ``.kg/store-N.json`` what stands beside them, and the one-line
file ``.kg/current`` names the store in use. A change is made on a copy (hard links) and becomes
current by one rename, so a reader never sees half a change.

The layers above take the terms of RDF from here: which engine holds them is chosen in one place.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.errors import CannotWrite

__all__ = [
    "Cache",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "RdfFormat",
    "Store",
    "Triple",
    "serialize",
    "write_text",
]


class Cache:
    """The ``.kg`` folder of one workspace."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is touched yet."""
        self.folder = folder
        self._held: list[Any] = []

    @property
    def current(self) -> str:
        """Return the name of the current store, or "" if there is none."""
        try:
            name = (self.folder / "current").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return name if (self.folder / name).is_dir() and name.startswith("store-") else ""

    def read_note(self) -> dict[str, Any]:
        """Return what stands beside the current store, or {} if it can't be trusted."""
        try:
            text = (self.folder / f"{self.current}.json").read_text(encoding="utf-8")
            note = json.loads(text)
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}

    def open(self) -> Store:
        """Open the current store for reading, and hold it against deletion.

        Raises:
            OSError: There is no current store, or it can't be read.
        """
        name = self.current
        if not name:
            raise OSError("no current store")
        lock = (self.folder / f"{name}.lock").open("a")
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        self._held.append(lock)
        return Store.read_only(str(self.folder / name))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's lock.

        Raises:
            CannotWrite: The folder can't be made or written.
        """
        try:
            self.folder.mkdir(exist_ok=True)
            lock = (self.folder / "writer.lock").open("a")
        except OSError as error:
            raise CannotWrite(f'"{self.folder}" can\'t be written ({error.strerror}).') from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def switch(self, remove: Iterable[Quad], add: Iterable[Quad], note: dict[str, Any]) -> None:
        """Make a copy of the current store with these changes the current one.

        Without a current store the copy starts empty. Call it inside :meth:`writing`.
        """
        old = self.current
        number = int(old.removeprefix("store-")) if old else 0
        number = max([number, *self._numbers()]) + 1
        new = self.folder / f"store-{number}"
        if old:
            Store.read_only(str(self.folder / old)).backup(str(new))
        store = Store(str(new))
        for quad in remove:
            store.remove(quad)
        store.bulk_extend(add)
        store.flush()
        del store
        write_text(self.folder / f"{new.name}.json", json.dumps(note, ensure_ascii=False))
        write_text(self.folder / "current", new.name + "\n")
        self._sweep()

    def _numbers(self) -> list[int]:
        names = (p.name.removeprefix("store-") for p in self.folder.glob("store-*") if p.is_dir())
        return [int(n) for n in names if n.isdigit()]

    def _sweep(self) -> None:
        """Delete stores that are not current and that no reader holds."""
        for number in self._numbers():
            name = f"store-{number}"
            if name == self.current:
                continue
            lock_path = self.folder / f"{name}.lock"
            with lock_path.open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                shutil.rmtree(self.folder / name, ignore_errors=True)
                (self.folder / f"{name}.json").unlink(missing_ok=True)
                lock_path.unlink(missing_ok=True)


def write_text(path: Path, text: str | bytes) -> None:
    """Write a file so that after a crash the old or the new content is there, never a mixture.

    Raises:
        CannotWrite: The file or its folder can't be written.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CannotWrite(f'"{path}" can\'t be written ({error.strerror}).') from error
