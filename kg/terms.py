"""The IRIs that the package itself has to know, and how data IRIs are made.

Bottom layer. Everything else about the vocabulary is read from ``ontology/``; what stands here is
only what code must name.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

__all__ = [
    "CE",
    "DCTERMS",
    "DISSENT_GRAPH",
    "ENTAILED_GRAPH",
    "IAO",
    "KG",
    "LEFT_OUT_GRAPH",
    "NOT_KNOWN",
    "ONTOLOGY_GRAPH",
    "OWL",
    "QES",
    "RDFS",
    "RDF_TYPE",
    "SH",
    "SHAPE",
    "SKOS",
    "WORKING_GRAPH",
    "XSD",
    "data_iri",
    "file_graph",
    "local_name",
    "plain",
    "show_id",
    "slug",
]

QES = "https://w3id.org/qes-kg/"
CE = "https://w3id.org/collective-efficacy/"
KG = "https://w3id.org/qes-kg/schema/"
SHAPE = "https://w3id.org/qes-kg/shapes/"
SH = "http://www.w3.org/ns/shacl#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
IAO = "http://purl.obolibrary.org/obo/IAO_"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"

ONTOLOGY_GRAPH = QES + "graph/ontology"
ENTAILED_GRAPH = QES + "graph/entailed"
DISSENT_GRAPH = QES + "graph/dissent"
LEFT_OUT_GRAPH = QES + "graph/left-out"
WORKING_GRAPH = QES + "graph/working"

NOT_KNOWN = {
    "not reported": QES + "not-known-not-reported",
    "not reported in the source seen": QES + "not-known-not-reported-in-the-source-seen",
    "not applicable": QES + "not-known-not-applicable",
}
"""Cells that say that a property is not known, and the reason that each one gives."""

_ALLOWED = "-._~!$&'()*+,;=:@"


def data_iri(base: str, row_id: str) -> str:
    """Return the IRI of the row ``row_id``: the base and the id, percent-encoded where needed."""
    return base + quote(row_id, safe=_ALLOWED)


def file_graph(base: str, file: str) -> str:
    """Return the IRI of the named graph that holds what was read from a table or side file."""
    return f"{base}graph/{quote(file, safe=_ALLOWED + '/')}"


def local_name(iri: str) -> str:
    """Return the part of an IRI after the last ``/`` or ``#``."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def show_id(iri: str) -> str:
    """Return the id from which an IRI was made."""
    return unquote(local_name(iri))


def plain(term: object) -> str:
    """Return a term as people read it: the text of a literal, the IRI of a node, "" for None."""
    return "" if term is None else str(getattr(term, "value", term))


def slug(text: str) -> str:
    """Return ``text`` in lower case with hyphens between its words."""
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
