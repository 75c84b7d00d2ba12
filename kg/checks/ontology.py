"""The rules of the ontology: one query a rule in ``queries/ontology``, which must return no rows.

One rule no query can say; it stands in :mod:`kg.checks.literal`.

They see what a hand-written ontology gets wrong and a reasoner doesn't: names, definitions,
declarations, stubs, what shapes and queries name. The union of the modules is the default graph;
shapes are seen in graphs of their own, so that none counts as a part of the ontology. Each file is
the graph ``file:NAME`` as well, in which ``dcterms:references`` lists what the file names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from kg.checks.literal import ILL_TYPED, find_ill_typed
from kg.checks.names import names_of_queries, names_of_shapes
from kg.errors import Fault
from kg.query import Query, list_queries, run_query
from kg.resources import ontology_files, shape_files
from kg.store import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from kg.terms import DCTERMS, KG, RDF_TYPE, RDFS, SHAPE, local_name, plain

__all__ = ["Exemption", "check_terms", "find_rows", "list_exemptions", "list_rules", "read_modules"]

_SHAPES = "shapes/"
_EXCEPT = re.compile(r"^#\+ except (\S+(?: \S+){0,2}): (.+)$", re.MULTILINE)
_PREFIX = re.compile(r"^PREFIX (\w+): <([^>]+)>$", re.MULTILINE)

Row = tuple[object, ...]  # this, path, value: terms of RDF, or None


@dataclass(frozen=True)
class Exemption:
    """What one rule does not say, and why.

    Attributes:
        rule: Stem of the rule's file.
        terms: IRIs that stand together in the rows that are not reported.
        reason: Why that is right.
    """

    rule: str
    terms: tuple[str, ...]
    reason: str

    def covers(self, row: Row) -> bool:
        """Return whether a row is exempt: this, path and value hold all the terms."""
        return set(self.terms) <= set(map(plain, row))


def check_terms(
    graphs: Mapping[str, Iterable[Triple]], names: Mapping[str, Iterable[str]] | None = None
) -> list[Fault]:
    """Return what the rules find wrong with an ontology and the shapes that use it.

    Args:
        graphs: Name of a file → its triples; names that start with ``shapes/`` hold shapes.
        names: Name of a query's file → IRIs that it names; the shipped queries if none are given.

    Returns:
        Faults sorted by file and rule; empty if nothing is wrong. Their table is the file that
        describes the term, or "ontology"; their message starts with the term.
    """
    files = {name: list(triples) for name, triples in graphs.items()}
    found = [
        (query, row)
        for query, row in find_rows(files, names)
        if not any(exemption.covers(row) for exemption in _exemptions(query))
    ]
    if not found:
        return []
    writer = _Writer(files)
    return sorted({writer.write(query, row) for query, row in found})


def find_rows(
    graphs: Mapping[str, Iterable[Triple]], names: Mapping[str, Iterable[str]] | None = None
) -> list[tuple[Query, Row]]:
    """Return what the rules answer, by rule, what they exempt included.

    Args:
        graphs: As for :func:`check_terms`.
        names: As for :func:`check_terms`.
    """
    files = {name: list(triples) for name, triples in graphs.items()}
    store = _build_store(files, names_of_queries() if names is None else names)
    rows: list[tuple[Query, Row]] = [
        (query, row)
        for query in list_queries("ontology")
        for row in run_query(store, query.text).terms
    ]
    return rows + [
        (ILL_TYPED, (t.subject, t.predicate, t.object))
        for name, triples in files.items()
        if not name.startswith(_SHAPES)
        for t in find_ill_typed(triples)
    ]


def read_modules() -> dict[str, list[Triple]]:
    """Return the shipped modules and shapes: name of a file under ``ontology/`` → its triples."""
    folder = ontology_files()[0].parent
    return {
        path.relative_to(folder).as_posix(): [
            quad.triple
            for quad in parse(path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=True)
        ]
        for path in (*ontology_files(), *shape_files())
    }


def list_rules() -> tuple[Query, ...]:
    """Return all rules by name, that which no query can say included: it has no text."""
    return tuple(sorted((*list_queries("ontology"), ILL_TYPED), key=lambda rule: rule.name))


def list_exemptions() -> tuple[Exemption, ...]:
    """Return the exemptions that the headers of the rules record, by rule."""
    return tuple(e for query in list_queries("ontology") for e in _exemptions(query))


@cache
def _exemptions(query: Query) -> tuple[Exemption, ...]:
    prefixes = dict(_PREFIX.findall(query.text))
    return tuple(
        Exemption(query.name, tuple(_expand(t, prefixes) for t in terms.split()), reason)
        for terms, reason in _EXCEPT.findall(query.text)
    )


def _expand(term: str, prefixes: Mapping[str, str]) -> str:
    if term.startswith("<"):
        return term.strip("<>")
    prefix, _, name = term.partition(":")
    return prefixes[prefix] + name


def _build_store(files: Mapping[str, list[Triple]], names: Mapping[str, Iterable[str]]) -> Store:
    store = Store()
    for name, triples in files.items():
        graph = _graph(name)
        store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        if not name.startswith(_SHAPES):
            store.extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)
    shapes = {name: triples for name, triples in files.items() if name.startswith(_SHAPES)}
    references = NamedNode(DCTERMS + "references")
    for name, terms in {**names_of_shapes(shapes), **names}.items():
        graph = _graph(name)
        store.extend(Quad(graph, references, NamedNode(term), graph) for term in terms)
    return store


def _graph(name: str) -> NamedNode:
    return NamedNode("file:" + quote(name))


class _Writer:
    """Writes rows as faults: where a term is described, and what it is called."""

    def __init__(self, files: Mapping[str, list[Triple]]) -> None:
        """Index the files: modules before shapes, and where a type is given before all else."""
        self.files: dict[object, str] = {}
        self.labels: dict[object, str] = {}
        self.users: dict[object, object] = {}
        rows = [
            (name, t)
            for name in sorted(files, key=lambda n: (n.startswith(_SHAPES), n))
            for t in files[name]
        ]
        for name, t in sorted(rows, key=lambda row: row[1].predicate.value != RDF_TYPE):
            self.files.setdefault(t.subject, name)
            if t.predicate.value == RDFS + "label":
                self.labels.setdefault(t.subject, plain(t.object))
            if not isinstance(t.object, Literal | NamedNode):
                self.users.setdefault(t.object, t.subject)

    def write(self, query: Query, row: Row) -> Fault:
        """Return one row of a rule as a fault."""
        this, path, value = row
        name, file = self.find_owner(this)
        return Fault(
            table=file,
            row=0,
            column=local_name(plain(path)),
            rule=query.name,
            severity=query.fields["severity"],
            value=self.show(value),
            message=f"{name}: {query.fields['problem']} {query.fields['remedy']}",
        )

    def find_owner(self, node: object) -> tuple[str, str]:
        """Return the name of a term, or of that whose axiom a blank node is, and its file."""
        file = self.files.get(node, "ontology")
        seen: set[object] = set()
        while not isinstance(node, NamedNode) and node in self.users and node not in seen:
            seen.add(node)  # blank nodes may lead round in a circle
            node = self.users[node]
        if isinstance(node, NamedNode):
            return _shorten(node.value), self.files.get(node, file)
        return "an axiom over several terms", file

    def show(self, value: object) -> str:
        """Return a value for people: a text as it stands, a term by its label."""
        if isinstance(value, NamedNode):
            return self.labels.get(value) or _shorten(value.value)
        return plain(value) if value is None or isinstance(value, Literal) else "[…]"


@cache
def _prefixes() -> dict[str, str]:
    """Return namespace → prefix as the rules write them, the longest namespace first."""
    found = {n: p for query in list_queries("ontology") for p, n in _PREFIX.findall(query.text)}
    found |= {KG: "kg", SHAPE: "shape"}
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item)))


def _shorten(iri: str) -> str:
    for namespace, prefix in _prefixes().items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"
