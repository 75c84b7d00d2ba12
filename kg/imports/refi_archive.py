"""The archive of a REFI-QDA project: entries read by name, nothing unpacked to a folder.

`kg.imports`. An archive may come from anybody. It is refused as a whole if it unpacks to far more
than it should, or if an entry is a link, is encrypted, occurs twice or would lie outside.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from kg.imports.refi_xml import refuse
from kg.sources.container import find_danger

__all__ = ["Archive"]

_MAX_BYTES = 2 << 30
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
        problem, seen = find_danger(entries, _MAX_BYTES)
        if problem:
            raise refuse(file, f"{problem} Nothing was read. Export it again, without recordings "
                         "or a password.", seen)  # fmt: skip
        self._entries = {entry.filename.lower(): entry for entry in entries}
        found = [e.filename for e in entries if "/" not in e.filename and _is_project(e.filename)]
        if len(found) != 1:
            raise refuse(file, "A project has exactly one file that ends in .qde at the root of "
                         "the archive. Export it again.", ", ".join(found) or "none")  # fmt: skip
        self.project = found[0]

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
