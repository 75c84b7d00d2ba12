"""Files out of a workspace: some are written from the tables, the others from the built store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.columns import TABLES, export_columns, read_columns, read_table
from kg.errors import UnknownName
from kg.exports import export, find_losses
from kg.store import write_text
from kg.workspace.built import Built
from kg.workspace.find import find_targets
from kg.workspace.refi import export_refi, find_refi_losses, is_refi
from kg.workspace.start import export_workbook

if TYPE_CHECKING:
    import polars

    from kg.workspace import Workspace

__all__ = ["export_file", "find_file_losses", "read_columns_of"]


def export_file(workspace: Workspace, path: Path, carried: str = "") -> Path:
    """Write a file whose extension decides the format, and return its path.

    Args:
        workspace: The workspace; it is built only for what is written from the store.
        path: The file.
        carried: Id of the target whose carried claims are wanted as well, "all", or "".

    Raises:
        UsageError: The extension is not known, or can't hold what is asked for.
        UnknownName: There is no such target.
        CannotWrite: The file can't be written.
    """
    if is_refi(path):
        return export_refi(workspace.folder, path, carried)
    if _is_workbook(path):
        return export_workbook(workspace.folder, path, carried)
    targets = find_targets(workspace.built, carried) if carried else []
    store, review = workspace.built.store, workspace.built.review
    if _is_columns(path):
        export_columns(store, review.base, path, targets, workspace.built.columns)
        return path
    write_text(path, export(store, path.name, review.base, targets, review.title))
    return path


def find_file_losses(workspace: Workspace, path: Path) -> tuple[str, ...]:
    """Return a sentence for each value that a file with this name can't hold as it is."""
    if is_refi(path):
        return find_refi_losses(workspace.folder, path)
    return (
        ()
        if _is_workbook(path) or _is_columns(path)
        else find_losses(workspace.built.store, path.name)
    )


def read_columns_of(built: Built, table: str) -> polars.DataFrame:
    """Return a table as columns, from those beside the store or else from the store.

    Raises:
        UnknownName: There is no such file among the columns.
    """
    if table not in TABLES:
        raise UnknownName("table of columns", table, TABLES)
    if built.columns:
        return read_columns(built.columns, table)
    return read_table(built.store, built.review.base, table)


def _is_columns(path: Path) -> bool:
    return path.suffix.lower() == ".parquet"


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx"
