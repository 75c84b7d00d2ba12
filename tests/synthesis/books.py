"""The workspaces that hold the cases, each built once."""

from collections.abc import Callable
from functools import cache

from tests.synthesis.cases import Book
from tests.synthesis.evidence import add_evidence
from tests.synthesis.precedence import add_pairs, add_single, add_undetermined_pairs
from tests.synthesis.preconditions import add_preconditions
from tests.synthesis.quarantine import add_left_out, add_misspelt_concept, add_own_kind
from tests.synthesis.result import add_results
from tests.synthesis.table import add_screened_out, add_table
from tests.synthesis.targets import add_targets

__all__ = ["BOOKS", "get_book"]

# Workspace → what it holds. Faults are in "left out" and "misspelt concept" only.
BOOKS: dict[str, tuple[Callable[[Book], None], ...]] = {
    "main": (add_table, add_single, add_pairs, add_evidence, add_preconditions, add_results),
    "targets": (add_targets,),
    "left out": (add_screened_out, add_undetermined_pairs, add_left_out),
    "misspelt concept": (add_misspelt_concept,),
    "own kind": (add_own_kind,),
}


@cache
def get_book(name: str) -> Book:
    """Return one of the workspaces with its cases."""
    book = Book()
    for add in BOOKS[name]:
        add(book)
    ids = [case.id for case in book.cases]
    assert len(set(ids)) == len(ids), "a case id stands twice"
    return book
