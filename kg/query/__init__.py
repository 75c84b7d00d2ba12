"""The query library and its runner."""

from kg.query.library import Query, get_query, list_queries, read_query
from kg.query.runner import Rows, Term, run_query, run_update

__all__ = [
    "Query",
    "Rows",
    "Term",
    "get_query",
    "list_queries",
    "read_query",
    "run_query",
    "run_update",
]
