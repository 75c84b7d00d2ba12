"""The check queries: rules that SHACL can't say well, judged on the finished store.

Each is a SELECT of ``?this ?path ?value`` that must return no rows; its header says problem,
principle, remedy and severity.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.checks.locator import Locator
from kg.errors import Fault
from kg.query import get_query, list_queries, run_query
from kg.store import Store
from kg.terms import plain

__all__ = ["Violation", "check_store", "describe_violations"]


class Violation(NamedTuple):
    """One row of a check query.

    Attributes:
        query: Name of the query.
        this: IRI of the node with which something is wrong.
        path: IRI of the property.
        value: The value, in N-Triples.
    """

    query: str
    this: str
    path: str
    value: str


def check_store(store: Store) -> list[Violation]:
    """Return what the check queries find in a store, entailed and carried included."""
    return [
        Violation(query.name, plain(this), plain(path), str(value))
        for query in list_queries("check")
        for this, path, value in run_query(store, query.text).terms
    ]


def describe_violations(found: Iterable[Violation], locator: Locator) -> list[Fault]:
    """Return the faults that rows of check queries are, with the cells that they stand in."""
    faults = []
    for name, this, path, value in found:
        fields = get_query("check", name).fields
        table, row, column, before = locator.describe(this, path)
        message = f"{before}{fields['problem']} {fields['remedy']}"
        severity, shown = fields["severity"], locator.show(value)
        faults.append(Fault(table, row, column, name, severity, shown, message))
    return faults
