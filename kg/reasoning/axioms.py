"""OWL axioms as English sentences, for pages and for what a reasoner says.

Works on triples alone: the whole ontology, or the few axioms of an explanation. Whatever has no
sentence of its own is shown in functional style, so that nothing is passed over in silence.
Layer: reasoning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.reasoning.phrases import Part, Phrases, fill, join, key
from kg.store import Literal, NamedNode, Triple
from kg.terms import OWL, RDF_TYPE, RDFS, XSD, local_name

__all__ = ["Part", "Sentence", "say_axioms"]

_RDF = RDF_TYPE.removesuffix("type")
_BUILT_IN = (OWL, RDFS, XSD, _RDF)
_NOTES = frozenset(
    [RDFS + n for n in ("comment", "isDefinedBy", "label", "seeAlso")]
    + [OWL + n for n in ("backwardCompatibleWith", "deprecated", "imports", "incompatibleWith",
                         "priorVersion", "versionIRI", "versionInfo")]
)  # fmt: skip
# Predicates inside class expressions, lists and axioms over several terms: no axioms themselves.
_INNER = frozenset(
    [_RDF + n for n in ("first", "rest")]
    + [OWL + n for n in (
        "allValuesFrom", "assertionProperty", "cardinality", "complementOf",
        "datatypeComplementOf", "distinctMembers", "hasSelf", "hasValue", "intersectionOf",
        "maxCardinality", "maxQualifiedCardinality", "members", "minCardinality",
        "minQualifiedCardinality", "onClass", "onDataRange", "onDatatype", "onProperty", "oneOf",
        "qualifiedCardinality", "someValuesFrom", "sourceIndividual", "targetIndividual",
        "targetValue", "unionOf", "withRestrictions")]
)  # fmt: skip
# What may be said of an expression that stands for itself.
_AXIOMS = frozenset((RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith"))
_OF_CLASSES = {
    "equivalentClass": "Something is {} exactly when it is {}.",
    "disjointWith": "Nothing is both {} and {}.",
}
_OF_PROPERTIES = {  # of two relations, of two data properties
    "subPropertyOf": ("If x {} y, then x {} y.", "Every value of {} is a value of {}."),
    "equivalentProperty": ("x {} y exactly when x {} y.", "{} and {} have the same values."),
    "inverseOf": ("x {} y exactly when y {} x.", "{} and {} are each other's inverse."),
    "propertyDisjointWith": ("Never both: x {} y, and x {} y.", "{} and {} share no value."),
}
_OF_INDIVIDUALS = {
    "sameAs": "{} and {} are the same.",
    "differentFrom": "{} and {} are not the same.",
}
_TRAITS = {  # how often the verb of the property stands in the sentence
    "FunctionalProperty": "If x {} y and x {} z, then y and z are the same.",
    "InverseFunctionalProperty": "If x {} z and y {} z, then x and y are the same.",
    "TransitiveProperty": "If x {} y and y {} z, then x {} z.",
    "SymmetricProperty": "If x {} y, then y {} x.",
    "AsymmetricProperty": "Never both: x {} y, and y {} x.",
    "ReflexiveProperty": "Everything {} itself.",
    "IrreflexiveProperty": "Nothing {} itself.",
}
_GROUPS = {
    "AllDisjointClasses": "Nothing is more than one of these: {}.",
    "AllDisjointProperties": "No two of these hold between the same two: {}.",
    "AllDifferent": "No two of these are the same: {}.",
}


@dataclass(frozen=True)
class Sentence:
    """One axiom in words.

    Attributes:
        parts: The text in pieces, in order.
        subjects: IRIs of the terms that the axiom is about, sorted; the others are only mentioned.
    """

    parts: tuple[Part, ...]
    subjects: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the sentence as plain text."""
        return "".join(text for text, _ in self.parts)

    @property
    def terms(self) -> frozenset[str]:
        """Return the IRIs of all terms that the sentence names."""
        return frozenset(iri for _, iri in self.parts if iri).union(self.subjects)


