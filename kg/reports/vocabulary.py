"""The ontology as terms that a page can show: kinds, texts, ends of properties, trees.

Layer: reports. Everything is read from triples; the only list kept here is what a kind is called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.store import Literal, NamedNode, Triple
from kg.terms import CE, DCTERMS, IAO, OWL, QES, RDF_TYPE, RDFS, SKOS, local_name, plain

__all__ = ["KINDS", "Term", "Vocabulary", "compact"]

_RDF = RDF_TYPE.removesuffix("type")
KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "relation",
    OWL + "DatatypeProperty": "data property",
    OWL + "AnnotationProperty": "annotation",
    SKOS + "ConceptScheme": "closed list",
    QES + "Concept": "concept",
    QES + "Sense": "sense",
    SKOS + "Concept": "value",
}
"""Type of a term → what it is called; the first that fits."""

_PREFIXES = {
    QES + "schema/": "kg",
    QES: "qes",
    CE: "ce",
    "http://www.w3.org/ns/prov#": "prov",
    SKOS: "skos",
    DCTERMS: "dcterms",
    IAO: "iao",
    OWL: "owl",
    RDFS: "rdfs",
    _RDF: "rdf",
    "http://www.w3.org/2001/XMLSchema#": "xsd",
    "http://purl.org/vocab/vann/": "vann",
}
_DEFINITIONS = (IAO + "0000115", SKOS + "definition")
_SOURCES = (DCTERMS + "source", IAO + "0000119")
_EXAMPLES = (SKOS + "example", IAO + "0000112")
_SHOWN = (*_DEFINITIONS, *_SOURCES, *_EXAMPLES, RDFS + "label", RDFS + "comment",
          SKOS + "scopeNote", OWL + "deprecated")  # fmt: skip


def compact(iri: str) -> str:
    """Return an IRI with its prefix, for example "qes:Study", or as it is."""
    for start, prefix in _PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


@dataclass(frozen=True)
class Term:
    """What the ontology says about one term in words.

    Attributes:
        iri: Its address.
        kind: What it is, as in :data:`KINDS`; "individual" if it is none of these.
        label: Its name.
        definition: One sentence.
        sources: Where the definition comes from.
        comments: Further remarks, and scope notes that don't say what it is not.
        examples: Examples.
        not_for: What it must not be mistaken for, without the leading "Not:".
        deprecated: Whether it is no longer to be used.
        further: Label of any other annotation, and its text.
    """

    iri: str
    kind: str
    label: str
    definition: str = ""
    sources: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    deprecated: bool = False
    further: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Return the local name."""
        return local_name(self.iri)


