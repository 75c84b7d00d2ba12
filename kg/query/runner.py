"""Running SPARQL on a store, and the plain tables that come back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Variable,
)

from kg.errors import BadQuery, shorten
from kg.terms import plain

if TYPE_CHECKING:
    import polars

__all__ = ["Rows", "Term", "run_query", "run_update"]

Term = NamedNode | Literal | BlankNode
_REFUSED = re.compile(r"(?<![\w?$:.-])(SERVICE|LOAD|FROM)(?![\w:.-])", re.IGNORECASE)
_QUOTED = re.compile(
    r'"""(?:.|\n)*?"""|\'\'\'(?:.|\n)*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*'
)


@dataclass(frozen=True)
class Rows:
    """A table of answers: plain strings, an empty string where nothing is bound.

    Attributes:
        columns: Names of the columns, in the order of the query.
        rows: One tuple a row, in the order of the query; empty, never None.
        terms: The same rows as RDF terms (None where nothing is bound).
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    terms: tuple[tuple[Term | None, ...], ...] = ()

    def as_dicts(self) -> list[dict[str, str]]:
        """Return the rows as dictionaries from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_polars(self) -> polars.DataFrame:
        """Return the rows as a polars data frame of strings."""
        import polars as pl

        return pl.DataFrame(list(self.rows), schema=list(self.columns), orient="row")


def run_query(store: Store, text: str, values: Mapping[str, Term] | None = None) -> Rows:
    """Return the answer of a SELECT, ASK or CONSTRUCT as rows.

    The default graph is the store's default graph: ontology, passing rows and entailed triples.

    Args:
        store: Store to ask.
        text: SPARQL 1.1 query.
        values: Variable name → term that is put in its place; the variable must be a column.

    Raises:
        BadQuery: The text can't be parsed, or asks for SERVICE, FROM or LOAD.
    """
    found = _REFUSED.search(_QUOTED.sub(" ", text))
    if found:
        raise BadQuery(f"{found[0].upper()} is refused: queries read this workspace only.")
    substitutions: dict[Variable, Any] = {Variable(n): v for n, v in (values or {}).items()}
    try:
        answer = store.query(text, substitutions=substitutions)
        return _rows(answer)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise BadQuery(f"The query can't be run: {shorten(str(error), 300)}") from None


def _rows(answer: QuerySolutions | QueryBoolean | QueryTriples) -> Rows:
    if isinstance(answer, QueryBoolean):
        return Rows(("answer",), (("true" if answer else "false",),))
    if isinstance(answer, QueryTriples):
        terms = tuple((t.subject, t.predicate, t.object) for t in answer)
        columns: tuple[str, ...] = ("subject", "predicate", "object")
    else:
        columns = tuple(v.value for v in answer.variables)
        terms = tuple(tuple(s[v] for v in columns) for s in answer)
    return Rows(columns, tuple(tuple(map(plain, t)) for t in terms), terms)


def run_update(store: Store, text: str) -> None:
    """Run one shipped INSERT or DELETE on a store.

    Caution: only for queries that are shipped; what users write never comes here.
    """
    store.update(text)
