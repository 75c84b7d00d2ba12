"""A shipped case as a workspace of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg import resources
from kg.errors import CannotWrite, UnknownName, UsageError

__all__ = ["copy_case"]


def copy_case(case: str, folder: Path) -> Path:
    """Copy a shipped case into a new or empty folder, and return the folder.

    Raises:
        UnknownName: There is no such case.
        UsageError: The folder is not empty.
        CannotWrite: The folder can't be made.
    """
    source = resources.data_folder(case)
    known = {path.parent.name for path in resources.data_folder("").glob("*/review.yaml")}
    if case not in known:
        raise UnknownName("case", case, known)
    try:
        if folder.exists() and not folder.is_dir():
            raise UsageError(f'"{folder}" is a file. Name a new folder: nothing is overwritten.')
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(f'"{folder}" is not empty. Name a new folder: nothing is overwritten.')
        shutil.copytree(
            source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".kg"),
            copy_function=shutil.copyfile,
        )  # fmt: skip
    except OSError as error:
        reason = error.strerror or "some files could not be copied"
        raise CannotWrite(
            f'"{folder}" can\'t be written ({reason}). Name a folder that you may write to.'
        ) from None
    return folder
