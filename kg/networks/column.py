"""Columns of tables, read from the store in bulk.

`kg.networks`. The engine writes the whole answer of a query and polars reads it: no Python object
stands for a cell, so that a million rows take the memory of their text. Only what passed the checks
is read, because only that stands in the default graph.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.schema import load_schema
from kg.store import Store
from kg.terms import RDF_TYPE

if TYPE_CHECKING:
    import polars

__all__ = ["read_answer", "read_choice", "read_column", "read_labels", "read_rows"]


def read_answer(store: Store, text: str, *columns: str) -> polars.DataFrame:
    """Return the answer of a SELECT of ours as distinct rows of text, sorted.

    Args:
        store: A built store.
        text: SPARQL; it selects the variables that ``columns`` names, all bound.
        columns: Names of the columns.
    """
    import polars as pl

    with TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder, "answer.csv")  # its extension tells the engine the form
        store.query(text).serialize(str(path))
        found = pl.read_csv(path, infer_schema=False).fill_null("")
    return found.select(columns).unique().sort(columns)


def read_rows(store: Store, table: str) -> polars.DataFrame:
    """Return the column "row": the IRIs of the rows of a table."""
    cls = load_schema().tables[table].cls
    return read_answer(store, f"SELECT ?row WHERE {{ ?row a <{cls}> }}", "row")


def read_column(store: Store, table: str, column: str) -> polars.DataFrame:
    """Return "row" and "value": IRIs of rows, and what stands in a column of them.

    Caution: rows of another table that has the same property are there, too.
    """
    found = load_schema().tables[table].find(column)
    assert found is not None, (table, column)
    text = f"SELECT ?row ?value WHERE {{ ?row <{found.path}> ?value }}"
    return read_answer(store, text, "row", "value")


def read_labels(store: Store, table: str, column: str = "label") -> polars.DataFrame:
    """Return "row" and "value" of a column of text of which a row has one, the first by text."""
    import polars as pl

    return read_column(store, table, column).group_by("row").agg(pl.col("value").min()).sort("row")


def read_choice(store: Store, table: str, column: str) -> polars.DataFrame:
    """Return "row" and "value" of a column with a closed list: IRIs of rows, and labels."""
    import polars as pl

    found = load_schema().tables[table].find(column)
    assert found is not None, (table, column)
    meant = {found.choices[label.lower()]: label for label in found.labels}
    if found.path == RDF_TYPE:
        values = " ".join(f"<{iri}>" for iri in meant)
        text = f"SELECT ?row ?value WHERE {{ VALUES ?value {{ {values} }} ?row a ?value }}"
        rows = read_answer(store, text, "row", "value")
    else:
        rows = read_column(store, table, column)
    return (
        rows.filter(pl.col("value").is_in(list(meant)))
        .with_columns(pl.col("value").replace_strict(meant, return_dtype=pl.String))
        .sort("row", "value")
    )
