"""RDF out: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, each the same bytes twice.

What is written is what was asserted and entailed, rows with faults left out, without the ontology;
carried graphs only when they are asked for, each in a graph of its own (TriG, N-Quads, JSON-LD).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from kg.errors import UsageError
from kg.exports.jsonld import PREFIXES, write_json_ld
from kg.exports.xml import find_illegal, finish_xml, replace_illegal
from kg.query import Term, run_query
from kg.store import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    serialize,
)
from kg.terms import ONTOLOGY_GRAPH, local_name, plain

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "WITH_GRAPHS",
    "data_quads",
    "find_rdf_losses",
    "to_rdflib",
    "write_rdf",
    "write_rdf_xml",
]

WITH_GRAPHS = frozenset({"trig", "nq", "jsonld"})
"""Extensions of the formats that keep carried claims apart."""

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
}
_Value = TypeVar("_Value")
_RESTATED = f"""
SELECT ?subject ?predicate ?value ?graph WHERE {{
  GRAPH <{ONTOLOGY_GRAPH}> {{ ?subject ?predicate ?value }}
  GRAPH ?graph {{ ?subject ?predicate ?value }}
  FILTER (?graph != <{ONTOLOGY_GRAPH}>)
}}"""
_XML_NAME = re.compile(r"[^\W\d][\w.\-]*$")


def data_quads(store: Store, carried: Iterable[str] = ()) -> list[Quad]:
    """Return what is exported, sorted: default graph without the ontology, and carried graphs.

    Args:
        store: A built store.
        carried: IRIs of the target contexts whose carried graphs are wanted as well.
    """
    restated = _find_restated(store)
    ontology = {
        q.triple
        for q in _read_graph(store, ONTOLOGY_GRAPH)
        if (q.subject, q.predicate, q.object) not in restated
    }
    default = store.quads_for_pattern(None, None, None, DefaultGraph())
    quads = [q for q in default if q.triple not in ontology]
    for target in carried:
        quads += _read_graph(store, f"{target}/carried")
    return sorted(quads, key=str)


def _read_graph(store: Store, name: str) -> Iterable[Quad]:
    return store.quads_for_pattern(None, None, None, NamedNode(name))


def _find_restated(store: Store) -> set[tuple[Term | None, ...]]:
    """Return the triples of the ontology that stand in a table or side file, too."""
    found = run_query(store, _RESTATED).terms
    return {row[:3] for row in found if not plain(row[3]).endswith(("/carried", "/set-aside"))}


def write_rdf(store: Store, extension: str, base: str, carried: Iterable[str] = ()) -> bytes:
    """Return the data in the format of a file extension (ttl, trig, nt, nq, jsonld, rdf).

    Caution: numbers and dates stand in the canonical form that the store keeps (1.50 is 1.5);
    RDF/XML has U+FFFD for control characters, see :func:`find_rdf_losses`.

    Raises:
        UsageError: Carried claims are asked for in a format without graphs, or the format can't
            hold a property.
    """
    targets = list(carried)
    if targets and extension not in WITH_GRAPHS:
        raise UsageError("Carried claims need a format with graphs: .trig, .nq or .jsonld.")
    quads = data_quads(store, targets)
    if extension == "jsonld":
        return write_json_ld(quads, base)
    prefixes = {"": base, **PREFIXES}
    if extension == "rdf":
        return write_rdf_xml([q.triple for q in quads], prefixes)
    wanted = _FORMATS[extension]
    rows = quads if extension in WITH_GRAPHS else (q.triple for q in quads)
    return _serialize(rows, wanted, prefixes if extension in ("ttl", "trig") else None)


def _serialize(
    rows: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    content = serialize(rows, format=form, prefixes=prefixes)
    assert content is not None  # no output file was named
    return content


def write_rdf_xml(triples: list[Triple], prefixes: dict[str, str]) -> bytes:
    """Return triples as RDF/XML.

    Raises:
        UsageError: The name of a property can't be written in XML.

    Caution: XML can't hold control characters; see :func:`find_rdf_losses`.
    """
    for name in sorted({t.predicate.value for t in triples}):
        if not _XML_NAME.search(name):
            raise UsageError(
                f"RDF/XML can't hold the property <{name}>: its address doesn't end in a name. "
                "Write another format, for example .ttl."
            )
    legal = [Triple(t.subject, t.predicate, _legal(t.object)) for t in triples]
    losses = find_rdf_losses(triples)
    return finish_xml(_serialize(legal, RdfFormat.RDF_XML, prefixes), losses)


def _legal(term: _Value) -> _Value | Literal:
    if not isinstance(term, Literal) or not find_illegal(term.value):
        return term
    text = replace_illegal(term.value)
    if term.language:
        return Literal(text, language=term.language)
    return Literal(text, datatype=term.datatype)


def find_rdf_losses(triples: Iterable[Triple | Quad]) -> tuple[str, ...]:
    """Return a sentence for each value that RDF/XML can't hold as it is, in the given order."""
    return tuple(
        f"{local_name(str(t.subject).strip('<>'))}, {local_name(t.predicate.value)}: "
        f"{find_illegal(t.object.value)} control characters are replaced by U+FFFD."
        for t in triples
        if isinstance(t.object, Literal) and find_illegal(t.object.value)
    )


def to_rdflib(store: Store) -> rdflib.Graph:
    """Return the data, without ontology and carried claims, as an rdflib graph."""
    import rdflib

    triples = _serialize((q.triple for q in data_quads(store)), RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=triples.decode(), format="nt")
