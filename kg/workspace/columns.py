"""Columns beside a large store: written whole, or only the parts that a change reached.

Rows of studies are kept in parts, a study always in the same one; what is carried is replaced claim
by claim. Files that nothing reached are linked from the folder before, which takes no time.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from kg.columns import (
    CARRIED,
    LARGE,
    REST,
    SHARED,
    STUDY,
    TABLES,
    find_id,
    read_columns,
    read_table,
    replace_studies,
    write_columns,
    write_rows,
)
from kg.store import Snapshot, Store
from kg.workspace.judged import Judged
from kg.workspace.update import Updated

if TYPE_CHECKING:
    import polars

__all__ = ["keep_columns"]

_STUDIES, _MOST = 250, 64  # of a part, while there are no more parts than this


def keep_columns(
    held: Snapshot, judged: Judged, base: str, before: Snapshot | None, updated: Updated | None
) -> None:
    """Put columns beside a store that is large; a reader sees all of them or none.

    Args:
        held: The store.
        judged: What it was built from.
        base: Base IRI of the workspace.
        before: The store that it is a copy of.
        updated: What was changed in the copy.
    """
    if held.note["quads"] < LARGE:
        return
    new = held.columns.with_suffix(".columns.new")
    if before and updated and before.columns.is_dir():
        _Change(held.store, base, before.columns, new).write(updated)
    else:
        studies = [r for p in judged.locator.parts if p.name == "studies" for r in p.rows]
        number = min(_MOST, 1 + len(studies) // _STUDIES)
        parts = {study: _find_part(study, number) for study in studies}
        write_columns(held.store, base, new, parts=parts)
    new.rename(held.columns)


def _find_part(study: str, number: int) -> str:
    return f"{crc32(study.encode()) % number:02}"


class _Change:
    """Writes the columns of a changed store from those of the store before."""

    def __init__(self, store: Store, base: str, old: Path, new: Path) -> None:
        self._store, self._base, self._old, self._new = store, base, old, new

    def write(self, updated: Updated) -> None:
        self._write_studies(updated)
        for table in TABLES:
            if table in CARRIED and updated.claims is not None:
                self._write_claims(table, updated)
            elif table in CARRIED or (table in SHARED and table in updated.touched.tables):
                write_rows(self._new / table, "all", read_table(self._store, self._base, table))
            elif table not in STUDY:
                self._link(table, "all")

    def _write_studies(self, updated: Updated) -> None:
        """Write the parts again that hold a study which was reached; "" is for rows of none."""
        names = {path.stem for path in (self._old / "studies").glob("*.parquet")}
        reached: dict[str, list[str]] = {}
        for study in sorted(updated.touched.studies):
            name = _find_part(study, len(names) - 1) if study else REST
            reached.setdefault(name, []).extend([study] if study else [])
        for name in sorted(names):
            if name in reached:
                own = reached[name]
                replace_studies(self._store, self._base, self._old, self._new, name, own)
            else:
                for table in STUDY:
                    self._link(table, name)

    def _write_claims(self, table: str, updated: Updated) -> None:
        """Replace the rows of the claims that were worked out again."""
        import polars as pl

        if updated.trial is None or not updated.claims:
            self._link(table, "all")
            return
        again = [find_id(claim, self._base) for claim in updated.claims]
        claim = pl.col("transfer" if table == "statuses" else "claim").is_in(again)
        kept: polars.DataFrame = read_columns(self._old, table).filter(~claim)
        found = read_table(updated.trial, self._base, table).filter(claim)
        rows = pl.concat([kept, found])
        write_rows(self._new / table, "all", rows.sort(rows.columns))

    def _link(self, table: str, name: str) -> None:
        new = self._new / table / f"{name}.parquet"
        new.parent.mkdir(parents=True, exist_ok=True)
        os.link(self._old / table / new.name, new)
