"""Asking a store elsewhere what a workspace is asked: SPARQL, a file, or a shipped question."""

from __future__ import annotations

from kg.query import Rows, Term
from kg.remote import ask_endpoint, read_address
from kg.store import Literal, NamedNode
from kg.workspace.built import Built
from kg.workspace.find import find_query, find_values

__all__ = ["query_endpoint"]


def query_endpoint(
    url: str,
    text: str,
    params: dict[str, str] | None = None,
    *,
    built: Built | None = None,
    seconds: float = 600.0,
) -> Rows:
    """Return the answer of an endpoint.

    Args:
        url: Address of the endpoint.
        text: SPARQL if it holds ``{``, a file if it ends in ``.rq``, else the name of a question.
        params: Parameter name → a text; in SPARQL of one's own, an id of a row becomes its IRI.
        built: The workspace that knows the ids; without one, what holds "://" is an IRI.
        seconds: Longest time to wait.

    Raises:
        UnknownName: There is no such file, question or parameter.
        UsageError: The address can't be used, or the query takes no parameters there.
        BadQuery: The query can't be run.
        MachineryError: The endpoint gives no answer that can be read.
    """
    address = read_address(url)
    wanted = find_query(text, params or {})
    if built:
        values = find_values(built, wanted, text, params or {})
    else:
        values = {name: _read_term(value) for name, value in (params or {}).items()}
    return ask_endpoint(address, wanted.text, values, seconds=seconds)


def _read_term(value: str) -> Term:
    try:
        return NamedNode(value) if "://" in value else Literal(value)
    except ValueError:  # an address with a blank is a text
        return Literal(value)
