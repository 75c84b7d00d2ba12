"""The ontology as people take it: one file without imports, in several forms with equal triples.

`kg.exports`. The modules under ``ontology/`` are for those who edit them; what is released is
their merge. The functional syntax is written beside these forms by the OWL API, which is the
reader that Protégé has (`kg.reasoning`).
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from kg.exports.jsonld import PREFIXES
from kg.exports.rdf import write_rdf_xml
from kg.exports.turtle import write_turtle
from kg.schema import ontology_triples
from kg.store import Literal, NamedNode, Triple
from kg.terms import CE, OWL, QES, RDF_TYPE, RDFS, XSD, local_name

__all__ = [
    "ONTOLOGY_PREFIXES",
    "ontology_as_json_ld",
    "ontology_as_rdfxml",
    "ontology_as_turtle",
    "released_triples",
    "write_functional_syntax",
    "write_release",
]

ONTOLOGY_PREFIXES = {
    **PREFIXES,
    "obo": "http://purl.obolibrary.org/obo/",
    "owl": OWL,
    "vann": "http://purl.org/vocab/vann/",
}
"""Prefix → namespace of the released forms."""

_RDF = RDF_TYPE.removesuffix("type")
_HEAD = """\
Ontology of qualitative evidence synthesis: all modules merged, nothing imported.
Generated: a change belongs into the modules, see README.md of the folder ontology."""


def write_release() -> dict[str, bytes]:
    """Return file name → content of the forms of the release that need no Java."""
    return {
        "qes-kg.jsonld": ontology_as_json_ld(),
        "qes-kg.owl": ontology_as_rdfxml(),
        "qes-kg.ttl": ontology_as_turtle(),
    }


def write_functional_syntax() -> bytes:
    """Return the ontology in OWL functional syntax, as the OWL API writes it from the RDF/XML.

    The first line has the hash of that RDF/XML, so that everybody can see whether the two belong
    together.

    Raises:
        MachineryError: Java, JPype or the jars of the OWL API are missing.
    """
    from kg.reasoning.owlapi import convert_ontology

    content = ontology_as_rdfxml()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "qes-kg.owl"
        file.write_bytes(content)
        written = convert_ontology(file, "ofn")
    head = f"# Written by the OWL API from qes-kg.owl, SHA-256 {sha256(content).hexdigest()}\n"
    return head.encode() + written


@cache
def released_triples() -> tuple[Triple, ...]:
    """Return what a release holds, sorted: the modules, and two things that follow from them.

    Each individual is declared as one, without which owlready2 overlooks it, and each term of ours
    names the ontology that defines it, which shows where it comes from when files are merged.
    """
    triples = ontology_triples()
    (header,) = (t.subject for t in triples if t.object == NamedNode(OWL + "Ontology"))
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate.value == RDF_TYPE and isinstance(triple.subject, NamedNode):
            kinds[triple.subject.value].add(_name(triple.object))
    added = []
    for name, found in kinds.items():
        if not any(kind.startswith(OWL) for kind in found):
            named = NamedNode(OWL + "NamedIndividual")
            added.append(Triple(NamedNode(name), NamedNode(RDF_TYPE), named))
        if name.startswith((QES, CE)):
            added.append(Triple(NamedNode(name), NamedNode(RDFS + "isDefinedBy"), header))
    return tuple(sorted((*triples, *added), key=str))


def ontology_as_rdfxml() -> bytes:
    """Return the released ontology as RDF/XML."""
    return write_rdf_xml(list(released_triples()), ONTOLOGY_PREFIXES)


@cache
def ontology_as_turtle() -> bytes:
    """Return the released ontology as Turtle with the same triples."""
    return write_turtle(released_triples(), ONTOLOGY_PREFIXES, _HEAD)


def ontology_as_json_ld() -> bytes:
    """Return the released ontology as JSON-LD with the same triples.

    The context stands in the file and is made from the triples: a property whose values all are
    addresses, English texts or of one datatype has them as plain strings.
    """
    return _Document(released_triples()).write()


class _Document:
    """Triples as JSON-LD: nodes sorted, class expressions and lists inside what uses them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._nodes: defaultdict[str, list[Triple]] = defaultdict(list)
        used: Counter[str] = Counter()
        for triple in triples:
            self._nodes[_name(triple.subject)].append(triple)
            if not isinstance(triple.object, Literal):
                used[_name(triple.object)] += 1
        self._inside = {name for name in self._nodes if name[:2] == "_:" and used[name] == 1}
        self._terms = _terms(t for rows in self._nodes.values() for t in rows)
        self._names = {term["@id"]: name for name, term in self._terms.items()}

    def write(self) -> bytes:
        context: dict[str, object] = {"id": "@id", "type": "@type", **ONTOLOGY_PREFIXES}
        context |= {n: {**t, "@id": _compact(t["@id"])} for n, t in self._terms.items()}
        names = sorted(self._nodes.keys() - self._inside, key=lambda n: (n[:2] == "_:", n))
        graph = [self._node(name) for name in names]
        document = {"@context": dict(sorted(context.items())), "@graph": graph}
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()

    def _node(self, name: str) -> dict[str, object]:
        # A name of a blank node that nothing else mentions says nothing.
        node: dict[str, object] = {} if name[:2] == "_:" else {"id": _compact(name)}
        values: defaultdict[str, list[object]] = defaultdict(list)
        for triple in self._nodes[name]:
            if triple.predicate.value == RDF_TYPE:
                values["type"].append(_compact(_name(triple.object)))
            else:
                key = self._names[triple.predicate.value]
                values[key].append(self._value(triple.object, self._terms[key]))
        return node | {k: v[0] if len(v) == 1 else v for k, v in sorted(values.items())}

    def _value(self, value: object, term: Mapping[str, str]) -> object:
        if isinstance(value, Literal):
            return _literal(value, term)
        name = _name(value)
        if name in self._inside or name == _RDF + "nil":
            return self._list(name, term) if self._is_list(name) else self._node(name)
        assert name[:2] != "_:", (
            "a node without a name is used twice, which OWL 2 DL does not allow"
        )
        return _compact(name) if term.get("@type") == "@id" else {"id": _compact(name)}

    def _is_list(self, name: str) -> bool:
        rows = self._nodes.get(name, ())
        return name == _RDF + "nil" or any(t.predicate.value == _RDF + "first" for t in rows)

    def _list(self, name: str, term: Mapping[str, str]) -> dict[str, object]:
        members = []
        while name != _RDF + "nil":
            cell = {t.predicate.value: t.object for t in self._nodes[name]}
            members.append(self._value(cell[_RDF + "first"], term))
            name = _name(cell[_RDF + "rest"])
        return {"@list": members}