def say_axioms(triples: Iterable[Triple], label: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Return each axiom as a sentence, sorted by text; empty if there is none.

    Args:
        triples: Axioms as RDF, lists and expressions included. Where declarations are among them,
            they tell relations from data properties and notes; otherwise the values do.
        label: IRI → label of the terms; a term that is missing goes by its local name.

    Caution: declarations, annotations and the header of an ontology are no axioms and are left out.

    Example:
        >>> cat = NamedNode("https://example.org/cat")
        >>> above = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
        >>> pet = NamedNode("https://example.org/pet")
        >>> [s.text for s in say_axioms([Triple(cat, above, pet)], {})]
        ['Every cat is a pet.']
    """
    speaker = _Speaker(triples, label)
    found = {(s.text, s): s for t in speaker.rows if (s := speaker.say(t))}
    return tuple(found[key] for key in sorted(found, key=lambda k: (k[0], k[1].subjects)))


class _Speaker(Phrases):
    """Says one triple at a time."""

    def say(self, row: Triple) -> Sentence | None:
        """Return the sentence for a triple, or None if it is no axiom."""
        name, about = row.predicate.value, key(row.subject)
        if name in _NOTES | self.notes or about in self.headers | self.notes:
            return None
        if about.startswith("_:") and (name in _INNER or self._is_expression(row)):
            return None
        if about in self.nested and name.startswith(_BUILT_IN) and name not in _AXIOMS:
            return None
        try:
            parts = self._type(row) if name == RDF_TYPE else self._axiom(row)
        except (ValueError, RecursionError):  # a list or an expression that is not well formed
            parts = self._functional(row)
        if parts is None:
            return None
        subjects = {about} if not about.startswith("_:") else {iri for _, iri in parts if iri}
        if name in (OWL + "disjointWith", OWL + "inverseOf", OWL + "equivalentClass"):
            subjects |= {key(row.object)} if isinstance(row.object, NamedNode) else set()
        return Sentence(tuple(parts), tuple(sorted(subjects)))

    def _is_expression(self, row: Triple) -> bool:
        """Return whether a type is that of a class expression, a list or a property turned."""
        kind = key(row.object)
        said = (*_GROUPS, "NegativePropertyAssertion")
        return (
            row.predicate.value == RDF_TYPE
            and kind.startswith(_BUILT_IN)
            and local_name(kind) not in said
        )

    def _type(self, row: Triple) -> list[Part] | None:
        kind, about = key(row.object), key(row.subject)
        name = local_name(kind)
        if not kind.startswith(_BUILT_IN):
            return fill("{} is {}.", self.quote(row.subject), self.thing(row.object))
        if name in _GROUPS:
            facts = self.facts[about]
            heads = facts[OWL + "members"] or facts[OWL + "distinctMembers"]
            say: Callable[[object], list[Part]] = {
                "AllDisjointClasses": self.thing, "AllDisjointProperties": self.quote,
                "AllDifferent": self.quote,
            }[name]  # fmt: skip
            return fill(_GROUPS[name], join([say(m) for m in self.members(heads[0])], "and"))
        if name == "NegativePropertyAssertion":
            facts = self.facts[about]
            target = (facts[OWL + "targetIndividual"] or facts[OWL + "targetValue"])[0]
            verb = facts[OWL + "assertionProperty"][0]
            said = self._assertion(facts[OWL + "sourceIndividual"][0], verb, target)
            return [("It does not hold that ", ""), *said]
        if name in _TRAITS and about in self.data and name == "FunctionalProperty":
            return fill("Nothing has more than one value for {}.", self.quote(row.subject))
        if name in _TRAITS:
            verbs = [self.verb(row.subject)] * _TRAITS[name].count("{}")
            return fill(_TRAITS[name], *verbs)
        known = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology",
                 "NamedIndividual", "Datatype")  # fmt: skip
        return None if name in known else self._functional(row)

    def _axiom(self, row: Triple) -> list[Part]:
        name, subject, value = row.predicate.value, row.subject, row.object
        short = local_name(name)
        if not name.startswith(_BUILT_IN):
            return self._assertion(subject, row.predicate, value)
        if name == RDFS + "subClassOf":
            return self._subclass(subject, value)
        if name in (RDFS + "domain", RDFS + "range"):
            return self._ends(row)
        if short in _OF_CLASSES:
            return fill(_OF_CLASSES[short], self.thing(subject), self.thing(value))
        if short in _OF_PROPERTIES:
            as_data = {key(subject), key(value)} & self.data
            phrase = self.quote if as_data else self.verb
            return fill(_OF_PROPERTIES[short][bool(as_data)], phrase(subject), phrase(value))
        if short in _OF_INDIVIDUALS:
            return fill(_OF_INDIVIDUALS[short], self.quote(subject), self.quote(value))
        if short == "propertyChainAxiom":
            return self._chain(row)
        if short in ("unionOf", "intersectionOf", "complementOf", "oneOf"):
            made = self.made_of(short, value)
            return fill(_OF_CLASSES["equivalentClass"], self.thing(subject), made)
        if short == "disjointUnionOf":
            kinds = join([self.thing(m) for m in self.members(value)], "or")
            return fill("{} is always exactly one of these: {}.", self.thing(subject), kinds)
        if short == "hasKey":
            keys = join([self.quote(m) for m in self.members(value)], "and")
            return fill("Two of {} with the same {} are the same.", self.thing(subject), keys)
        return self._functional(row)

    def _subclass(self, below: object, above: object) -> list[Part]:
        named = isinstance(below, NamedNode)
        noun = self.name(below) if named else ""
        start: list[Part] = (
            [("Every ", ""), (noun, key(below))]
            if named
            else [("Whatever is ", ""), *self.thing(below)]
        )
        phrase = self.restriction(above) or [("is ", ""), *self.thing(above)]
        return [*start, (" ", ""), *phrase, (".", "")]

    def _ends(self, row: Triple) -> list[Part]:
        first = row.predicate.value == RDFS + "domain"
        if key(row.subject) in self.data:
            form = "Whatever has a value for {} is {}." if first else "Every value of {} is {}."
            return fill(form, self.quote(row.subject), self.thing(row.object))
        form = "If x {} y, then x is {}." if first else "If x {} y, then y is {}."
        return fill(form, self.verb(row.subject), self.thing(row.object))

    def _chain(self, row: Triple) -> list[Part]:
        members = self.members(row.object)
        names = ["x", *(f"y{i}" if len(members) > 2 else "y" for i in range(1, len(members))), "z"]
        steps = [fill("{}", [(f"{names[i]} ", ""), *self.verb(m), (f" {names[i + 1]}", "")])
                 for i, m in enumerate(members)]  # fmt: skip
        steps[1:] = [[(s[0][0][:1].lower() + s[0][0][1:], ""), *s[1:]] for s in steps[1:]]
        return fill("If {}, then x {} z.", join(steps, "and"), self.verb(row.subject))

    def _assertion(self, subject: object, verb: object, value: object) -> list[Part]:
        if isinstance(value, Literal):
            said = [(f'"{value.value}"' if key(value.datatype) == XSD + "string" else
                     value.value, "")]  # fmt: skip
            form = "{} has the value {} for {}."
            return fill(form, self.quote(subject), said, self.quote(verb))
        return fill("{} {} {}.", self.quote(subject), self.verb(verb), self.quote(value))

    def _functional(self, row: Triple) -> list[Part]:
        name = local_name(row.predicate.value)
        parts = [*self.show(row.subject), (" ", ""), *self.show(row.object)]
        return [(f"{name[:1].upper()}{name[1:]}(", ""), *parts, (").", "")]
