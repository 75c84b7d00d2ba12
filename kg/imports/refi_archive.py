"""The archive of a REFI-QDA project: entries read by name, nothing unpacked to a folder.

`kg.imports`. An archive may come from anybody. It is refused as a whole if it unpacks to far more
than it should, or if an entry is a link, is encrypted, occurs twice or would lie outside.
"""

from __future__ import annotations

import stat
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from kg.imports.refi_xml import refuse

__all__ = ["Archive"]

_MAX_RATIO, _MAX_BYTES, _MAX_ENTRIES = 200, 2 << 30, 10_000
_MAX_ENTRY, _MAX_READ = 64 << 20, 128 << 20
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)


class Archive:
    """A ``.qdpx`` file.

    Attributes:
        file: Name of the file, for what is said of it.
        project: Name of the entry that holds the project.
    """

    def __init__(self, file: str, content: BinaryIO) -> None:
        """Look at the entries.

        Raises:
            DataFaults: It is not an archive, holds no project, or is not what it should be.
        """
        self.file = file
        self._read = 0
        try:
            self._zip = ZipFile(content)
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise refuse(file, "The file is not a ZIP archive, as a .qdpx file is. Export it "
                         "again.", str(error)) from None  # fmt: skip
        self._check_size(entries)
        for entry in entries:
            self._check_entry(entry)
        self._entries = {entry.filename.lower(): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise refuse(file, "Two entries of the archive have the same name. Export it again.")
        found = [e.filename for e in entries if "/" not in e.filename and _is_project(e.filename)]
        if len(found) != 1:
            raise refuse(file, "A project has exactly one file that ends in .qde at the root of "
                         "the archive. Export it again.", ", ".join(found) or "none")  # fmt: skip
        self.project = found[0]

    def _check_size(self, entries: list[ZipInfo]) -> None:
        size = sum(e.file_size for e in entries)
        packed = sum(e.compress_size for e in entries) or 1
        if len(entries) > _MAX_ENTRIES or size > _MAX_BYTES or size / packed > _MAX_RATIO:
            raise refuse(
                self.file, "The archive unpacks to far more than it should, and was not unpacked. "
                "Export it again, without recordings.",
                f"{len(entries)} entries, {packed} bytes packed, {size} bytes unpacked",
            )  # fmt: skip

    def _check_entry(self, entry: ZipInfo) -> None:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        inside = not path.is_absolute() and ".." not in path.parts and ":" not in entry.filename
        if not inside:
            raise refuse(self.file, "An entry of the archive would lie outside of it, and nothing "
                         "was read. Export it again.", entry.filename)  # fmt: skip
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise refuse(self.file, "An entry of the archive is a link, and nothing was read. "
                         "Export it again.", entry.filename)  # fmt: skip
        if entry.flag_bits & 1:
            raise refuse(self.file, "The archive is encrypted. Export it without a password.",
                         entry.filename)  # fmt: skip

    def read(self, name: str) -> bytes:
        """Return the content of an entry.

        Raises:
            DataFaults: It is damaged, or bigger than is read.
        """
        entry = self._entries[name.lower()]
        self._read += entry.file_size
        if entry.file_size > _MAX_ENTRY or self._read > _MAX_READ:
            raise refuse(self.file, f"An entry is bigger than {_MAX_ENTRY >> 20} MiB, or all that "
                         f"was read than {_MAX_READ >> 20} MiB, and nothing was imported. Export "
                         "the project in parts.", entry.filename)  # fmt: skip
        try:
            return self._zip.read(entry)
        except _BROKEN as error:
            raise refuse(self.file, "The archive is damaged. Export it again.",
                         f"{entry.filename}: {error}") from None  # fmt: skip

    def find(self, path: str) -> str | None:
        """Return the entry that an ``internal://`` path names, or None; no other path is followed.

        Args:
            path: Path of a source, as ``internal://GUID.txt``.
        """
        scheme, found, name = path.partition("://")
        wanted = f"sources/{name.lstrip('/')}".lower()
        known = found and scheme.lower() == "internal" and wanted in self._entries
        return wanted if known else None


def _is_project(name: str) -> bool:
    return name.lower().endswith(".qde")
