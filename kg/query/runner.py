"""Running SPARQL on a store, and the plain tables that come back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
    parse,
    parse_query_results,
)

from kg.errors import BadQuery, shorten
from kg.terms import plain

if TYPE_CHECKING:
    import polars

__all__ = [
    "Rows",
    "Term",
    "copy_properties",
    "find_form",
    "read_answer",
    "run_query",
    "run_update",
]

Term = NamedNode | Literal | BlankNode
_REFUSED = re.compile(r"(?<![\w?$:.-])(SERVICE|LOAD|FROM)(?![\w:.-])", re.IGNORECASE)
_QUOTED = re.compile(
    r'"""(?:.|\n)*?"""|\'\'\'(?:.|\n)*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*'
)
_FORM = re.compile(
    r"(?<![\w?$:.-])(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|WITH|LOAD|CLEAR|CREATE|DROP|ADD|"
    r"MOVE|COPY)(?![\w:.-])",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?<![\w?$:.-])(LIMIT|OFFSET)(?![\w:.-])", re.IGNORECASE)
_TRIPLES = {"application/n-triples": RdfFormat.N_TRIPLES, "text/turtle": RdfFormat.TURTLE}
_RESULTS = ("application/sparql-results+json", "application/json")


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
        return _triples(answer)
    columns = tuple(v.value for v in answer.variables)
    terms = tuple(tuple(s[v] for v in columns) for s in answer)
    return Rows(columns, tuple(tuple(map(plain, t)) for t in terms), terms)


def _triples(answer: Iterable[Any]) -> Rows:
    terms = tuple((t.subject, t.predicate, t.object) for t in answer)
    columns = ("subject", "predicate", "object")
    return Rows(columns, tuple(tuple(map(plain, t)) for t in terms), terms)


def find_form(text: str) -> tuple[str, bool]:
    """Return the first word of SPARQL that says what a text does, and whether it cuts its rows.

    Example:
        >>> find_form("PREFIX select: <ask:> ASK { ?s ?p 'LIMIT' }")
        ('ASK', False)
    """
    bare = _QUOTED.sub(" ", text)
    found = _FORM.search(bare)
    return found[0].upper() if found else "", bool(_CUT.search(bare))


def read_answer(body: bytes, kind: str) -> Rows:
    """Return the rows in an answer of another store.

    Args:
        body: The answer, whole.
        kind: Its media type; SPARQL results in JSON, N-Triples and Turtle are read.

    Raises:
        ValueError: It is in another form, or not what it says that it is.
    """
    try:
        if kind in _TRIPLES:
            return _triples(q.triple for q in parse(body, _TRIPLES[kind]))
        if kind in _RESULTS:
            return _rows(parse_query_results(body, QueryResultsFormat.JSON))
    except (SyntaxError, ValueError, OSError, RuntimeError, UnicodeError) as error:
        raise ValueError(f"the answer can't be read ({shorten(str(error), 150)})") from None
    raise ValueError(f'the answer comes as "{kind}", which is not read')


def run_update(store: Store, text: str) -> None:
    """Run one shipped INSERT or DELETE on a store.

    Caution: only for queries that are shipped; what users write never comes here.
    """
    store.update(text)


def copy_properties(store: Store, properties: Iterable[str]) -> Store:
    """Return a store in memory with what the default graph says by these properties.

    A query that names no other property answers the same there, on a fraction of the quads.

    Caution: blank nodes get other names.
    """
    wanted = " ".join(f"<{name}>" for name in sorted(properties))
    answer = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {wanted} }} ?s ?p ?o }}")
    assert isinstance(answer, QueryTriples)
    copy = Store()
    copy.bulk_load(answer.serialize(format=RdfFormat.N_TRIPLES), format=RdfFormat.N_TRIPLES)
    return copy
