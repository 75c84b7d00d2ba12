"""The query library as data: one node a query, with its question and its text.

`kg.exports`. The form is that of the SPARQL examples of the SIB Swiss Institute of Bioinformatics
(https://github.com/sib-swiss/sparql-examples): ``sh:SPARQLExecutable`` of SHACL with the query as
``sh:select``, the question as ``rdfs:comment``, tags as ``schema:keywords``. It names no
``schema:target``, because no endpoint is public. Updates are ``sh:SPARQLUpdateExecutable`` and
parameters ``sh:Parameter``, as SHACL has them; only for the columns of an answer there is no word,
so that ``kg:resultColumn`` is our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import starmap

from kg.errors import MachineryError
from kg.exports.turtle import write_turtle
from kg.query import Query, list_queries
from kg.store import Literal, NamedNode, Triple
from kg.terms import DCTERMS, KG, QES, RDF_TYPE, RDFS, SH, SKOS, XSD

__all__ = ["KINDS", "QUERIES", "queries_as_turtle"]

KINDS = (
    "questions",
    "carry",
    "rules",
    "check",
    "why",
    "export",
    "columns",
    "screening",
    "ontology",
)
"""Kinds of queries, each a folder of the library."""

QUERIES = QES + "queries/"
"""Namespace of the queries: kind and name follow."""

_SCHEMA = "https://schema.org/"
_PREFIXES = {
    "dcterms": DCTERMS,
    "kg": KG,
    "queries": QUERIES,
    "rdfs": RDFS,
    "schema": _SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
_FORMS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
    "INSERT": ("SPARQLUpdateExecutable", "update"),
    "DELETE": ("SPARQLUpdateExecutable", "update"),
}
_SEVERITIES = {"error": "Violation", "warning": "Warning", "info": "Info"}
_FORM = re.compile(rf"^\s*({'|'.join(_FORMS)})\b", re.M)
_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.M)
_HEAD = """\
The query library as data: question, text, parameters and columns of every query.
Generated from the headers of the .rq files: a change belongs there."""
_Term = NamedNode | Literal
_Row = tuple[str, str, _Term]


def queries_as_turtle() -> bytes:
    """Return the shipped queries as Turtle, ``queries/queries.ttl``.

    Raises:
        MachineryError: Two queries mean something else by one prefix.
    """
    queries = [(kind, query) for kind in KINDS for query in list_queries(kind)]
    rows = [row for kind, query in queries for row in _query(kind, query)]
    rows += _declarations([query for _, query in queries])
    return write_turtle(starmap(_triple, rows), _PREFIXES, _HEAD)


def _query(kind: str, query: Query) -> Iterator[_Row]:
    node = f"{QUERIES}{kind}/{query.name}"
    form = _FORM.search(query.text)
    assert form is not None  # a shipped query asks or writes
    executable, text = _FORMS[form[1]]
    yield node, RDF_TYPE, NamedNode(SH + "SPARQLExecutable")
    yield node, RDF_TYPE, NamedNode(SH + executable)
    yield node, RDFS + "comment", Literal(query.summary, language="en")
    yield node, SH + text, Literal(query.text)
    yield node, SH + "prefixes", NamedNode(QUERIES + "prefixes")
    yield node, _SCHEMA + "keywords", Literal(kind)
    for tag in filter(None, (t.strip() for t in query.fields.get("tags", "").split(","))):
        yield node, _SCHEMA + "keywords", Literal(tag)
    yield from _header(node, query)
    yield from _parameters(node, query)
    for place, (name, meaning) in enumerate(query.columns.items(), 1):
        column = f"{node}/column/{name}"
        yield node, KG + "resultColumn", NamedNode(column)
        yield column, SH + "name", Literal(name)
        yield column, SH + "description", Literal(meaning, language="en")
        yield column, SH + "order", _number(place)


def _header(node: str, query: Query) -> Iterator[_Row]:
    """Yield where a query comes from, its place in a sequence, and what a check says."""
    fields = query.fields
    if "source" in fields:
        yield node, DCTERMS + "source", Literal(fields["source"], language="en")
    if number := re.match(r"\d+", query.name):
        yield node, SH + "order", _number(int(number[0]))
    if "problem" in fields:
        message = f"{fields['problem']} {fields['remedy']}"
        yield node, SH + "message", Literal(message, language="en")
        yield node, SKOS + "note", Literal(fields["principle"], language="en")
        yield node, SH + "severity", NamedNode(SH + _SEVERITIES[fields["severity"]])


def _parameters(node: str, query: Query) -> Iterator[_Row]:
    """Yield the parameters, each the variable that a value may be put for."""
    for name, meaning in query.params.items():
        parameter = f"{node}/parameter/{name}"
        yield node, SH + "parameter", NamedNode(parameter)
        yield parameter, RDF_TYPE, NamedNode(SH + "Parameter")
        # SHACL takes the name of a parameter from the end of its path.
        yield parameter, SH + "path", NamedNode(f"{QUERIES}variable/{name}")
        yield parameter, SH + "name", Literal(name)
        yield parameter, SH + "description", Literal(meaning, language="en")
        yield parameter, SH + "optional", Literal("true", datatype=NamedNode(XSD + "boolean"))


def _declarations(queries: list[Query]) -> Iterator[_Row]:
    """Yield what the prefixes of all queries stand for.

    Raises:
        MachineryError: Two queries mean something else by one prefix.
    """
    meanings: dict[str, str] = {}
    for query in queries:
        for prefix, namespace in _PREFIX.findall(query.text):
            if meanings.setdefault(prefix, namespace) != namespace:
                raise MachineryError(
                    f'The prefix "{prefix}" stands for <{namespace}> in the query {query.name} and '
                    f"for <{meanings[prefix]}> in another. Rename one."
                )
    for prefix, namespace in sorted(meanings.items()):
        node = f"{QUERIES}prefixes/{prefix}"
        yield QUERIES + "prefixes", SH + "declare", NamedNode(node)
        yield node, RDF_TYPE, NamedNode(SH + "PrefixDeclaration")
        yield node, SH + "prefix", Literal(prefix)
        yield node, SH + "namespace", Literal(namespace, datatype=NamedNode(XSD + "anyURI"))


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def _triple(subject: str, predicate: str, value: _Term) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), value)
