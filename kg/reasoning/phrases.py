"""Classes, relations and expressions as English phrases: what sentences about axioms are made of.

Layer: reasoning, below :mod:`kg.reasoning.axioms`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.store import Literal, NamedNode, Triple
from kg.terms import OWL, RDF_TYPE, RDFS, XSD, local_name

__all__ = ["Part", "Phrases", "fill", "join", "key"]

Part = tuple[str, str]
"""A piece of text and the IRI of the term that it names, "" if it names none."""

_RDF = RDF_TYPE.removesuffix("type")
_DATATYPES = {
    XSD + "anyURI": "a web address",
    XSD + "boolean": "true or false",
    XSD + "dateTime": "a date and time",
    XSD + "decimal": "a decimal number",
    XSD + "integer": "a whole number",
    XSD + "string": "text",
    RDFS + "Literal": "any value",
    _RDF + "langString": "text in a language",
}
_BUILT_IN = {OWL + "Thing": "anything", OWL + "Nothing": "nothing", **_DATATYPES}
_FACETS = {
    XSD + "minInclusive": "at least",
    XSD + "maxInclusive": "at most",
    XSD + "minExclusive": "more than",
    XSD + "maxExclusive": "less than",
    XSD + "pattern": "of the pattern",
    XSD + "length": "with a length of",
    XSD + "minLength": "with a length of at least",
    XSD + "maxLength": "with a length of at most",
}
_COUNTS = {
    "minCardinality": "at least", "minQualifiedCardinality": "at least",
    "maxCardinality": "at most", "maxQualifiedCardinality": "at most",
    "cardinality": "exactly", "qualifiedCardinality": "exactly",
}  # fmt: skip


def key(term: object) -> str:
    """Return the IRI of a node, or what stands for it."""
    return term.value if isinstance(term, NamedNode) else str(term)


def fill(template: str, *phrases: list[Part]) -> list[Part]:
    """Put phrases where ``{}`` stands, and begin with a capital letter unless with a variable."""
    pieces = template.split("{}")
    parts: list[Part] = [(pieces[0], "")]
    for piece, phrase in zip(pieces[1:], phrases, strict=True):
        parts += [*phrase, (piece, "")]
    parts = [p for p in parts if p[0]]
    (first, iri), *rest = parts
    keep = first.startswith(("x ", "y "))
    return [(first if keep else first[:1].upper() + first[1:], iri), *rest]


def join(phrases: list[list[Part]], last: str) -> list[Part]:
    """Return phrases as a list in words, with "and" or "or" before the last one."""
    parts: list[Part] = []
    for i, phrase in enumerate(phrases):
        mark = "" if i == 0 else f" {last} " if i == len(phrases) - 1 else ", "
        parts += [*([(mark, "")] if mark else []), *phrase]
    return parts


def _with_article(noun: str) -> str:
    vowel = noun[:1].lower() in "aeiou" and not noun.lower().startswith(("uni", "use", "eu", "one"))
    return f"{'an' if vowel else 'a'} {noun}"


class Phrases:
    """The triples by subject, and what each kind of term is called in a sentence."""

    def __init__(self, triples: Iterable[Triple], label: Mapping[str, str]) -> None:
        self.rows = list(dict.fromkeys(triples))
        self.label = label
        self.facts: defaultdict[str, defaultdict[str, list[object]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.nested: set[str] = set()
        kinds: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            self.facts[key(row.subject)][row.predicate.value].append(row.object)
            if not isinstance(row.object, NamedNode | Literal):
                self.nested.add(key(row.object))
            if row.predicate.value == RDF_TYPE:
                kinds[key(row.object)].add(key(row.subject))
        self.notes = kinds[OWL + "AnnotationProperty"]
        self.headers = kinds[OWL + "Ontology"]
        self.data = kinds[OWL + "DatatypeProperty"] | {
            key(row.subject)
            for row in self.rows
            if row.predicate.value == RDFS + "range" and self.is_datatype(row.object)
        }

    def name(self, term: object) -> str:
        """Return the label of a term, or its local name."""
        return self.label.get(key(term)) or local_name(key(term))

    def quote(self, term: object) -> list[Part]:
        """Return the label of an individual or a data property in quotation marks."""
        return [(f'"{self.name(term)}"', key(term))]

    def verb(self, term: object) -> list[Part]:
        """Return the label of a relation so that it can stand between two names."""
        if not isinstance(term, NamedNode):
            turned = self.facts[key(term)][OWL + "inverseOf"]
            if not turned:
                raise ValueError("no property")
            return [("stands in the inverse of ", ""), *self.quote(turned[0]), (" to", "")]
        name = self.name(term)
        first, _, rest = name.partition(" ")
        if first.endswith("s") or (first.endswith("ed") and (not rest or rest.startswith("("))):
            return [(name, term.value)]
        return [(f"is {_with_article(name) if name.endswith(' of') else name}", term.value)]

    def thing(self, term: object) -> list[Part]:
        """Return a class, a datatype or an expression as a noun with its article."""
        if isinstance(term, NamedNode):
            built_in = _BUILT_IN.get(term.value)
            return [(built_in, "")] if built_in else [(_with_article(self.name(term)), term.value)]
        facts = self.facts[key(term)]
        for short in ("unionOf", "intersectionOf", "complementOf", "oneOf", "datatypeComplementOf"):
            if facts[OWL + short]:
                return self.made_of(short, facts[OWL + short][0])
        if facts[OWL + "onDatatype"]:
            return self._facets(facts)
        return [("something that ", ""), *(self.restriction(term) or self.show(term))]

    def made_of(self, short: str, value: object) -> list[Part]:
        """Return a class that is put together from others, or from its members."""
        if short in ("complementOf", "datatypeComplementOf"):
            return [("anything but ", ""), *self.thing(value)]
        if short == "oneOf":
            members = [self._literal(m) for m in self.members(value)]
            return [("one of ", ""), *join(members, "or")]
        members = [self.thing(m) for m in self.members(value)]
        return join(members, "or" if short == "unionOf" else "and also")

    def _literal(self, term: object) -> list[Part]:
        return [(f'"{term.value}"', "")] if isinstance(term, Literal) else self.quote(term)

    def _facets(self, facts: Mapping[str, list[object]]) -> list[Part]:
        said = []
        for member in self.members(facts[OWL + "withRestrictions"][0]):
            for name, values in sorted(self.facts[key(member)].items()):
                said += [f"{_FACETS.get(name, local_name(name))} {getattr(v, 'value', v)}"
                         for v in values]  # fmt: skip
        return [*self.thing(facts[OWL + "onDatatype"][0]), (" " + " and ".join(said), "")]

    def restriction(self, term: object) -> list[Part]:
        """Return what a restriction says, beginning with its verb; empty if it is none."""
        facts = self.facts[key(term)]
        if not facts[OWL + "onProperty"]:
            return []
        verb = facts[OWL + "onProperty"][0]
        for short in ("someValuesFrom", "allValuesFrom", "hasValue", "hasSelf", *_COUNTS):
            if facts[OWL + short]:
                return self._of_values(short, verb, facts[OWL + short][0], facts)
        return []

    def _of_values(
        self, short: str, verb: object, value: object, facts: Mapping[str, list[object]]
    ) -> list[Part]:
        kinds = [*facts.get(OWL + "onClass", ()), *facts.get(OWL + "onDataRange", ())]
        kind = self.thing(kinds[0]) if kinds else []
        data = key(verb) in self.data or bool(facts.get(OWL + "onDataRange"))
        if short in _COUNTS:
            number = f"{_COUNTS[short]} {getattr(value, 'value', value)} "
            each: list[Part] = [(", each ", ""), *kind] if kind else []
            if data:
                noun = f"has {number}value(s) for "
                return [(noun, ""), *self.quote(verb), *each]
            return [*self.verb(verb), (f" {number}thing(s)", ""), *each]
        if short == "hasSelf":
            return [*self.verb(verb), (" itself", "")]
        if short == "hasValue":
            if isinstance(value, Literal):
                return [(f'has the value "{value.value}" for ', ""), *self.quote(verb)]
            return [*self.verb(verb), (" ", ""), *self.quote(value)]
        only = "other than " if short == "allValuesFrom" else ""
        if data or self.is_datatype(value):
            start = "has no value for " if only else "has a value for "
            middle = " other than " if only else " that is "
            return [(start, ""), *self.quote(verb), (middle, ""), *self.thing(value)]
        return [*self.verb(verb), (" nothing " if only else " ", ""), (only, ""),
                *self.thing(value)]  # fmt: skip

    def is_datatype(self, term: object) -> bool:
        """Return whether a range holds values and no individuals."""
        if key(term).startswith(XSD) or key(term) in _DATATYPES:
            return True
        return RDFS + "Datatype" in {key(kind) for kind in self.facts[key(term)][RDF_TYPE]}

    def members(self, head: object) -> list[object]:
        """Return the members of an RDF list.

        Raises:
            ValueError: It has no end, or no member.
        """
        found: list[object] = []
        seen: set[str] = set()
        while key(head) != _RDF + "nil":
            facts = self.facts[key(head)]
            if key(head) in seen or not (facts[_RDF + "first"] and facts[_RDF + "rest"]):
                raise ValueError("not a list")
            seen.add(key(head))
            found.append(facts[_RDF + "first"][0])
            head = facts[_RDF + "rest"][0]
        if not found:
            raise ValueError("an empty list")
        return found

    def show(self, term: object, depth: int = 3) -> list[Part]:
        """Return a term in functional style; what lies deeper than three levels as ``…``."""
        if isinstance(term, NamedNode):
            return [(self.name(term), term.value)]
        if isinstance(term, Literal):
            return [(f'"{term.value}"', "")]
        if not depth:
            return [("…", "")]
        shown = []
        for name, values in sorted(self.facts[key(term)].items()):
            if name != RDF_TYPE:
                inner = [self.show(value, depth - 1) for value in values]
                shown += [[(f"{local_name(name)} ", ""), *each] for each in inner]
        return [("(", ""), *join(shown, "and"), (")", "")]
