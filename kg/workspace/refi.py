"""REFI-QDA in and out of a workspace: files are opened here, tables and texts written.

Texts are written before the tables: a text that no row names does no harm, a row without its text
would have a fault.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import CannotWrite, UsageError
from kg.schema import load_schema
from kg.sources import Draft, Review, TruthFile, finish_writing, list_files, read_review
from kg.store import write_text

if TYPE_CHECKING:
    from kg.imports.refi import Report

__all__ = ["Imported", "export_refi", "find_refi_losses", "import_refi", "is_refi"]

_MAX_CODEBOOK = 64 << 20


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do.

    Attributes:
        report: What was added and lost.
        diff: The changes of the tables, for people.
        written: Names of the files that were written; empty if nothing changed or on a dry run.
    """

    report: Report
    diff: str
    written: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return the report for people."""
        return self.report.lines()


def is_refi(path: str | Path) -> bool:
    """Return whether a file is one of REFI-QDA, by its extension."""
    return Path(path).suffix.lower() in (".qdc", ".qdpx")


def import_refi(folder: Path, path: Path, *, dry_run: bool = False) -> Imported:
    """Take a codebook or a project over into tables and texts, and return what was done.

    Args:
        folder: Folder of the workspace.
        path: The ``.qdc`` or ``.qdpx`` file.
        dry_run: Whether nothing is written.

    Raises:
        DataFaults: The file, or a table of the workspace, can't be read.
        UsageError: The file can't be opened, or a text of the same name says something else.
    """
    from kg.imports.refi import import_codebook, import_project

    review = read_review(folder)
    finish_writing(folder)
    draft = Draft(folder, review, load_schema())
    with _open(path) as content:
        if path.suffix.lower() == ".qdc":
            data = content.read(_MAX_CODEBOOK + 1)
            report = import_codebook(draft, data, file=path.name)
        else:
            report = import_project(draft, content, file=path.name)
    report.texts = _find_new(folder, review, report.texts)
    diff = draft.diff()
    if dry_run:
        return Imported(report, diff)
    for name, text in report.texts.items():
        (folder / review.texts).mkdir(exist_ok=True)
        write_text(folder / review.texts / name, text)
    written = tuple(f"{review.texts}/{name}" for name in report.texts)
    return Imported(report, diff, (*written, *draft.write()))


def _open(path: Path) -> BinaryIO:
    """Open a regular file, and wait for no pipe."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        raise UsageError(f'"{path}" can\'t be read ({error.strerror}). Name a file.') from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise UsageError(f'"{path}" is not a file. Name a .qdc or .qdpx file.')
    return os.fdopen(number, "rb")


def _find_new(folder: Path, review: Review, texts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the texts that are not there yet, sorted by name.

    Raises:
        UsageError: A text of the same name says something else: offsets would not hold in it.
        CannotWrite: The text folder leads out of the workspace.
    """
    place = folder / review.texts
    if texts and not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder)):
        raise CannotWrite(f'"{place}" is a link that leads out of the workspace. Make it a folder.')
    new = {}
    for name, data in sorted(texts.items()):
        path = place / name
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise UsageError(f'"{path}" is not a file. Rename it, and import again.')
        if not path.exists():
            new[name] = data
        elif _read_text(path.read_bytes()) != _read_text(data):
            raise UsageError(
                f'"{path}" is there and says something else, so offsets would not hold, and '
                "nothing was imported. Rename the source in the project, and import again."
            )
    return new


def _read_text(data: bytes) -> str:
    """Return a text as the text folder is read."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def export_refi(folder: Path, path: Path, carried: str = "") -> Path:
    """Write the tables as a codebook or a project, and return the file.

    Args:
        folder: The workspace.
        path: File that ends in .qdc or .qdpx.
        carried: Target whose carried claims are wanted as well; these formats have no place.

    Raises:
        DataFaults: A table can't be read.
        UsageError: The file has another extension, there is nothing to write, or carried claims
            are asked for.
        CannotWrite: The file can't be written.
    """
    if carried:
        raise UsageError("Carried claims need a format with graphs: .trig, .nq or .jsonld.")
    write_text(path, _build_file(folder, path)[0])
    return path


def find_refi_losses(folder: Path, path: Path) -> tuple[str, ...]:
    """Return what has no place in a file with this name, one a line; nothing is written."""
    return _build_file(folder, path)[1]


def _build_file(folder: Path, path: Path) -> tuple[bytes, tuple[str, ...]]:
    from kg.exports.refi import write_codebook, write_project
    from kg.imports.refi_report import render_losses

    if not is_refi(path):
        raise UsageError(f'"{path}" is no file of REFI-QDA. Name one that ends in .qdc or .qdpx.')
    review, schema = read_review(folder), load_schema()
    finish_writing(folder)
    draft, files = Draft(folder, review, schema), list_files(folder, review)
    tables = {name: list(draft.rows(name).values()) for name in schema.tables}
    if path.suffix.lower() == ".qdc":
        content, losses = write_codebook(tables, review.base)
    else:
        texts = _find_texts(files, f"{review.texts}/")
        content, losses = write_project(tables, texts, review.base, review.title)
    side = [f.name for f in files if f.name.startswith("more/")]
    return content, tuple(render_losses({**losses, **({"side files": side} if side else {})}))


def _find_texts(files: list[TruthFile], start: str) -> dict[str, str]:
    """Return the plain texts by name, those that are not UTF-8 left aside."""
    texts = {}
    for file in files:
        if file.name.startswith(start) and file.name.lower().endswith(".txt") and not file.fault:
            try:
                text = file.data.decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError:
                continue
            texts[file.name.removeprefix(start)] = text
    return texts
