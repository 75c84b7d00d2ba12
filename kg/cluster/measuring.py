"""Measures: columns batch by batch, counted in by DuckDB; statistics of personal networks.

`kg.cluster`. A row of the columns is written by the batch that the row is in. What is carried is
written once. A personal network lies whole in one batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.checks import Dissent, Locator, find_row, place_lines
from kg.cluster.carrying import Facts, Passing, open_store
from kg.cluster.dataset import group
from kg.cluster.judging import Runner
from kg.columns import (
    COMPUTED,
    find_id,
    find_tables,
    list_measures,
    read_table,
    run_measure,
    write_rows,
)
from kg.networks import find_co_occurrence, find_statistics, hide_ties, read_personal_networks
from kg.query import Rows
from kg.sources import Part
from kg.store import Store, load_quads

if TYPE_CHECKING:
    import polars

__all__ = ["find_personal", "list_tables", "measure_columns"]

_TOGETHER = 8  # batches in a task: a hundred small queries are asked in each
_PERSONAL = {"alters", "egos", "ties"}


def list_tables() -> tuple[str, ...]:
    """Return the files of columns that some measure reads, sorted."""
    return tuple(sorted({t for kind, name in list_measures() for t in find_tables(kind, name)}))


def measure_columns(
    passing: Passing, facts: Facts, folder: Path, runner: Runner
) -> dict[str, Rows]:
    """Return the answer of each measure, by name.

    Args:
        passing: What counts.
        facts: All facts, claims written with their evidence.
        folder: Folder in which the columns are written.
        runner: What runs a function on batches.

    Raises:
        CannotWrite: The folder can't be written.
    """
    base = passing.dataset.review.base
    tasks = group(range(passing.dataset.batches), _TOGETHER)
    written = runner.run(_read_tables, passing, tasks, "writing columns")
    for number, frames in enumerate(written):
        for table, frame in frames.items():
            write_rows(folder / table, f"{number:06}", frame)
    for table in set(list_tables()) & {*COMPUTED}:
        write_rows(folder / table, "all", read_table(facts.store, base, table))
    found = {name: run_measure(folder, kind, name) for kind, name in list_measures()}
    found["co-occurrence"] = _find_pairs(facts.store, folder)
    del found["occurrences"]  # what co-occurrence is counted from
    return {name: _name(rows, base) if name == "reliance" else rows for name, rows in found.items()}


def _name(rows: Rows, base: str) -> Rows:
    """Return what rests on each study with ids, in the order in which commands show it."""
    named = [(kind, find_id(iri, base), *rest) for kind, iri, *rest in rows.rows]
    named.sort(key=lambda r: (r[0] != "study", -int(r[3]), -int(r[2]), r[1]))
    return replace(rows, rows=tuple(named))


def _find_pairs(store: Store, columns: Path) -> Rows:
    network = find_co_occurrence(store, columns)
    names = ("one", "other", "studies", "through")
    edges = ((e.source, e.target, e.data["weight"], e.data["through"]) for e in network.edges())
    return Rows(names, tuple(tuple(map(str, edge)) for edge in edges))


def _read_tables(passing: Passing, numbers: tuple[int, ...]) -> dict[str, polars.DataFrame]:
    """Return table → the rows of some batches that count."""
    import polars as pl

    batches = [passing.dataset.read_batch(number) for number in numbers]
    own = {row for batch in batches for row in batch.rows}
    base = passing.dataset.review.base
    parts = [p for b in batches for p in (*b.evidence, *b.others, *b.near)]
    store = open_store(parts, passing)
    scanned: dict[str, pl.DataFrame] = {}
    found = {}
    for table in list_tables():
        if table not in COMPUTED:
            frame = read_table(store, base, table, scanned=scanned)
            is_own = [bool(find_row(iri, own)) for iri in frame["iri"]]
            found[table] = frame.filter(pl.Series(is_own, dtype=pl.Boolean))
    return found


def find_personal(passing: Passing, runner: Runner) -> polars.DataFrame:
    """Return the statistics of the personal networks, one row a person."""
    import polars as pl

    tasks = range(passing.dataset.batches)
    found = [f for f in runner.run(_find_statistics, passing, tasks, "measuring networks") if f]
    frames: list[pl.DataFrame] = [frame for frame, _ in found]
    statistics = pl.concat(frames or [_measure(passing, [])[0]]).sort("row")
    return statistics if any(ties for _, ties in found) else hide_ties(statistics)


def _find_statistics(passing: Passing, number: int) -> tuple[polars.DataFrame, int] | None:
    """Return the statistics of the networks in a batch, and how many ties are in it."""
    batch = passing.dataset.read_batch(number)
    parts = [part for part in batch.others if part.name in _PERSONAL or not part.rows]
    return _measure(passing, parts) if parts else None


def _measure(passing: Passing, parts: list[Part]) -> tuple[polars.DataFrame, int]:
    store = Store()
    load_quads(store, _place(replace(passing, common=parts)))
    networks = read_personal_networks(store)
    return find_statistics(networks, tied=True), len(networks.ties)


def _place(passing: Passing) -> Iterator[bytes]:
    """Yield what a batch says, each line in its graph as well: also of rows that stay out."""
    locator = Locator(passing.common, passing.schema)
    dissent = Dissent(passing.dissent, locator)
    base = passing.dataset.review.base
    return place_lines(passing.common, passing.out, dissent, locator, base)
