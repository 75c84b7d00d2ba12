"""Columns for analysis: tables as Parquet, and the measures that DuckDB finds in them.

Above queries, below all that counts. A store answers what is asked of a few rows; what counts over
all rows is faster in columns, where there are many. ``write_columns`` writes them at build,
``find_measure`` answers from them where they are, and in SPARQL where they are not.
"""

from kg.columns.answer import read_answer, read_choice, read_column, read_labels, read_rows
from kg.columns.folder import (
    LARGE,
    REST,
    export_columns,
    read_columns,
    replace_studies,
    write_columns,
    write_rows,
)
from kg.columns.measure import find_measure, find_tables, list_measures, run_measure
from kg.columns.name import find_id
from kg.columns.table import CARRIED, COMPUTED, SHARED, STUDY, TABLES, read_table

__all__ = [
    "CARRIED",
    "COMPUTED",
    "LARGE",
    "REST",
    "SHARED",
    "STUDY",
    "TABLES",
    "export_columns",
    "find_id",
    "find_measure",
    "find_tables",
    "list_measures",
    "read_answer",
    "read_choice",
    "read_column",
    "read_columns",
    "read_labels",
    "read_rows",
    "read_table",
    "replace_studies",
    "run_measure",
    "write_columns",
    "write_rows",
]
