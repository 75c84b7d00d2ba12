"""What the data hold, as VoID: how many triples of which properties, how many rows of which class.

`kg.exports`. Counted is exactly what the other exports write (`data_quads`): what was asserted and
entailed, without the ontology and without carried claims. Terms: https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import starmap
from urllib.parse import quote

from kg.exports.jsonld import PREFIXES
from kg.exports.rdf import data_quads
from kg.exports.turtle import write_turtle
from kg.store import Literal, NamedNode, Store, Triple
from kg.terms import DCTERMS, OWL, RDF_TYPE, XSD, data_iri, local_name, plain

__all__ = ["describe_data"]

_VOID = "http://rdfs.org/ns/void#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_PREFIXES = {**PREFIXES, "foaf": _FOAF, "owl": OWL, "void": _VOID}
_HEAD = "What the data hold. Generated: a count belongs to the data that it was made from."
_Term = NamedNode | Literal
_Row = tuple[str, str, _Term]


def describe_data(
    store: Store, base: str, title: str = "", licence: str = "", date: str = ""
) -> bytes:
    """Return the VoID description of a workspace as Turtle.

    Args:
        store: A built store.
        base: Base IRI of the workspace; the description is ``{base}void``, the data set
            ``{base}void/dataset``.
        title: Title of the workspace; without one the base stands in its place.
        licence: IRI of the licence of the data; without one none is stated.
        date: Day of the description, as 2026-05-01; without one none is stated.
    """
    triples = [q.triple for q in data_quads(store)]
    rows = [
        *_document(base, date),
        *_dataset(triples, base, title, licence),
        *_parts(triples, base),
    ]
    return write_turtle(starmap(_triple, rows), {"": base, **_PREFIXES}, _HEAD)


def _document(base: str, date: str) -> Iterator[_Row]:
    node = base + "void"
    yield node, RDF_TYPE, NamedNode(_VOID + "DatasetDescription")
    yield node, DCTERMS + "title", Literal("Description of the data", language="en")
    yield node, _FOAF + "primaryTopic", NamedNode(base + "void/dataset")
    if date:
        yield node, DCTERMS + "modified", Literal(date, datatype=NamedNode(XSD + "date"))


def _dataset(triples: list[Triple], base: str, title: str, licence: str) -> Iterator[_Row]:
    node = base + "void/dataset"
    yield node, RDF_TYPE, NamedNode(_VOID + "Dataset")
    yield node, DCTERMS + "title", Literal(title or f"Data under {base}")
    if licence:
        yield node, DCTERMS + "license", NamedNode(licence)
    yield node, _VOID + "uriSpace", Literal(base)
    own = sorted({plain(t.subject) for t in triples if plain(t.subject).startswith(base)})
    for name, number in (
        ("triples", len(triples)),
        ("entities", len(own)),
        ("distinctSubjects", len({t.subject for t in triples})),
        ("distinctObjects", len({t.object for t in triples})),
        ("properties", len({t.predicate for t in triples})),
        ("classes", len(_members(triples))),
    ):
        yield node, _VOID + name, _number(number)
    for namespace in sorted({_namespace(iri) for iri in _vocabulary(triples)}):
        yield node, _VOID + "vocabulary", NamedNode(namespace)


def _parts(triples: list[Triple], base: str) -> Iterator[_Row]:
    whole = base + "void/dataset"
    for cls, members in _members(triples).items():
        part = _part(base, "class", cls)
        yield whole, _VOID + "classPartition", NamedNode(part)
        yield part, RDF_TYPE, NamedNode(_VOID + "Dataset")
        yield part, _VOID + "class", NamedNode(cls)
        yield part, _VOID + "entities", _number(len(members))
        yield part, _VOID + "exampleResource", NamedNode(min(members))
    for name, number in Counter(t.predicate.value for t in triples).items():
        part = _part(base, "property", name)
        yield whole, _VOID + "propertyPartition", NamedNode(part)
        yield part, RDF_TYPE, NamedNode(_VOID + "Dataset")
        yield part, _VOID + "property", NamedNode(name)
        yield part, _VOID + "triples", _number(number)


def _members(triples: Iterable[Triple]) -> dict[str, set[str]]:
    """Return class → the IRIs of what is said to belong to it."""
    members: defaultdict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate.value == RDF_TYPE:
            members[plain(triple.object)].add(plain(triple.subject))
    return members


def _vocabulary(triples: list[Triple]) -> set[str]:
    return {t.predicate.value for t in triples} | _members(triples).keys()


def _namespace(iri: str) -> str:
    return iri.removesuffix(local_name(iri))


def _part(base: str, kind: str, iri: str) -> str:
    """Return the IRI of a part: it ends in the short form of the class or property."""
    known = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    prefix = known.get(_namespace(iri))
    name = data_iri("", f"{prefix}:{local_name(iri)}") if prefix else quote(iri, safe="")
    return f"{base}void/{kind}/{name}"


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def _triple(subject: str, predicate: str, value: _Term) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), value)
