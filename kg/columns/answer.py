"""Answers of queries as columns, read from the store in bulk.

`kg.columns`. The engine writes the whole answer of a query and polars reads it: no Python object
stands for a cell, so that a million rows take the memory of their text. Only what passed the checks
is read, because only that stands in the default graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.schema import Column, load_schema
from kg.store import Store
from kg.terms import RDF_TYPE

if TYPE_CHECKING:
    import polars

__all__ = [
    "find_labels",
    "list_values",
    "read_answer",
    "read_choice",
    "read_column",
    "read_facts",
    "read_labels",
    "read_property",
    "read_rows",
]


def read_answer(store: Store, text: str, *columns: str) -> polars.DataFrame:
    """Return the answer of a SELECT of ours as distinct rows of text, sorted; "" is unbound.

    Args:
        store: A built store.
        text: SPARQL; it selects the variables that ``columns`` names.
        columns: Names of the columns.
    """
    import polars as pl

    with TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder, "answer.csv")  # its extension tells the engine the form
        store.query(text).serialize(str(path))
        found = pl.read_csv(path, infer_schema=False).fill_null("")
    return found.select(columns).unique().sort(columns)


def list_values(name: str, iris: Iterable[str] | None) -> str:
    """Return a VALUES clause that binds a variable to these IRIs; "" for None: whatever it is."""
    return "" if iris is None else f"VALUES ?{name} {{ {' '.join(f'<{i}>' for i in iris)} }}"


def read_rows(store: Store, table: str) -> polars.DataFrame:
    """Return the column "row": the IRIs of the rows of a table."""
    cls = load_schema().tables[table].cls
    return read_answer(store, f"SELECT ?row WHERE {{ ?row a <{cls}> }}", "row")


def read_property(store: Store, path: str, rows: Iterable[str] | None = None) -> polars.DataFrame:
    """Return "row" and "value": whatever has a property, or of these rows those that have it."""
    text = f"SELECT ?row ?value WHERE {{ {list_values('row', rows)} ?row <{path}> ?value }}"
    return read_answer(store, text, "row", "value")


def read_facts(store: Store, rows: Iterable[str]) -> dict[str, polars.DataFrame]:
    """Return IRI of a property → "row" and "value" of those of these rows that have it."""
    text = f"SELECT ?row ?path ?value WHERE {{ {list_values('row', rows)} ?row ?path ?value }}"
    found = read_answer(store, text, "path", "row", "value")
    parts = found.partition_by("path", as_dict=True, include_key=False)
    return {str(path): facts for (path,), facts in parts.items()}


def read_column(store: Store, table: str, column: str) -> polars.DataFrame:
    """Return "row" and "value": IRIs of rows, and what stands in a column of them.

    Caution: rows of another table that has the same property are there, too.
    """
    found = load_schema().tables[table].find(column)
    assert found is not None, (table, column)
    return read_property(store, found.path)


def read_labels(store: Store, table: str, column: str = "label") -> polars.DataFrame:
    """Return "row" and "value" of a column of text of which a row has one, the first by text."""
    import polars as pl

    return read_column(store, table, column).group_by("row").agg(pl.col("value").min()).sort("row")


def find_labels(column: Column) -> dict[str, str]:
    """Return IRI → label of a closed list."""
    return {column.choices[label.lower()]: label for label in column.labels}


def read_choice(store: Store, table: str, column: str) -> polars.DataFrame:
    """Return "row" and "value" of a column with a closed list: IRIs of rows, and labels."""
    import polars as pl

    found = load_schema().tables[table].find(column)
    assert found is not None, (table, column)
    meant = find_labels(found)
    if found.path == RDF_TYPE:
        values = list_values("value", meant)
        text = f"SELECT ?row ?value WHERE {{ {values} ?row a ?value }}"
        rows = read_answer(store, text, "row", "value")
    else:
        rows = read_column(store, table, column)
    return (
        rows.filter(pl.col("value").is_in(list(meant)))
        .with_columns(pl.col("value").replace_strict(meant, return_dtype=pl.String))
        .sort("row", "value")
    )
