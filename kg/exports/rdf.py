"""RDF out: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, each the same bytes twice.

What is written is what was asserted and entailed, rows with faults left out, without the ontology;
carried graphs only when they are asked for, each in a graph of its own (TriG, N-Quads, JSON-LD).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    serialize,
)

from kg.errors import UsageError
from kg.schema import load_schema, ontology_quads
from kg.terms import CE, DCTERMS, ONTOLOGY_GRAPH, OWL, QES, RDF_TYPE, RDFS, SKOS, XSD

if TYPE_CHECKING:
    import rdflib

__all__ = ["context", "data_quads", "ontology_as_rdfxml", "to_rdflib", "write_rdf"]

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "rdf": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
}
_WITH_GRAPHS = frozenset({"trig", "nq", "jsonld"})
PREFIXES = {
    "ce": CE,
    "dcterms": DCTERMS,
    "prov": "http://www.w3.org/ns/prov#",
    "qes": QES,
    "rdf": RDF_TYPE.removesuffix("type"),
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}
_ONTOLOGY_PREFIXES = {
    **PREFIXES,
    "iao": "http://purl.obolibrary.org/obo/IAO_",
    "owl": OWL,
    "vann": "http://purl.org/vocab/vann/",
}


def data_quads(store: Store, carried: Iterable[str] = ()) -> list[Quad]:
    """Return what is exported, sorted: default graph without the ontology, and carried graphs.

    Args:
        store: A built store.
        carried: IRIs of the target contexts whose carried graphs are wanted as well.
    """
    default = DefaultGraph()
    ontology = {
        q.triple for q in store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY_GRAPH))
    }
    quads = [
        q for q in store.quads_for_pattern(None, None, None, default) if q.triple not in ontology
    ]
    for target in carried:
        quads += store.quads_for_pattern(None, None, None, NamedNode(f"{target}/carried"))
    return sorted(quads, key=str)


def write_rdf(store: Store, extension: str, base: str, carried: Iterable[str] = ()) -> bytes:
    """Return the data in the format of a file extension (ttl, trig, nt, nq, jsonld, rdf).

    Caution: formats without graphs can't keep carried claims apart and refuse them.

    Raises:
        UsageError: Carried claims are asked for in a format without graphs.
    """
    targets = list(carried)
    if targets and extension not in _WITH_GRAPHS:
        raise UsageError("Carried claims need a format with graphs: .trig, .nq or .jsonld.")
    quads = data_quads(store, targets)
    if extension == "jsonld":
        return _json_ld(quads, base)
    wanted = _FORMATS[extension]
    rows: Iterable[object] = quads if extension in _WITH_GRAPHS else (q.triple for q in quads)
    prefixes = {"": base, **PREFIXES} if extension in ("ttl", "trig", "rdf") else None
    return bytes(serialize(rows, format=wanted, prefixes=prefixes))  # type: ignore[arg-type]


def ontology_as_rdfxml() -> bytes:
    """Return the shipped ontology, all modules merged, as RDF/XML with the same triples."""
    dataset = Dataset(ontology_quads())
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    triples = sorted((q.triple for q in dataset), key=str)
    return bytes(serialize(triples, format=RdfFormat.RDF_XML, prefixes=_ONTOLOGY_PREFIXES))


def context(base: str) -> dict[str, object]:
    """Return the JSON-LD context that the shapes give: one term per property, with its type."""
    terms: dict[str, object] = {"@base": base, "id": "@id", "type": "@type", **PREFIXES}
    for table in load_schema().tables.values():
        for column in table.columns:
            if column.path != RDF_TYPE:
                terms[_term(column.path)] = _definition(column.path, column)
    return dict(sorted(terms.items()))


def _definition(path: str, column: object) -> dict[str, str]:
    definition = {"@id": path}
    datatype = getattr(column, "datatype", "")
    if getattr(column, "refers_to", "") or getattr(column, "choices", None):
        definition["@type"] = "@id"
    elif datatype and datatype != XSD + "string":
        definition["@type"] = datatype
    return definition


def _term(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return iri[len(namespace) :] if prefix == "qes" else f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _json_ld(quads: list[Quad], base: str) -> bytes:
    """Return JSON-LD with the shipped context: one object a node, sorted, graphs apart."""
    graphs: dict[str, dict[str, dict[str, object]]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        node = graphs.setdefault(name, {}).setdefault(
            quad.subject.value, {"id": quad.subject.value}
        )
        if quad.predicate.value == RDF_TYPE:
            key, value = "type", _compact(str(quad.object.value))
        else:
            key, value = _term(quad.predicate.value), _json_value(quad)
        known = node.setdefault(key, [])
        known.append(value)  # type: ignore[attr-defined]
    plain = list(graphs.pop("", {}).values())
    named = [{"id": n, "@graph": list(nodes.values())} for n, nodes in sorted(graphs.items())]
    document = {"@context": context(base), "@graph": [*plain, *named]}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _json_value(quad: Quad) -> object:
    term = quad.object
    if isinstance(term, NamedNode):
        return {"id": term.value}
    language, datatype = getattr(term, "language", None), term.datatype.value  # type: ignore[union-attr]
    if language:
        return {"@value": term.value, "@language": language}
    return (
        {"@value": term.value, "@type": datatype}
        if datatype != XSD + "string"
        else {"@value": term.value}
    )


def to_rdflib(store: Store) -> rdflib.Graph:
    """Return the data, without ontology and carried claims, as an rdflib graph."""
    import rdflib

    triples = serialize((q.triple for q in data_quads(store)), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=triples.decode(), format="nt")
