"""A folder of columns: each file in parts, each part the rows of some studies.

`kg.columns`. ``FOLDER/findings/PART.parquet``: whoever builds decides which studies make a part,
and writes only the parts again of which a row, or what rules say of its study, changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.columns.name import find_id
from kg.columns.parquet import write_parquet
from kg.columns.table import CARRIED, STUDY, TABLES, read_table
from kg.progress import follow
from kg.store import Store, cannot_write, write_text

if TYPE_CHECKING:
    import polars

__all__ = [
    "LARGE",
    "REST",
    "export_columns",
    "read_columns",
    "replace_studies",
    "write_columns",
    "write_rows",
]

REST = "rest"
"""Name of the part that holds the rows of no study."""

LARGE = 500_000
"""Quads from which on a store has columns beside it, and DuckDB counts in them.

`bench/columns.py`: at 360,000 quads SPARQL takes 0.2 to 0.9 s and DuckDB, with its start, 0.3 to
0.4 s; at 3,000,000 it is 7 to 36 s and 0.4 to 0.7 s. Below, writing columns is not worth it.
"""


def write_columns(
    store: Store,
    base: str,
    folder: Path,
    *,
    tables: Iterable[str] = TABLES,
    parts: Mapping[str, str] | None = None,
) -> None:
    """Write columns of a built store, in one part or in those that are named.

    Args:
        store: A built store.
        base: Base IRI of the workspace.
        folder: Folder of the columns; it is made.
        tables: Names of :data:`kg.columns.TABLES`.
        parts: IRI of every study → name of the part that holds its rows; rows of no study go into
            the part "rest". None: everything goes into "all", as what is shared always does.

    Raises:
        CannotWrite: The folder can't be written.
    """
    scanned: dict[str, polars.DataFrame] = {}
    tables = list(tables)
    for table in follow("writing columns", "files", tables, len(tables)):
        frame = read_table(store, base, table, scanned=scanned)
        if parts is None or table not in STUDY:
            write_rows(folder / table, "all", frame)
            continue
        for name, rows in _split(frame, parts, base).items():
            write_rows(folder / table, name, rows)


def _split(
    frame: polars.DataFrame, parts: Mapping[str, str], base: str
) -> dict[str, polars.DataFrame]:
    """Return name of a part → its rows; each part is there, with or without rows."""
    import polars as pl

    part_of = {find_id(study, base): name for study, name in parts.items()}
    study = frame["study" if "study" in frame.columns else "id"]
    name = study.replace_strict(part_of, default=REST, return_dtype=pl.String).alias("part")
    split = frame.with_columns(name).partition_by(
        "part", as_dict=True, include_key=False, maintain_order=True
    )
    found = {str(key): rows for (key,), rows in split.items()}
    return {name: found.get(name, frame.clear()) for name in sorted({REST, *parts.values()})}


def replace_studies(
    store: Store, base: str, old: Path, new: Path, part: str, studies: Sequence[str]
) -> None:
    """Write a part again, in all files that are kept by study, with the rows of some studies anew.

    Args:
        store: A built store.
        base: Base IRI of the workspace.
        old: Folder of the columns before.
        new: Folder of the columns.
        part: Name of the part.
        studies: IRIs of the studies, which belong to this part if they are there; none for "rest",
            the rows of no study.

    Raises:
        CannotWrite: The folder can't be written.
    """
    import polars as pl

    again = [find_id(study, base) for study in studies]
    for table in STUDY:
        found = read_table(store, base, table, studies)
        if studies:
            study = pl.col("study" if "study" in found.columns else "id")
            kept = pl.read_parquet(old / table / f"{part}.parquet").filter(~study.is_in(again))
            found = pl.concat([kept, found]).sort("id")
        write_rows(new / table, part, found)


def write_rows(folder: Path, name: str, frame: polars.DataFrame) -> None:
    """Write ``NAME.parquet`` into a folder, which is made.

    Raises:
        CannotWrite: The folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    write_text(folder / f"{name}.parquet", write_parquet(frame))


def read_columns(folder: Path, table: str) -> polars.DataFrame:
    """Return the rows of all parts of a file, sorted as if it had been written in one."""
    import polars as pl

    found = pl.concat([pl.read_parquet(p) for p in sorted((folder / table).glob("*.parquet"))])
    return found.sort("id" if "id" in found.columns else found.columns)


def export_columns(
    store: Store,
    base: str,
    folder: Path,
    targets: Sequence[str] = (),
    columns: Path | None = None,
) -> None:
    """Write one file a table into a folder, from the store or from columns that are there.

    Args:
        store: A built store.
        base: Base IRI of the workspace.
        folder: The folder; what is carried and stands there from before is taken away.
        targets: IRIs of the target contexts whose claims and evidence are wanted as well.
        columns: Folder of the columns of this store, if it has any.

    Raises:
        CannotWrite: The folder can't be written.
    """
    scanned: dict[str, polars.DataFrame] = {}
    claims: list[str] = []
    for table in (*(t for t in TABLES if t not in CARRIED), *CARRIED):
        if table in CARRIED and not targets:
            (folder / f"{table}.parquet").unlink(missing_ok=True)
            continue
        if columns is None:
            frame = read_table(store, base, table, scanned=scanned)
        else:
            frame = read_columns(columns, table)
        if table == "statuses":
            wanted = [find_id(target, base) for target in targets]
            frame = frame.filter(frame["target"].is_in(wanted))
            claims = frame["transfer"].to_list()
        elif table == "evidence":
            frame = frame.filter(frame["claim"].is_in(claims))
        write_rows(folder, table, frame)
