"""Which terms a file names: the IRIs of a query, and of a shape with the SPARQL inside it.

A term that no shape and no query names is hardly needed, and a name that is no term is a mistake:
the rules of the ontology need both lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.query import Query
from kg.resources import query_folder
from kg.store import NamedNode, Triple
from kg.terms import RDF_TYPE, SH, plain

__all__ = ["find_names", "find_read", "names_of_queries", "names_of_shapes"]

_KINDS = ("carry", "check", "export", "questions", "rules", "screening", "why")
_PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
# Comments and quoted text name no term; a "#" inside an IRI starts no comment.
_SILENT = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|(?m:(?:^|\s)#.*$)')
_IRI = re.compile(r"<([^<>\s]+)>")
_NAME = re.compile(r"(?<![\w?$-])([a-z][\w-]*|):([A-Za-z0-9_][\w-]*)")
_SPARQL = tuple(SH + name for name in ("select", "ask", "construct"))


def find_names(text: str, prefixes: Mapping[str, str] | None = None) -> frozenset[str]:
    """Return the IRIs that a SPARQL text names, with or without a prefix.

    Args:
        text: A query, or a part of one; a name with an unknown prefix is left out.
        prefixes: Prefix → namespace, beside those that the text declares.
    """
    text = _SILENT.sub(" ", text)
    known = {**(prefixes or {}), **dict(_PREFIX.findall(text))}
    body = _PREFIX.sub("", text)
    named = _NAME.findall(_IRI.sub(" ", body))
    return frozenset(_IRI.findall(body)) | {known[p] + name for p, name in named if p in known}


def find_read(queries: Iterable[Query]) -> frozenset[str]:
    """Return the IRIs that queries name, among them every property that they can look at."""
    return frozenset([RDF_TYPE]).union(*(find_names(query.text) for query in queries))


@cache
def names_of_queries() -> Mapping[str, frozenset[str]]:
    """Return the IRIs that each shipped query names, the rules of the ontology apart."""
    return {
        f"queries/{kind}/{path.name}": find_names(path.read_text(encoding="utf-8-sig"))
        for kind in _KINDS
        for path in sorted(query_folder(kind).glob("*.rq"))
    }


def names_of_shapes(shapes: Mapping[str, Iterable[Triple]]) -> dict[str, frozenset[str]]:
    """Return the IRIs that each file of shapes names, those inside its SPARQL included.

    Args:
        shapes: Name of a file → its triples; all prefixes that any of them declares count.
    """
    files = {name: list(triples) for name, triples in shapes.items()}
    triples = [t for said in files.values() for t in said]
    spaces = {t.subject: plain(t.object) for t in triples if t.predicate.value == SH + "namespace"}
    prefixes = {
        plain(t.object): spaces[t.subject]
        for t in triples
        if t.predicate.value == SH + "prefix" and t.subject in spaces
    }
    return {name: frozenset(_find_in(said, prefixes)) for name, said in files.items()}


def _find_in(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Iterator[str]:
    for triple in triples:
        yield triple.predicate.value
        if isinstance(triple.object, NamedNode):
            yield triple.object.value
        elif triple.predicate.value in _SPARQL:
            yield from find_names(plain(triple.object), prefixes)
