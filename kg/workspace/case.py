"""A shipped case as a workspace of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg import resources
from kg.errors import CannotWrite, UnknownName, UsageError

__all__ = ["check_room", "copy_case", "get_case", "refuse_folder"]


def copy_case(case: str, folder: Path) -> Path:
    """Copy a shipped case into a new or empty folder, and return the folder.

    Raises:
        UnknownName: There is no such case.
        UsageError: The folder is not empty.
        CannotWrite: The folder can't be made.
    """
    source = get_case(case)
    try:
        check_room(folder)
        shutil.copytree(
            source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".kg"),
            copy_function=shutil.copyfile,
        )  # fmt: skip
    except OSError as error:
        raise refuse_folder(folder, error) from None
    return folder


def get_case(case: str) -> Path:
    """Return the folder of a shipped case.

    Raises:
        UnknownName: There is no such case.
    """
    known = {path.parent.name for path in resources.data_folder("").glob("*/review.yaml")}
    if case not in known:
        raise UnknownName("case", case, known)
    return resources.data_folder(case)


def check_room(folder: Path) -> None:
    """Make sure that a folder is new or empty: nothing is overwritten.

    Raises:
        UsageError: It is a file, or something is in it.
        OSError: It can't be read.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f'"{folder}" is a file. Name a new folder: nothing is overwritten.')
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f'"{folder}" is not empty. Name a new folder: nothing is overwritten.')


def refuse_folder(folder: Path, error: OSError) -> CannotWrite:
    """Return what to say where a folder can't be made or filled."""
    reason = error.strerror or "some files could not be copied"
    return CannotWrite(
        f'"{folder}" can\'t be written ({reason}). Name a folder that you may write to.'
    )
