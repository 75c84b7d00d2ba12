"""SPARQL 1.1 Protocol: a question by POST, its answer as a table.

Exports line, remote stores. Answers come as SPARQL results in JSON, or as N-Triples or Turtle where
triples are asked for; no other form is read, for none other is as safe to read from a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from kg.errors import BadQuery, MachineryError, UsageError
from kg.query import Rows, Term, find_form, read_answer
from kg.remote.address import Address
from kg.remote.exchange import quote_answer, send
from kg.remote.graph_store import DEFAULT
from kg.terms import plain

__all__ = ["ask_endpoint", "count_graphs"]

_MOST = 256 << 20
_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.5"
_READ = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_NUMBER = re.compile(r"[0-9]{1,18}")


def ask_endpoint(
    address: Address, text: str, values: dict[str, Term] | None = None, *, seconds: float
) -> Rows:
    """Return the answer of an endpoint to a query.

    Args:
        address: The endpoint.
        text: SPARQL 1.1 query; what SERVICE and FROM mean in it is the endpoint's business.
        values: Column → the value that its rows must have; an empty cell takes the value, as it
            does where the workspace itself is asked.
        seconds: Longest time to wait.

    Raises:
        BadQuery: It is an update, or the endpoint can't run it.
        UsageError: There are values, and the query is none that they can be joined with.
        MachineryError: The endpoint gives no answer that can be read.
    """
    form, limited = find_form(text)
    if form not in _READ:
        what = f"{form} is refused" if form else "There is no SELECT, ASK or CONSTRUCT in it"
        raise BadQuery(f"{what}: kg query only asks.")
    if values and (form != "SELECT" or limited):
        raise UsageError(
            "An endpoint takes parameters with SELECT without LIMIT and OFFSET only. Write the "
            "values into the query."
        )
    answer = send(
        address,
        "POST",
        urlencode({"query": text}).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": _ACCEPT},
        seconds=seconds,
        most=_MOST,
        passed=(400,),
    )
    if answer.status == 400:
        raise BadQuery(f"{address} can't run the query{quote_answer(address, answer) or ' (400)'}.")
    if "html" in answer.kind:
        raise MachineryError(
            f"{address} answers with a web page ({answer.kind}), not with rows. Name the address "
            "of its SPARQL endpoint."
        )
    try:
        rows = read_answer(answer.body, answer.kind)
    except ValueError as error:
        raise MachineryError(f"{address}: {address.hide(str(error))}.") from None
    return _join(rows, values) if values else rows


def _join(rows: Rows, values: dict[str, Term]) -> Rows:
    """Return the rows that agree with the values, as if these had been joined to the query."""
    for name in values:
        if name not in rows.columns:
            raise BadQuery(f'The query has no column "{name}", so it takes no such parameter.')
    wanted = [values.get(name) for name in rows.columns]
    terms = tuple(
        tuple(w or t for t, w in zip(row, wanted, strict=True))
        for row in rows.terms
        if all(t is None or w is None or t == w for t, w in zip(row, wanted, strict=True))
    )
    return Rows(rows.columns, tuple(tuple(map(plain, row)) for row in terms), terms)


def count_graphs(address: Address, graphs: Iterable[str], *, seconds: float) -> dict[str, int]:
    """Return graph → how many statements the endpoint counts in it; 0 where it has none.

    Args:
        address: The endpoint.
        graphs: IRIs of graphs, :data:`DEFAULT` for the default graph.
        seconds: Longest time to wait for each answer.
    """
    wanted = list(graphs)
    counts = dict.fromkeys(wanted, 0)
    if DEFAULT in counts:
        text = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        for (number,) in ask_endpoint(address, text, seconds=seconds).rows:
            counts[DEFAULT] = _read_number(address, number)
    named = " ".join(f"<{graph}>" for graph in wanted if graph != DEFAULT)
    if named:
        text = (
            f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {named} }} "
            "GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        )
        for row in ask_endpoint(address, text, seconds=seconds).rows:
            if len(row) == 2 and row[0] in counts:
                counts[row[0]] = _read_number(address, row[1])
    return counts


def _read_number(address: Address, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise MachineryError(f'{address} counts statements as "{address.hide(text)}".')
    return int(text)
