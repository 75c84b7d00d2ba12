"""The cache: a pyoxigraph store on disk that may be deleted at any time.

``.kg/store-N/`` holds the quads, ``.kg/store-N.json`` what stands beside them, ``.kg/parts/`` what
was read from each file, and the one-line file ``.kg/current`` names the store in use. A store is
made beside the one before and becomes current by one rename: a reader never sees half a change.
What is kept beside the quads is sealed with its hash: what was cut or garbled counts as absent.

The layers above take the terms of RDF from here: which engine holds them is chosen in one place.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from kg.errors import CannotWrite

__all__ = [
    "Cache",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "RdfFormat",
    "Snapshot",
    "Store",
    "Triple",
    "cannot_write",
    "load_quads",
    "parse",
    "serialize",
    "write_pieces",
    "write_text",
]

_NAME = re.compile(r"store-(\d+)")
_TRIES = 10
_SEAL = 64
_BUFFER = 1 << 20


class Snapshot:
    """A store that no writer deletes while this object lives, and what stands beside it.

    Attributes:
        store: The store.
        note: The note beside it.
        columns: Where its columns for analysis are, if it is large enough to have any.
    """

    def __init__(
        self, store: Store, note: dict[str, Any], rest: bytes, path: Path, lock: int = -1
    ) -> None:
        """Keep the shared lock, a file descriptor, until this object goes."""
        self.store = store
        self.note = note
        self.columns = path.with_suffix(".columns")
        self._rest = rest
        self._lock = lock

    @cached_property
    def later(self) -> Any:
        """Return what stands under "later" in the note; read only when it is asked for."""
        return json.loads(self._rest)

    def __del__(self) -> None:
        """Let a writer delete the store."""
        if self._lock >= 0:
            os.close(self._lock)


class Cache:
    """The ``.kg`` folder of one workspace."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is touched yet."""
        self.folder = folder

    @property
    def current(self) -> str:
        """Return the name of the current store, or "" if there is none."""
        try:
            name = (self.folder / "current").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        there = _NAME.fullmatch(name) and _is_folder(self.folder / name)
        return name if there and _is_folder(self.folder) else ""

    def read(self) -> Snapshot | None:
        """Return the current store with its note, or None if there is none that can be trusted."""
        for _ in range(_TRIES):
            name = self.current
            if not name:
                return None
            try:
                lock = self._share(name)
            except BlockingIOError:  # a writer has switched and is deleting it
                continue
            if self.current == name:
                return self._open(name, lock)
            if lock >= 0:
                os.close(lock)
        return None

    def _share(self, name: str) -> int:
        """Return a file descriptor with a shared lock; -1 where nobody can lock or delete."""
        path = self.folder / f"{name}.lock"
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        except OSError:
            try:
                lock = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            except OSError:
                return -1
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise
        return lock

    def _open(self, name: str, lock: int) -> Snapshot | None:
        try:
            kept = _unseal((self.folder / f"{name}.json").read_bytes())
            first, _, rest = kept.partition(b"\n")
            note = json.loads(first)
            if note["files"] == _measure(self.folder / name):  # counting the quads takes far longer
                store = Store.read_only(str(self.folder / name))
                return Snapshot(store, note, rest, self.folder / name, lock)
        except (OSError, RuntimeError, ValueError, KeyError, TypeError):
            pass
        if lock >= 0:
            os.close(lock)
        return None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's lock; in the end stores that nobody holds are deleted.

        Raises:
            CannotWrite: The folder can't be made or written.
        """
        if self.folder.is_symlink():
            raise CannotWrite(f'"{self.folder}" is a link and is not followed. Delete it.')
        try:
            self.folder.mkdir(exist_ok=True)
            path = self.folder / "writer.lock"
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        except OSError as error:
            raise cannot_write(self.folder, error) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
            self._sweep()
        finally:
            os.close(lock)

    def switch(
        self, write: Callable[[Store], dict[str, Any]], start: Snapshot | None = None
    ) -> Snapshot:
        """Make a new store, make it the current one, and return it; call inside :meth:`writing`.

        Args:
            write: Fills the store, and returns the note to keep beside it: "quads" in it, if it
                knows that, saves counting them, and what is long and seldom asked for is "later".
            start: What the store holds at first; by hard links, which takes no time. A new store
                that is filled by the bulk path of the engine is faster where much changes.

        Raises:
            CannotWrite: The folder can't be written.
        """
        new = self.folder / f"store-{max([0, *self._numbers()]) + 1}"
        try:
            if start:
                start.store.backup(str(new))
            store = Store(str(new))
            note = write(store)
            store.flush()
            note = {"quads": len(store)} | note if "quads" not in note else dict(note)
            del store  # it holds the lock of the folder
            later = note.pop("later", None)
            lines = (json.dumps({**note, "files": _measure(new)}), json.dumps(later))
            _replace(self.folder / f"{new.name}.json", [_seal("\n".join(lines).encode())])
            _replace(self.folder / "current", [f"{new.name}\n".encode()])
        except OSError as error:
            shutil.rmtree(new, ignore_errors=True)
            raise cannot_write(self.folder, error) from None
        snapshot = self.read()
        if snapshot is None:
            raise CannotWrite(f'"{self.folder}" does not keep what is written to it. Delete it.')
        return snapshot

    def read_part(self, name: str, stamp: str) -> bytes | None:
        """Return what was kept of a file under this stamp, or None if it can't be trusted."""
        try:
            return _unseal(self._part(name).read_bytes(), stamp)
        except (OSError, ValueError):
            return None

    def write_part(self, name: str, stamp: str, data: bytes) -> None:
        """Keep what was read from a file; call it inside :meth:`writing`.

        Raises:
            CannotWrite: The folder can't be written.
        """
        path = self._part(name)
        try:
            path.parent.mkdir(exist_ok=True)
            if path.parent.is_symlink():
                raise CannotWrite(f'"{path.parent}" is a link and is not followed. Delete it.')
            path.unlink(missing_ok=True)
            path.write_bytes(_seal(data, stamp))
        except OSError as error:
            raise cannot_write(path, error) from None

    def keep_parts(self, names: Iterable[str]) -> None:
        """Delete what is kept of any other file."""
        kept = {self._part(name) for name in names}
        for path in () if (self.folder / "parts").is_symlink() else self.folder.glob("parts/*"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _part(self, name: str) -> Path:
        return self.folder / "parts" / f"{sha256(name.encode()).hexdigest()[:32]}.part"

    def _numbers(self) -> list[int]:
        found = (_NAME.match(path.name) for path in self.folder.glob("store-*"))
        return sorted({int(match[1]) for match in found if match})

    def _sweep(self) -> None:
        """Delete stores that are not current and that no reader holds."""
        current = self.current
        for name in (f"store-{number}" for number in self._numbers()):
            if name == current:
                continue
            path = self.folder / f"{name}.lock"
            try:
                lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
            except OSError:
                continue
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            else:
                for folder in (name, f"{name}.columns", f"{name}.columns.new"):
                    shutil.rmtree(self.folder / folder, ignore_errors=True)
                (self.folder / f"{name}.json").unlink(missing_ok=True)
                path.unlink(missing_ok=True)
            finally:
                os.close(lock)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _measure(folder: Path) -> dict[str, int]:
    """Return the size of every file of a store that holds quads, or says which files do."""
    return {
        path.name: path.stat().st_size
        for path in sorted(folder.iterdir())
        if path.suffix in (".log", ".sst") or path.name.startswith(("CURRENT", "MANIFEST"))
    }


class _Stream(io.RawIOBase):
    """The chunks of an iterator, read like a file."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def load_quads(store: Store, chunks: Iterable[bytes]) -> None:
    """Load N-Quads that come in chunks into a store, by the bulk path of the engine."""
    stream = io.BufferedReader(_Stream(chunks), _BUFFER)
    store.bulk_load(stream, RdfFormat.N_QUADS, lenient=True)


def _seal(data: bytes, stamp: str = "") -> bytes:
    """Return data behind its hash."""
    return sha256(stamp.encode() + data).hexdigest().encode() + data


def _unseal(sealed: bytes, stamp: str = "") -> bytes:
    data = sealed[_SEAL:]
    if _seal(data, stamp) != sealed:
        raise ValueError("the hash does not match")
    return data


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return the error that a path can't be written, with the system's reason."""
    reason = error.strerror or str(error)
    return CannotWrite(
        f'"{path}" can\'t be written ({reason}). Make it writable, or name another place.'
    )


def write_text(path: Path, text: str | bytes) -> None:
    """Write a file so that after a crash the old or the new content is there, never a mixture.

    A link is followed; a device or pipe is written to as it stands.

    Raises:
        CannotWrite: The file or its folder can't be written.
    """
    write_pieces(path, [text.encode("utf-8") if isinstance(text, str) else text])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file as :func:`write_text` does, piece by piece.

    Raises:
        CannotWrite: The file or its folder can't be written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                file.writelines(pieces)
        else:
            _replace(Path(os.path.realpath(path)), pieces)
    except OSError as error:
        raise cannot_write(path, error) from None


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    if path.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:  # also what making a piece may raise
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
