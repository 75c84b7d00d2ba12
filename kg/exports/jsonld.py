"""JSON-LD out: one object a node, sorted, with the context that the shapes give.

The context is written into every file, so that no reader has to fetch one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from kg.schema import Column, load_schema
from kg.store import DefaultGraph, Literal, NamedNode, Quad
from kg.terms import CE, DCTERMS, QES, RDF_TYPE, RDFS, SKOS, XSD

__all__ = ["PREFIXES", "context", "context_document", "write_json_ld"]

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


def context(base: str = "") -> dict[str, object]:
    """Return the JSON-LD context that the shapes give: one term a property, with its type.

    Args:
        base: Base IRI of a workspace; without one the context fits every workspace.
    """
    terms: dict[str, object] = {"id": "@id", "type": "@type", **PREFIXES}
    if base:
        terms["@base"] = base
    kinds: dict[str, set[str]] = {}
    for table in load_schema().tables.values():
        for column in table.columns:
            kinds.setdefault(column.path, set()).add(_type(column))
    for path, found in kinds.items():
        if path != RDF_TYPE:
            only = found.pop() if len(found) == 1 else ""
            terms[_term(path)] = {"@id": path, "@type": only} if only else {"@id": path}
    return dict(sorted(terms.items()))


def context_document() -> bytes:
    """Return the shipped context file, ``ontology/context.jsonld``: no base, nothing to fetch."""
    return _dump({"@context": context()})


def write_json_ld(quads: Iterable[Quad], base: str) -> bytes:
    """Return quads as JSON-LD, each named graph an object of its own with its ``id``."""
    terms = context(base)
    keys: dict[str, str] = {}
    graphs: dict[str, dict[str, dict[str, object]]] = {}
    for quad in quads:
        predicate = quad.predicate.value
        if predicate not in keys:  # a term that the context lacks would be read as nothing at all
            key = _term(predicate)
            keys[predicate] = key if key in terms else _compact(predicate)
        name = "" if isinstance(quad.graph_name, DefaultGraph) else _name(quad.graph_name)
        subject = _name(quad.subject)
        node = graphs.setdefault(name, {}).setdefault(subject, {"id": subject})
        key, value = keys[predicate], _value(quad.object)
        if predicate == RDF_TYPE and not isinstance(quad.object, Literal):
            key, value = "type", _compact(_name(quad.object))
        values = node.setdefault(key, [])
        assert isinstance(values, list)
        values.append(value)
    plain = list(graphs.pop("", {}).values())
    named = [{"id": n, "@graph": list(nodes.values())} for n, nodes in sorted(graphs.items())]
    return _dump({"@context": terms, "@graph": [*plain, *named]})


def _type(column: Column) -> str:
    if column.refers_to or column.choices:
        return "@id"
    return "" if column.datatype == XSD + "string" else column.datatype


def _term(iri: str) -> str:
    """Return the name of a property in the context: core properties without their prefix."""
    return iri.removeprefix(QES) if iri.startswith(QES) else _compact(iri)


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _value(term: object) -> object:
    if not isinstance(term, Literal):
        return {"id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}


def _dump(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
