"""Personal networks: what the tables say of each person's members and ties, and their statistics.

`kg.networks`. Which values a column can have comes from the shapes: a new kind of support work is
counted as soon as the shape has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.columns import (
    read_answer,
    read_choice,
    read_column,
    read_labels,
    read_rows,
)
from kg.networks.structure import count_values, find_structure
from kg.schema import load_schema
from kg.store import Store
from kg.terms import LEFT_OUT_GRAPH, QES

if TYPE_CHECKING:
    import polars

    from kg.networks.structure import Integers

__all__ = [
    "CHOICES",
    "MEASURES",
    "PersonalNetworks",
    "count_untied",
    "find_statistics",
    "hide_ties",
    "list_counts",
    "read_personal_networks",
]

CHOICES = ("relationship", "circle", "contact")
"""Columns of members of which each has one value; "support" may have several."""

MEASURES = ("size", "ties", "density", "effective size", "constraint")
"""Measures of structure, see :class:`kg.networks.structure.Structure`."""

_LEFT_OUT = f"""
SELECT ?ego ?row WHERE {{
  GRAPH <{LEFT_OUT_GRAPH}> {{ ?row a <{QES}LeftOutRow> }}
  {{ GRAPH ?table {{ ?row <{QES}alterOf> ?ego }} }}
  UNION
  {{ GRAPH ?table {{ ?row <{QES}tieFrom>|<{QES}tieTo> ?alter }}
     GRAPH ?other {{ ?alter <{QES}alterOf> ?ego }} }}
}}"""


@dataclass(frozen=True)
class PersonalNetworks:
    """All personal networks of a workspace, as data frames.

    Attributes:
        egos: One row a person, sorted by IRI: row, label, origin, left out (rows of members and
            ties of this network that have faults and are not in it).
        alters: One row a member, by person and then by IRI: row, ego (place of the person, from 0),
            label, and one column for each of :data:`CHOICES` (null: not known).
        support: alter (place of the member), value: one row for each kind of work it does.
        ties: one, other (places of two members), strength (null: not said); sorted, as entered.
    """

    egos: polars.DataFrame
    alters: polars.DataFrame
    support: polars.DataFrame
    ties: polars.DataFrame


def read_personal_networks(store: Store) -> PersonalNetworks:
    """Return all personal networks in a built store; data frames without rows if there is none."""
    import polars as pl

    left_out = read_answer(store, _LEFT_OUT, "ego", "row").group_by("ego").len("left out")
    egos = (
        read_rows(store, "egos")
        .join(_as(read_labels(store, "egos"), "label"), on="row", how="left")
        .join(_as(read_choice(store, "egos", "origin"), "origin"), on="row", how="left")
        .join(left_out, left_on="row", right_on="ego", how="left")
        .with_columns(pl.col("left out").fill_null(0).cast(pl.Int64))
        .sort("row")
    )
    places = egos.select("row").with_row_index("ego").with_columns(pl.col("ego").cast(pl.Int64))
    alters = (
        read_column(store, "alters", "ego")
        .join(places, left_on="value", right_on="row")
        .select("row", "ego")
        .join(_as(read_labels(store, "alters"), "label"), on="row", how="left")
    )
    for column in CHOICES:
        found = _as(read_choice(store, "alters", column), column).unique("row", keep="first")
        alters = alters.join(found, on="row", how="left")
    alters = alters.unique("row", keep="first", maintain_order=True).sort("ego", "row")
    members = alters.select("row").with_row_index("place")
    members = members.with_columns(pl.col("place").cast(pl.Int64))
    support = (
        read_choice(store, "alters", "support")
        .join(members, on="row")
        .select(pl.col("place").alias("alter"), "value")
        .sort("alter", "value")
    )
    return PersonalNetworks(egos, alters, support, _read_ties(store, members))


def _as(frame: polars.DataFrame, name: str) -> polars.DataFrame:
    return frame.rename({"value": name})


def _read_ties(store: Store, members: polars.DataFrame) -> polars.DataFrame:
    """Return the ties between members, by their places."""
    import polars as pl

    strength = read_labels(store, "ties", "strength").with_columns(
        pl.col("value").cast(pl.Int64, strict=False)
    )
    ties = read_column(store, "ties", "from")
    for column, end in (("from", "one"), ("to", "other")):
        ends = ties if column == "from" else read_column(store, "ties", column)
        named = ends.join(members, left_on="value", right_on="row")
        named = named.select("row", pl.col("place").alias(end))
        ties = named if column == "from" else ties.join(named, on="row")
    ties = ties.join(_as(strength, "strength"), on="row", how="left")
    return ties.select("one", "other", "strength").sort("one", "other", "strength")


@cache
def list_counts() -> tuple[tuple[str, str], ...]:
    """Return (column, value) of each count of members, in the order of the shapes.

    After the values of a column comes "not known"; after the kinds of support work "none recorded",
    because an empty cell there is no answer that was asked for.
    """
    table = load_schema().tables["alters"]
    found = []
    for column in (*CHOICES, "support"):
        closed = table.find(column)
        assert closed is not None, column
        rest = "none recorded" if column == "support" else "not known"
        found += [(column, value) for value in (*closed.labels, rest)]
    return tuple(found)


def find_statistics(networks: PersonalNetworks, *, tied: bool | None = None) -> polars.DataFrame:
    """Return one row a person: row, label, origin, left out, measures, counts of members.

    Measures are those of :data:`MEASURES`, counts those of :func:`list_counts` (named "column:
    value"). Null means not known: all of a network of which rows were left out, a measure that is
    not defined, and whatever rests on ties where no tie of anybody is recorded.

    Args:
        networks: The personal networks.
        tied: Whether a tie of anybody is recorded, where these are not all networks.
    """
    import numpy as np
    import polars as pl

    egos, ego_of = len(networks.egos), networks.alters["ego"].to_numpy()
    pairs = networks.ties.select("one", "other").to_numpy().T.astype(np.int64)
    found = find_structure(egos, ego_of.astype(np.int64), pairs)
    measures = networks.egos.with_columns(
        pl.Series("size", found.size),
        pl.Series("ties", found.ties),
        pl.Series("density", found.density),
        pl.Series("effective size", found.effective_size),
        pl.Series("constraint", found.constraint),
        *_count_members(networks),
    ).with_columns(pl.col(pl.Float64).fill_nan(None))
    known = pl.col("left out") == 0
    first = measures.columns.index("size")
    shown = measures.with_columns(
        pl.when(known).then(pl.col(name)).alias(name) for name in measures.columns[first:]
    )
    tied = len(networks.ties) > 0 if tied is None else tied
    return shown if tied else hide_ties(shown)


def hide_ties(statistics: polars.DataFrame) -> polars.DataFrame:
    """Return statistics without what rests on ties, where no tie of anybody is recorded."""
    import polars as pl

    return statistics.with_columns(
        pl.lit(None, statistics.schema[name]).alias(name) for name in MEASURES if name != "size"
    )


def _count_members(networks: PersonalNetworks) -> list[polars.Series]:
    """Return a series for each of :func:`list_counts`."""
    import numpy as np
    import polars as pl

    egos, alters = len(networks.egos), networks.alters
    ego_of = alters["ego"].to_numpy().astype(np.int64)
    series = []
    for column in (*CHOICES, "support"):
        values = [value for name, value in list_counts() if name == column]
        if column == "support":
            at = networks.support["alter"].to_numpy().astype(np.int64)
            idle = np.setdiff1d(np.arange(len(alters)), at)
            at = np.concatenate([at, idle])
            codes = _code(networks.support["value"], values)
            codes = np.concatenate([codes, np.full(len(idle), len(values) - 1)])
            counts = count_values(egos, ego_of[at], codes, len(values))
        else:
            counts = count_values(egos, ego_of, _code(alters[column], values), len(values))
        names = (f"{column}: {value}" for value in values)
        series += [pl.Series(n, counts[:, place]) for place, n in enumerate(names)]
    return series


def _code(found: polars.Series, values: list[str]) -> Integers:
    """Return the place of each value in the list; the last place where there is none."""
    import numpy as np
    import polars as pl

    places = {value: place for place, value in enumerate(values)}
    coded = found.replace_strict(places, default=len(values) - 1, return_dtype=pl.Int64)
    return coded.fill_null(len(values) - 1).to_numpy().astype(np.int64)


def count_untied(statistics: polars.DataFrame) -> int:
    """Return how many networks of two or more members have no tie between them recorded."""
    import polars as pl

    return len(statistics.filter((pl.col("size") > 1) & (pl.col("ties") == 0)))