def _terms(triples: Iterable[Triple]) -> dict[str, dict[str, str]]:
    """Return name → definition of each property, as a JSON-LD context has it."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate.value not in (RDF_TYPE, _RDF + "first", _RDF + "rest"):
            kinds[triple.predicate.value].add(_kind(triple.object))
    locals_ = Counter(map(local_name, kinds))
    terms = {}
    for iri, found in kinds.items():
        name = local_name(iri)
        if locals_[name] > 1 or name in ONTOLOGY_PREFIXES or name in ("id", "type"):
            name = _compact(iri)
        terms[name] = {"@id": iri}
        only = found.pop() if len(found) == 1 else ""
        if only == "@en":
            terms[name]["@language"] = "en"
        elif only == "@id" or (only and only != XSD + "string" and only[0] != "@"):
            terms[name]["@type"] = only
    return terms


def _kind(value: object) -> str:
    if not isinstance(value, Literal):
        return "@id"
    return f"@{value.language}" if value.language else value.datatype.value


def _literal(value: Literal, term: Mapping[str, str]) -> object:
    if value.language:
        plain_form = term.get("@language") == value.language
        return value.value if plain_form else {"@language": value.language, "@value": value.value}
    datatype = value.datatype.value
    if datatype == term.get("@type") or (datatype == XSD + "string" and len(term) == 1):
        return value.value
    kind = {} if datatype == XSD + "string" else {"@type": datatype}
    return {**kind, "@value": value.value}


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _compact(iri: str) -> str:
    for prefix, namespace in ONTOLOGY_PREFIXES.items():
        rest = iri.removeprefix(namespace)
        if rest and rest != iri and "/" not in rest:
            return f"{prefix}:{rest}"
    return iri
