"""Containers: what is looked at before anything in a ZIP archive is unpacked.

An archive may come from anybody. Entries are read by name and never laid into a folder; one that
unpacks to far too much, or is what no program that saves tables or projects would write, is
refused as a whole.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import PurePosixPath
from zipfile import ZipInfo

__all__ = ["find_danger"]

_MAX_RATIO, _MAX_ENTRIES = 200, 10_000


def find_danger(entries: Iterable[ZipInfo], most: int) -> tuple[str, str]:
    """Return what is wrong with the entries of an archive, and what was seen; "" twice if nothing.

    Args:
        entries: The entries as its directory lists them.
        most: Bytes to which all together may unpack.
    """
    entries = list(entries)
    size = sum(e.file_size for e in entries)
    packed = sum(e.compress_size for e in entries) or 1
    if len(entries) > _MAX_ENTRIES or size > most or size / packed > _MAX_RATIO:
        return (
            "The archive unpacks to far more than it should, and was not unpacked.",
            f"{len(entries)} entries, {packed} bytes packed, {size} bytes unpacked",
        )
    for entry in entries:
        if not _lies_inside(entry.filename):
            return "An entry of the archive would lie outside of it.", entry.filename
        if stat.S_ISLNK(entry.external_attr >> 16):
            return "An entry of the archive is a link.", entry.filename
        if entry.flag_bits & 1:
            return "The archive is encrypted.", entry.filename
    names: set[str] = set()
    for entry in entries:
        if entry.filename.lower() in names:
            return "Two entries of the archive have the same name.", entry.filename
        names.add(entry.filename.lower())
    return "", ""


def _lies_inside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name
