"""Measures: a query that is answered by DuckDB where there are columns, and by SPARQL otherwise.

`kg.columns`. Both texts stand beside one another, ``NAME.rq`` and ``NAME.sql``; what is asked and
what the columns of the answer mean is written in the first only, and tests compare the answers.
DuckDB reads the columns and nothing else: no network, no extension, no other file.
"""

from __future__ import annotations

import re
from functools import cache
from glob import escape
from pathlib import Path

from kg import resources
from kg.columns.table import TABLES
from kg.query import Rows, get_query, run_query
from kg.store import Store

__all__ = ["find_measure", "find_tables", "list_measures", "run_measure"]

_WORD = re.compile(r"\w+")
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "2GiB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


@cache
def list_measures() -> tuple[tuple[str, str], ...]:
    """Return (kind, name) of every query that has a twin in SQL."""
    folder = resources.query_folder("")
    return tuple(sorted((p.parent.name, p.stem) for p in folder.glob("*/*.sql")))


def find_measure(store: Store, kind: str, name: str, columns: Path | None = None) -> Rows:
    """Return the answer of a shipped query, by DuckDB if there are columns.

    Columns are a cache: where they are damaged the store answers.

    Args:
        store: A built store.
        kind: Folder of the query.
        name: Its name.
        columns: Folder of the columns of this store, or None.
    """
    query = get_query(kind, name)
    if columns is not None:
        import duckdb

        try:
            return run_measure(columns, kind, name)
        except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
            raise  # the text is wrong, not what it reads
        except duckdb.Error:
            pass
    return run_query(store, query.text)


def _read_text(kind: str, name: str) -> str:
    return (resources.query_folder(kind) / f"{name}.sql").read_text(encoding="utf-8")


def find_tables(kind: str, name: str) -> list[str]:
    """Return the files of columns that a measure reads, sorted."""
    return sorted({*TABLES} & {*_WORD.findall(_read_text(kind, name))})


def run_measure(columns: Path, kind: str, name: str) -> Rows:
    """Return the answer that DuckDB gives, in the form of the answer in SPARQL."""
    import duckdb

    text = _read_text(kind, name)
    folder = str(columns.resolve()).replace("'", "''")
    pattern = escape(folder)
    with duckdb.connect(config=_SETTINGS) as connection:
        connection.execute(f"SET allowed_directories = ['{folder}', '{pattern}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        for table in find_tables(kind, name):
            files = f"{pattern}/{table}/*.parquet"
            connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{files}')")
        answer = connection.execute(text)
        names = tuple(column[0] for column in answer.description or ())
        rows = tuple(tuple("" if v is None else str(v) for v in r) for r in answer.fetchall())
    return Rows(names, rows)
