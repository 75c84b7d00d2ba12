"""The check queries: rules that SHACL can't say well, judged on the finished store.

Each is a SELECT of ``?this ?path ?value`` that must return no rows; its header says problem,
principle, remedy and severity.
"""

from __future__ import annotations

from pyoxigraph import Store

from kg.checks.judgement import Locator
from kg.errors import Fault
from kg.query import list_queries, run_query
from kg.terms import local_name

__all__ = ["check_store"]


def check_store(store: Store, locator: Locator) -> list[Fault]:
    """Return the faults that the check queries find in a store, entailed and carried included."""
    faults = []
    for query in list_queries("check"):
        for row in run_query(store, query.text).as_dicts():
            table, number = locator.place(row["this"])
            column = next(
                (
                    c.name
                    for c in (locator.schema.tables[table].columns if table else ())
                    if c.path == row["path"]
                ),
                local_name(row["path"]),
            )
            faults.append(
                Fault(
                    table or local_name(row["this"]), number, column, query.name,
                    query.fields.get("severity", "error"), local_name(row["value"]),
                    f"{query.fields.get('problem', query.summary)} "
                    f"{query.fields.get('remedy', '')}".strip(),
                )
            )  # fmt: skip
    return faults
