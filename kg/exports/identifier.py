"""What was promised with a release: every identifier stays, with its kind and its meaning.

`kg.exports`. ``ontology/release/ids.tsv`` lists the terms of the last release. It is written when
a release is made and never in between; what it lists is there for ever, deprecated at worst.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from kg.schema import ontology_triples
from kg.store import NamedNode, Triple
from kg.terms import CE, OWL, QES, RDF_TYPE, RDFS, SKOS, local_name, plain

__all__ = ["Identifier", "find_broken_promises", "list_identifiers", "read_ids", "write_ids"]

_HEADER = ("IRI", "kind", "label", "deprecated")
_KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "object property",
    OWL + "DatatypeProperty": "data property",
    OWL + "AnnotationProperty": "annotation property",
}


@dataclass(frozen=True, order=True)
class Identifier:
    """One term of ours.

    Attributes:
        iri: Its address.
        kind: class, object property, data property, annotation property or individual; several
            joined with " and ", which no released term has.
        label: Its English label.
        deprecated: Whether it is kept only so that what uses it can be understood.
        former: Labels that it had before (``skos:altLabel``).
    """

    iri: str
    kind: str
    label: str
    deprecated: bool = False
    former: frozenset[str] = frozenset()


def list_identifiers(triples: Iterable[Triple]) -> list[Identifier]:
    """Return our own terms, those in the namespaces of core and case, sorted by IRI."""
    values: dict[str, dict[str, set[str]]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith((QES, CE)):
            known = values.setdefault(triple.subject.value, {})
            known.setdefault(triple.predicate.value, set()).add(plain(triple.object))
    return [
        Identifier(
            iri,
            _kind(known[RDF_TYPE]),
            min(known.get(RDFS + "label", {""})),
            "true" in known.get(OWL + "deprecated", ()),
            frozenset(known.get(SKOS + "altLabel", ())),
        )
        for iri, known in sorted(values.items())
        if RDF_TYPE in known
    ]


def _kind(types: Iterable[str]) -> str:
    # owl:TransitiveProperty and its like only say more about a kind.
    found = {_KINDS.get(t, "" if t.startswith(OWL) else "individual") for t in types} - {""}
    return " and ".join(sorted(found)) or "individual"


def write_ids() -> bytes:
    """Return the list of our terms as they are now, for a release that is made now.

    The first line has date and version of the ontology, the second the names of the columns.
    """
    triples = ontology_triples()
    said = {t.predicate.value: plain(t.object) for t in triples if plain(t.subject) == QES[:-1]}
    day, version = local_name(said[OWL + "versionIRI"]), said[OWL + "versionInfo"]
    text = io.StringIO(f"# Released {day}, version {version}.\n")
    text.seek(0, io.SEEK_END)
    rows = csv.writer(text, delimiter="\t", lineterminator="\n")
    rows.writerow(_HEADER)
    for term in list_identifiers(triples):
        rows.writerow((term.iri, term.kind, term.label, str(term.deprecated).lower()))
    return text.getvalue().encode()


def read_ids(content: bytes) -> list[Identifier]:
    """Return the terms that a list of a release names."""
    lines = content.decode().splitlines()
    rows = csv.DictReader(lines[1:], delimiter="\t")
    return [Identifier(r["IRI"], r["kind"], r["label"], r["deprecated"] == "true") for r in rows]


def find_broken_promises(
    released: Iterable[Identifier], now: Iterable[Identifier]
) -> list[tuple[str, str]]:
    """Return (IRI, sentence) for each released term that is no longer what it was, sorted.

    A term may get another label for the same meaning, if the former one is kept as
    ``skos:altLabel``, or the label that says that it is obsolete.
    """
    current = {term.iri: term for term in now}
    return sorted(
        (term.iri, sentence)
        for term in released
        for sentence in _differences(term, current.get(term.iri))
    )


def _differences(before: Identifier, now: Identifier | None) -> list[str]:
    if now is None:
        return ["It was released and is gone. Put it back, deprecated."]
    sentences = []
    if now.kind != before.kind:
        sentences.append(
            f"It was released as {before.kind} and is {now.kind} now. Put it back as it was, and "
            "give what is new another name."
        )
    if before.deprecated and not now.deprecated:
        sentences.append("It was deprecated and is not so now. Give what is new another name.")
    kept = now.label == before.label or before.label in now.former
    if not kept and not (now.deprecated and now.label == f"obsolete {before.label}"):
        sentences.append(
            f'It was released as "{before.label}" and is "{now.label}" now. If it means the same, '
            "keep the former label as skos:altLabel; if not, give what is new another name."
        )
    return sentences
