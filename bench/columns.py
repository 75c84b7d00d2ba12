"""How fast what is counted over all evidence is: SPARQL on the store, DuckDB in its columns.

    python -m bench.columns DIR [DIR …]          built workspaces, for example of 2,000 studies
    python -m bench.columns DIR --times 10       and the columns of the last one, ten times over

Every round asks both once; a figure is the median of the processor seconds, the start of DuckDB
and the opening of its files included. What is repeated is renamed: every copy has studies, reports,
populations, settings, findings, bearings, constructs and quotations of its own, kept in 64 parts
or so; concepts, conditions, targets and claims stay as they are. Nothing of that size is
built: there only DuckDB answers.
"""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import polars as pl

from bench.timing import time_job, time_pair
from kg.columns import (
    STUDY,
    TABLES,
    list_measures,
    read_columns,
    run_measure,
    write_columns,
    write_rows,
)
from kg.query import get_query, run_query
from kg.store import Store
from kg.workspace.build import build

ROUNDS = 3
PARTS = 64
# Columns that hold ids of what a copy has of its own.
OWN = {
    "bearings": ("id", "study", "finding"),
    "constructs": ("id", "study", "findings"),
    "evidence": ("removed", "link"),
    "findings": ("id", "study", "settings", "applies_to"),
    "populations": ("id",),
    "quotations": ("id", "study", "report", "of"),
    "reports": ("id",),
    "settings": ("id",),
    "studies": ("id", "reports", "settings", "populations", "counted_as", "shares_sample_with"),
}


def compare(store: Store, columns: Path) -> None:
    """Print both times of each measure.

    Raises:
        SystemExit: The answers differ in their number of rows.
    """
    for kind, name in list_measures():
        text = get_query(kind, name).text
        if len(run_query(store, text).rows) != len(run_measure(columns, kind, name).rows):
            sys.exit(f"{name}: the answers differ")
        sparql, duck, ratio = time_pair(
            partial(time_job, partial(run_query, store, text)),
            partial(time_job, partial(run_measure, columns, kind, name)),
            ROUNDS,
        )
        print(f"  {name:14}{sparql:12.3f}{duck:12.3f}{ratio:10.1f}")


def repeat(columns: Path, folder: Path, times: int) -> int:
    """Write columns with every study several times, and return the number of studies."""
    studies, share = 0, max(1, PARTS // times)
    for table in TABLES:
        frame = read_columns(columns, table)
        for number in range(times if table in OWN else 1):
            copy = frame.with_columns(_rename(frame, table, number)) if table in OWN else frame
            if table not in STUDY:
                write_rows(folder / table, f"all-{number}", copy)
                continue
            key = "study" if "study" in copy.columns else "id"
            order = copy[key].rank("dense").fill_null(0).cast(pl.Int64)
            order = order * share // (order.n_unique() + 1)
            parts = copy.with_columns(part=order).partition_by("part", include_key=False)
            for part, rows in enumerate(parts):
                write_rows(folder / table, f"{number}-{part}", rows)
            studies += len(copy) if table == "studies" else 0
    return studies


def _rename(frame: pl.DataFrame, table: str, number: int) -> list[pl.Expr]:
    if number == 0:
        return []
    mark = pl.lit(f"-{number}")
    return [
        pl.col(name).list.eval(pl.element() + mark) if frame.schema[name] == pl.List
        else pl.col(name) + mark
        for name in (*OWN[table], *({"iri"} & set(frame.columns)))
    ]  # fmt: skip


def main() -> None:
    """Measure, and print one block a workspace."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--times", type=int, default=0)
    given = parser.parse_args()
    with TemporaryDirectory() as place:
        for number, folder in enumerate(given.folders):
            built, columns = build(folder), Path(place, str(number))
            seconds = time_job(partial(write_columns, built.store, built.review.base, columns))
            print(f"{folder.name}: {len(built.store)} quads, columns written in {seconds:.1f} s")
            print(f"  {'CPU s':14}{'SPARQL':>12}{'DuckDB':>12}{'ratio':>10}")
            compare(built.store, columns)
        if given.times:
            folder = Path(place, "repeated")
            studies = repeat(columns, folder, given.times)
            files = sum(1 for _ in folder.rglob("*.parquet"))
            size = sum(p.stat().st_size for p in folder.rglob("*.parquet")) / 1e6
            print(f"{studies} studies, repeated: {files} files, {size:.0f} MB")
            for kind, name in list_measures():
                start = time.perf_counter()
                job = partial(run_measure, folder, kind, name)
                duck = median(time_job(job) for _ in range(ROUNDS))
                wall = (time.perf_counter() - start) / ROUNDS
                print(f"  {name:14}{'':12}{duck:12.3f}  wall {wall:.3f}")


if __name__ == "__main__":
    main()
