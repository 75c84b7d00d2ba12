"""What of an ontology with data a reasoner is given, and what contradicts in it by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from kg.store import Literal, NamedNode, Triple
from kg.terms import OWL, RDF_TYPE, RDFS, XSD

__all__ = ["find_clashes", "keep_terminology", "strip"]

_RDF = RDF_TYPE.removesuffix("type")
_LOGIC = frozenset(
    [
        *(_RDF + name for name in ("first", "rest")),
        *(RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")),
        *(
            OWL + name
            for name in (
                "allValuesFrom", "cardinality", "complementOf", "datatypeComplementOf",
                "differentFrom", "disjointUnionOf", "disjointWith", "distinctMembers",
                "equivalentClass", "equivalentProperty", "hasKey", "hasSelf", "hasValue",
                "intersectionOf", "inverseOf", "maxCardinality", "maxQualifiedCardinality",
                "members", "minCardinality", "minQualifiedCardinality", "onClass", "onDataRange",
                "onDatatype", "onProperty", "oneOf", "propertyChainAxiom", "propertyDisjointWith",
                "qualifiedCardinality", "sameAs", "someValuesFrom", "unionOf", "withRestrictions",
            )
        ),
    ]
)  # fmt: skip
"""Properties with a meaning of their own in OWL 2: neither owl:imports nor annotations."""
_LEFT_ALONE = frozenset(OWL + name for name in ("AnnotationProperty", "Ontology"))
# owlready2 imports the Python module that this vocabulary names.
_ACTED_ON = "http://www.lesfleursdunormal.fr/"
_NUMBERS = {
    XSD + "integer": re.compile(r"[+-]?\d+"),
    XSD + "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    XSD + "boolean": re.compile(r"true|false|1|0"),
}
_TEXTS = frozenset({XSD + "string", _RDF + "langString"})


def strip(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples that decide about consistency, and nothing that owlready2 acts on.

    Axioms, types and values of declared properties are kept. Each text is replaced by its hash:
    to a reasoner only matters whether two texts are the same.
    """
    rows = [t for t in triples if not any(_ACTED_ON in str(term) for term in t)]
    classes = _declared(rows, "Class")
    properties = _declared(rows, "ObjectProperty", "DatatypeProperty")
    kept = []
    for row in rows:
        predicate, value = row.predicate.value, row.object
        if predicate == RDF_TYPE:
            if _is_kind(value, classes):
                kept.append(row)
        elif predicate in _LOGIC or predicate in properties:
            plain = _plain(value) if isinstance(value, Literal) else value
            if not isinstance(row.subject, Triple) and plain is not None:
                kept.append(Triple(row.subject, row.predicate, plain))
    return kept


def _declared(rows: Iterable[Triple], *kinds: str) -> set[str]:
    wanted = {NamedNode(OWL + kind) for kind in kinds}
    return {
        t.subject.value
        for t in rows
        if t.predicate.value == RDF_TYPE and t.object in wanted and isinstance(t.subject, NamedNode)
    }


def _is_kind(term: object, classes: set[str]) -> bool:
    if not isinstance(term, NamedNode):
        return not isinstance(term, Literal | Triple)  # a blank node: a class made of others
    return term.value in classes or (
        term.value.startswith((OWL, RDFS, _RDF)) and term.value not in _LEFT_ALONE
    )


def _plain(value: Literal) -> Literal | None:
    """Return a value that HermiT can take, or None."""
    datatype = value.datatype.value
    if datatype in _TEXTS:
        digest = sha256(value.value.encode()).hexdigest()
        return Literal(digest, language=value.language) if value.language else Literal(digest)
    if datatype in _NUMBERS:
        return value if _NUMBERS[datatype].fullmatch(value.value) else None
    return value if datatype == XSD + "dateTime" and _is_date_time(value.value) else None


def _is_date_time(text: str) -> bool:
    try:
        return "T" in text and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def keep_terminology(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples without those about individuals, of what :func:`strip` kept."""
    rows = list(triples)
    classes = _declared(rows, "Class")
    properties = _declared(rows, "ObjectProperty", "DatatypeProperty")
    return [
        t
        for t in rows
        if t.predicate.value not in properties
        and not (isinstance(t.object, NamedNode) and t.predicate.value == RDF_TYPE
                 and t.object.value in classes)
    ]  # fmt: skip


def find_clashes(triples: Iterable[Triple]) -> dict[str, tuple[str, str]]:
    """Return the individuals that belong to two disjoint classes, with two such classes.

    A type is stated, or follows from the domain or range of a property; superclasses count.
    Classes made of others (unions, restrictions) are not looked into, and an individual is not
    blamed for a class that by itself is under both.

    Returns:
        IRI of the individual → the two classes, sorted by IRI.
    """
    facts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for triple in triples:
        facts[triple.predicate.value].append((_name(triple.subject), _name(triple.object)))
    above = _closure(facts[RDFS + "subClassOf"])
    disjoint = sorted(_disjoint_pairs(facts))
    clashes = {}
    for name, stated in sorted(_types(facts).items()):
        groups = [{c, *above.get(c, ())} for c in stated]
        types = set().union(*groups)
        pairs = [p for p in disjoint if types.issuperset(p)]
        found = [p for p in pairs if not any(g.issuperset(p) for g in groups)]
        if found:
            pair = [min(c for c, g in zip(stated, groups, strict=True) if k in g) for k in found[0]]
            clashes[name] = (min(pair), max(pair))
    return clashes


def _types(facts: dict[str, list[tuple[str, str]]]) -> dict[str, set[str]]:
    """Return the classes of each individual, stated or by domain and range."""
    types: defaultdict[str, set[str]] = defaultdict(set)
    for name, cls in facts[RDF_TYPE]:
        types[name].add(cls)
    above = _closure(facts[RDFS + "subPropertyOf"])
    for side, axiom in enumerate((RDFS + "domain", RDFS + "range")):
        by_property = defaultdict(set)
        for name, cls in facts[axiom]:
            by_property[name].add(cls)
        for name in list(facts):
            classes = set().union(*(by_property[p] for p in (name, *above.get(name, ()))))
            for pair in facts[name] if classes else ():
                types[pair[side]] |= classes
    return types


def _disjoint_pairs(facts: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    yield from (tuple(sorted(pair)) for pair in facts[OWL + "disjointWith"])  # type: ignore[misc]
    first, rest = dict(facts[_RDF + "first"]), dict(facts[_RDF + "rest"])
    every = {name for name, cls in facts[RDF_TYPE] if cls == OWL + "AllDisjointClasses"}
    for name, head in facts[OWL + "members"]:
        members = []
        while name in every and head in first:
            members.append(first[head])
            head = rest.get(head, "")
        yield from ((a, b) for a in members for b in members if a < b)


def _closure(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return for each name everything above it, through any number of steps."""
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for below, above in pairs:
        direct[below].add(above)
    closed = {}
    for name in list(direct):
        seen: set[str] = set()
        ahead = set(direct[name])
        while ahead:
            seen |= ahead
            ahead = set().union(*(direct.get(a, ()) for a in ahead)) - seen
        closed[name] = seen
    return closed


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
