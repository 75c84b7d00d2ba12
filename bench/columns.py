"""How fast what is counted over all evidence is: SPARQL on the store, DuckDB in its columns.

    python -m bench.columns --studies 2000
    python -m bench.columns --studies 20000 --times 10     and the columns ten times over

Every round asks both once; a figure is the median of the processor seconds, the start of DuckDB
and the opening of its files included. What is repeated is renamed: every copy has studies, reports,
populations, settings, findings, bearings, constructs and quotations of its own, kept in 64 parts
or so; concepts, conditions, targets and claims stay as they are. Nothing of that size is
built: there only DuckDB answers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import polars as pl

from bench.generate import generate
from bench.plan import Size
from bench.table import HEAD, Goal, Line, show_line
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


def measure(studies: int, times: int = 0) -> Iterator[Line]:
    """Yield both times of each measure, and with every study so many times those of DuckDB.

    Raises:
        SystemExit: The answers differ in their number of rows.
    """
    with TemporaryDirectory() as place:
        folder, columns, repeated = (Path(place, name) for name in ("it", "columns", "repeated"))
        generate(folder, Size(studies), 7)
        built = build(folder)
        write_columns(built.store, built.review.base, columns)
        for kind, name in list_measures():
            text = get_query(kind, name).text
            if len(run_query(built.store, text).rows) != len(run_measure(columns, kind, name).rows):
                sys.exit(f"{name}: the answers differ")
            ours, theirs, ratio = time_pair(
                partial(time_job, partial(run_measure, columns, kind, name)),
                partial(time_job, partial(run_query, built.store, text)),
                ROUNDS,
            )
            yield Line(f"{name}, DuckDB", f"{studies:,} studies", ours, "SPARQL", theirs, ratio)
        if times:
            number = repeat(columns, repeated, times)
            for kind, name in list_measures():
                job = partial(run_measure, repeated, kind, name)
                ours = median(time_job(job) for _ in range(ROUNDS))
                size = f"{number:,} studies, repeated"
                yield Line(f"{name}, DuckDB", size, ours, goal=Goal(1, "s"))


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
    """Print one line a measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--studies", type=int, default=2000)
    parser.add_argument("--times", type=int, default=0)
    given = parser.parse_args()
    print(show_line(HEAD))
    for line in measure(given.studies, given.times):
        print(show_line(line.cells()), flush=True)


if __name__ == "__main__":
    main()
