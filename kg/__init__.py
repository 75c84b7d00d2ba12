"""A knowledge graph for qualitative evidence synthesis that lets evidence travel.

    cli                            faces: parse, call one verb, show
    workspace                      the verbs; the only thing faces import
    exports                        files out
    synthesis                      carry, why, robustness, gaps
    checks · reasoning             the shapes and rules at work
    query                          the query library and its runner
    sources                        tables ⇄ quads
    store                          the cache
    schema                         shapes → tables, columns, messages
    terms · resources · errors     IRIs; where shipped files are; the error tree

The elements above depend on the elements below, never the reverse; elements on one line do not
import one another.
"""

from importlib.metadata import PackageNotFoundError, version

from kg.errors import DataFaults, Fault, KgError, MachineryError, UsageError
from kg.workspace import Workspace

try:
    __version__ = version("collective-efficacy-kg")
except PackageNotFoundError:  # imported from a checkout that is not installed
    __version__ = "0+unknown"

__all__ = ["DataFaults", "Fault", "KgError", "MachineryError", "UsageError", "Workspace"]
