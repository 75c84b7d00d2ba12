"""Turtle in the one form that our own files have: terms sorted, one value a line.

rdflib's long Turtle does the writing; what it leaves to chance (the order of subjects, prefixes
that nobody uses) is settled here. `kg.exports` writes the released ontology with it, and
``docs/make.py`` the modules under ``ontology/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from kg.store import RdfFormat, Triple, serialize
from kg.terms import IAO, OWL, RDF_TYPE, RDFS, SKOS

if TYPE_CHECKING:
    import rdflib
    from rdflib.plugins.serializers.longturtle import LongTurtleSerializer

__all__ = ["reformat_turtle", "write_turtle"]

_FIRST = (RDF_TYPE, RDFS + "label", IAO + "0000115", SKOS + "definition")
_PREFIX = re.compile(r"@prefix\s+([\w-]*):\s*<([^>]*)>|PREFIX\s+([\w-]*):\s*<([^>]*)>", re.I)


def write_turtle(
    triples: Iterable[Triple], prefixes: Mapping[str, str], comment: str = ""
) -> bytes:
    """Return triples as Turtle, the same bytes for the same triples.

    Subjects are sorted by IRI, whatever the case, axioms without a name after them; a subject has
    its type, label and definition first. Prefixes that aren't used are left out.

    Args:
        triples: What to write; blank nodes may be renamed.
        prefixes: Prefix → namespace.
        comment: Lines for the head of the file, without "#".
    """
    import rdflib

    lines = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert lines is not None  # no output file was named
    graph = rdflib.Graph(bind_namespaces="none").parse(data=lines.decode(), format="nt")
    return _write(graph, prefixes, comment)


def reformat_turtle(content: bytes) -> bytes:
    """Return a Turtle file in the form that :func:`write_turtle` gives it.

    Caution: of the comments only those at the head of the file stay.

    Raises:
        ValueError: The content is not Turtle.
    """
    import rdflib
    from rdflib.plugins.parsers.notation3 import BadSyntax

    text = content.decode()
    graph = rdflib.Graph(bind_namespaces="none")
    try:
        graph.parse(data=text, format="turtle")
    except BadSyntax as error:
        raise ValueError(f"not Turtle: {error}") from None
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line[1:].strip())
    prefixes = {m[1] or m[3] or "": m[2] or m[4] for m in _PREFIX.finditer(text)}
    return _write(graph, prefixes, "\n".join(head))


def _write(graph: rdflib.Graph, prefixes: Mapping[str, str], comment: str) -> bytes:
    import rdflib
    from rdflib.compare import to_canonical_graph

    canonical = rdflib.Graph(bind_namespaces="none")
    for triple in to_canonical_graph(graph):
        canonical.add(triple)
    for prefix, namespace in prefixes.items():
        canonical.bind(prefix, namespace, override=True, replace=True)
    stream = BytesIO()
    _serializer(canonical).serialize(stream)
    body = stream.getvalue().decode().strip("\n")
    names = sorted(p for p in prefixes if re.search(rf"(?<![\w<:/-]){p}:", body))
    head = [f"# {line}" for line in comment.splitlines()]
    head += [f"@prefix {name}: <{prefixes[name]}> ." for name in names]
    return ("\n".join(head) + "\n\n" + body + "\n").encode()


def _serializer(graph: rdflib.Graph) -> LongTurtleSerializer:
    from rdflib import BNode, URIRef
    from rdflib.plugins.serializers.longturtle import LongTurtleSerializer

    class Sorted(LongTurtleSerializer):
        """Long Turtle with sorted subjects and without prefix lines of its own."""

        predicateOrder = [URIRef(name) for name in _FIRST]  # noqa: RUF012

        def orderSubjects(self) -> list[rdflib.term.Node]:
            return sorted(self._subjects, key=self._key)

        def _key(self, subject: rdflib.term.Node) -> tuple[bool, int, str, str]:
            name = str(subject)
            if isinstance(subject, BNode):  # by the members of a list: its own name is a hash
                name = "".join(
                    str(item)
                    for head in graph.objects(subject, URIRef(OWL + "members"))
                    for item in graph.items(head)
                )
            inside = self._references[subject] if isinstance(subject, BNode) else 0
            return isinstance(subject, BNode), inside, name.lower(), str(subject)

        def sortProperties(
            self, properties: Mapping[rdflib.term.Node, list[rdflib.term.Node]]
        ) -> list[rdflib.term.Node]:
            names = super().sortProperties(properties)
            for values in properties.values():
                values.sort(key=lambda value: isinstance(value, BNode))
            return names

        def startDocument(self) -> None:
            self._started = True

    return Sorted(graph)  # type: ignore[no-untyped-call]
