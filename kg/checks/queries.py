"""The check queries: rules that SHACL can't say well, judged on the finished store.

Each is a SELECT of ``?this ?path ?value`` that must return no rows; its header says problem,
principle, remedy and severity.
"""

from __future__ import annotations

from kg.checks.locator import Locator
from kg.errors import Fault
from kg.query import list_queries, run_query
from kg.store import Store
from kg.terms import plain

__all__ = ["check_store"]


def check_store(store: Store, locator: Locator) -> list[Fault]:
    """Return the faults that the check queries find in a store, entailed and carried included."""
    faults = []
    for query in list_queries("check"):
        message = f"{query.fields['problem']} {query.fields['remedy']}"
        for this, path, value in run_query(store, query.text).terms:
            table, row, column, before = locator.describe(plain(this), plain(path))
            faults.append(
                Fault(table, row, column, query.name, query.fields["severity"],
                      locator.show(str(value)), before + message)
            )  # fmt: skip
    return faults
