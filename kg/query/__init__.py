"""The query library and its runner."""

from kg.query.library import Query, get_query, list_queries, read_query
from kg.query.runner import (
    Rows,
    Term,
    copy_properties,
    find_form,
    read_answer,
    run_query,
    run_update,
)

__all__ = [
    "Query",
    "Rows",
    "Term",
    "copy_properties",
    "find_form",
    "get_query",
    "list_queries",
    "read_answer",
    "read_query",
    "run_query",
    "run_update",
]
