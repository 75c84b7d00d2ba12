"""A knowledge graph for qualitative evidence synthesis that lets evidence travel.

    cli                            faces: parse, call one verb, show
    workspace                      the verbs; the only thing faces import
    cluster                        the same work on Spark
    reports · exports · imports ·
    remote                         pages for people, files out, files in; stores elsewhere
    synthesis · networks ·
    appraisal                      carry, why, robustness, gaps; graphs; agreement, differences
    checks · reasoning             the shapes and rules at work
    columns                        tables as Parquet, and what DuckDB counts in them
    query                          the query library and its runner
    sources                        tables ⇄ quads
    store                          the cache
    schema                         shapes → tables, columns, messages
    terms · resources · errors ·
    progress                       IRIs; where shipped files are; the error tree; how far work is

The elements above depend on the elements below, never the reverse; elements on one line do not
import one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import DataFaults, Fault, KgError, MachineryError, UsageError

if TYPE_CHECKING:
    from kg.workspace import Workspace

    __version__: str

__all__ = ["DataFaults", "Fault", "KgError", "MachineryError", "UsageError", "Workspace"]


def __getattr__(name: str) -> Any:
    """Load what takes time to load when it is first asked for: ``kg --help`` needs none of it."""
    if name == "Workspace":
        from kg.workspace import Workspace

        return Workspace
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("collective-efficacy-kg")
        except PackageNotFoundError:  # a checkout that is not installed
            return "0+unknown"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