class Vocabulary:
    """Terms by IRI, own and foreign, and how they hang together."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Read an ontology without its shapes."""
        self.triples = tuple(triples)
        self._facts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._inverse: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._order: dict[str, None] = {}
        self._notes: set[str] = set()
        for row in self.triples:
            subject = row.subject.value if isinstance(row.subject, NamedNode) else str(row.subject)
            value = row.object
            text = value.value if isinstance(value, NamedNode | Literal) else str(value)
            self._facts[subject, row.predicate.value].append(text)
            if isinstance(row.subject, NamedNode):
                self._order[subject] = None
                self._inverse[row.predicate.value, text].add(subject)
            if row.predicate.value == RDF_TYPE and text == OWL + "AnnotationProperty":
                self._notes.add(subject)
        self.label = {
            iri: self._one(iri, RDFS + "label")
            for iri in self._order
            if self._one(iri, RDFS + "label")
        }

    def objects(self, iri: str, predicate: str) -> tuple[str, ...]:
        """Return the values of a property of a term as plain texts, sorted."""
        return tuple(sorted(self._facts.get((iri, predicate), ())))

    def subjects(self, predicate: str, value: str) -> tuple[str, ...]:
        """Return the named terms that have this value for this property, sorted."""
        return tuple(sorted(self._inverse.get((predicate, value), ())))

    def _one(self, iri: str, predicate: str) -> str:
        return next(iter(self.objects(iri, predicate)), "")

    @cached_property
    def header(self) -> str:
        """Return the IRI of the ontology itself, or ""."""
        return next(iter(self.subjects(RDF_TYPE, OWL + "Ontology")), "")

    @cached_property
    def own(self) -> dict[str, Term]:
        """Return our own terms by IRI, sorted by label."""
        found = [self._term(i) for i in self._order if i.startswith((QES, CE)) and i != self.header]
        return {t.iri: t for t in sorted(found, key=lambda t: (t.label.lower(), t.iri))}

    @cached_property
    def foreign(self) -> dict[str, Term]:
        """Return the stubs of other vocabularies by IRI, sorted by their short names."""
        found = [self._term(i) for i in self._order if i not in self.own and i != self.header]
        return {t.iri: t for t in sorted(found, key=lambda t: compact(t.iri).lower())}

    def of_kind(self, *kinds: str) -> list[Term]:
        """Return our own terms of some kinds, sorted by label."""
        return [t for t in self.own.values() if t.kind in kinds]

    def _term(self, iri: str) -> Term:
        types = self.objects(iri, RDF_TYPE)
        notes = self.objects(iri, SKOS + "scopeNote")
        negative = tuple(n.removeprefix("Not:").strip() for n in notes if n.startswith("Not:"))
        further = [("Defined in", value) for value in self.objects(iri, RDFS + "isDefinedBy")]
        further += [
            (self.label.get(name, local_name(name)), value)
            for name in sorted(self._notes - set(_SHOWN))
            for value in self.objects(iri, name)
        ]
        return Term(
            iri=iri,
            kind=next((name for kind, name in KINDS.items() if kind in types), "individual"),
            label=self.label.get(iri) or local_name(iri),
            definition=next((d for p in _DEFINITIONS for d in self.objects(iri, p)), ""),
            sources=tuple(s for p in _SOURCES for s in self.objects(iri, p)),
            comments=(*self.objects(iri, RDFS + "comment"),
                      *(n for n in notes if not n.startswith("Not:"))),
            examples=tuple(e for p in _EXAMPLES for e in self.objects(iri, p)),
            not_for=negative,
            deprecated="true" in self.objects(iri, OWL + "deprecated"),
            further=tuple(further),
        )  # fmt: skip

    def ends(self, iri: str, side: str) -> tuple[str, ...]:
        """Return the classes or datatypes of a property's domain or range, unions taken apart.

        Args:
            iri: A property.
            side: "domain" or "range".
        """
        found: list[str] = []
        for end in self.objects(iri, RDFS + side):
            heads = self.objects(end, OWL + "unionOf")
            found += [m for head in heads for m in self._members(head)] if heads else [end]
        return tuple(sorted(found, key=lambda i: (self.label.get(i) or i).lower()))

    def _members(self, head: str) -> list[str]:
        found = []
        while self._facts.get((head, _RDF + "first")):
            found.append(self._one(head, _RDF + "first"))
            head = self._one(head, _RDF + "rest")
        return found

    def parents(self, iri: str) -> tuple[str, ...]:
        """Return what a class or property is directly under, expressions left out."""
        above = self.objects(iri, RDFS + "subClassOf") + self.objects(iri, RDFS + "subPropertyOf")
        return tuple(a for a in above if not a.startswith("_:"))

    def children(self, iri: str) -> list[Term]:
        """Return our own terms directly under a class or property, sorted by label."""
        below = (
            p for name in ("subClassOf", "subPropertyOf") for p in self.subjects(RDFS + name, iri)
        )
        return sorted((self.own[i] for i in below if i in self.own), key=lambda t: t.label.lower())

    def roots(self, kind: str) -> list[Term]:
        """Return our own terms of a kind that are under none of our own."""
        terms = self.of_kind(kind)
        return [t for t in terms if not any(p in self.own for p in self.parents(t.iri))]

    def values(self, scheme: str) -> list[Term]:
        """Return the members of a closed list: by rank if they have one, then by label."""
        members = [self.own[i] for i in self.subjects(SKOS + "inScheme", scheme) if i in self.own]
        return sorted(members, key=lambda t: (self._rank(t.iri), t.label.lower(), t.iri))

    def _rank(self, iri: str) -> float:
        rank = self._one(iri, QES + "rank")
        return float(rank) if rank else float("inf")

    def about(self, predicate: str) -> str:
        """Return what the ontology's header says for a property, or ""."""
        return plain(self._one(self.header, predicate))
