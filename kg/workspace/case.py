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
    if not (source / "review.yaml").is_file() or "/" in case:
        raise UnknownName("case", case, (p.name for p in source.parent.iterdir() if p.is_dir()))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f'"{folder}" is not empty. Name a new folder: nothing is overwritten.')
    try:
        shutil.copytree(
            source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".kg"),
            copy_function=shutil.copyfile,
        )  # fmt: skip
    except OSError as error:
        raise CannotWrite(f'"{folder}" can\'t be written ({error.strerror}).') from error
    return folder
