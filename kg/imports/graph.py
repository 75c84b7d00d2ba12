"""RDF from elsewhere: into a side file of Turtle, for the shapes to judge like any other.

Layer imports. Nothing is fetched and nothing unfolds: a remote context and a DOCTYPE are refused,
imports are dropped and counted. Every blank node gets an IRI under the base, in the order in which
the file names them, so that the same file gives the same names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import DataFaults
from kg.imports.report import ADDED, LEFT_OUT, Report
from kg.imports.upload import MAX_RECORDS, Upload, read_text, unreadable
from kg.sources.side import MAX_ABOUT, MAX_TEXT
from kg.store import DefaultGraph, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from kg.terms import OWL, data_iri

__all__ = ["GRAPHS", "read_graph"]

GRAPHS = {
    "jsonld": RdfFormat.JSON_LD,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
}
"""Kind of file → its format."""

_MAX_DEPTH, _MAX_VALUES = 200, 1_000_000
_JSON = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{},]')
_IMPORTS = OWL + "imports"
_REMOTE = "LoadDocumentCallback"
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def read_graph(upload: Upload, base: str, stem: str) -> tuple[bytes, Report]:
    """Return the Turtle of a side file, and the report on what became of every statement.

    Args:
        upload: A file of a kind in :data:`GRAPHS`.
        base: Base IRI of the workspace, against which relative IRIs are resolved.
        stem: Name of the side file without its extension.

    Raises:
        DataFaults: The file can't be read, has a DOCTYPE or a remote context, holds no or too
            many statements.
    """
    text, note = read_text(upload)
    report = Report(upload.name, "statement", notes=[n for n in (upload.note, note) if n])
    if upload.kind == "rdfxml":
        text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)  # it may name another encoding
        _check_xml(upload, text)
    _check_depth(upload, text)
    skolem = _Skolem(base, stem)
    triples, prefixes = _read(upload, text, base, skolem, report)
    if not report.read:
        raise unreadable(upload.name, "The file holds no statement. Is it "
                         f"{upload.kind}, with its @context inside?")  # fmt: skip
    if skolem.names:
        report.notes.append(f"Nodes without an IRI got one: {len(skolem.names)}, from "
                            f"{data_iri(base, 'genid')}/{stem}-b1 on.")  # fmt: skip
    found = sorted(triples, key=str)
    content = serialize(found, format=RdfFormat.TURTLE, prefixes=_used(prefixes, found))
    assert content is not None  # no output file was named
    return content, report


def _check_xml(upload: Upload, text: str) -> None:
    """Refuse XML that unfolds or nests without end; the parser's time grows with the square."""
    from xml.parsers.expat import ExpatError, ParserCreate

    depth = 0

    def refuse(*_: object) -> None:
        raise unreadable(upload.name, "The file has a DOCTYPE, which can make a few bytes unfold "
                         "to any size. Export it as Turtle.")  # fmt: skip

    def deeper(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise _too_deep(upload)

    def back(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = deeper, back
    try:
        parser.Parse(text.encode(), True)
    except ExpatError as error:
        raise _refuse(upload, str(error)) from None


def _check_depth(upload: Upload, text: str) -> None:
    """Refuse what nests so deeply that parsers run out of memory (JSON) or crash (triples)."""
    abouts = max(text.count("<<"), text.count('parseType="Triple"'), text.count("='Triple'"))
    if abouts > MAX_ABOUT:
        raise unreadable(upload.name, f"The file holds more than {MAX_ABOUT} statements about "
                         "statements, of which none can be taken. Leave them out.")  # fmt: skip
    if upload.kind != "jsonld":
        return
    depth = commas = 0
    for token in _JSON.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        commas += token[0] == ","
        if depth > _MAX_DEPTH:
            raise _too_deep(upload)
        if commas > _MAX_VALUES:
            raise unreadable(upload.name, f"The file holds more than {_MAX_VALUES} values. Split "
                             "it.")  # fmt: skip


def _too_deep(upload: Upload) -> DataFaults:
    return unreadable(upload.name, f"The file nests more than {_MAX_DEPTH} levels deep. Export it "
                      "as N-Triples.")  # fmt: skip


def _read(
    upload: Upload, text: str, base: str, skolem: _Skolem, report: Report
) -> tuple[set[Triple], dict[str, str]]:
    """Return what may be taken, and the prefixes of the file."""
    triples: set[Triple] = set()
    graphs: set[str] = set()
    twice = 0
    default = DefaultGraph()
    try:
        quads = parse(text.encode(), format=GRAPHS[upload.kind], base_iri=base)
        for number, quad in enumerate(quads, start=1):
            if number > MAX_RECORDS:
                raise unreadable(upload.name, f"The file holds more than {MAX_RECORDS} statements. "
                                 "Split it.")  # fmt: skip
            if quad.graph_name != default:
                graphs.add(str(quad.graph_name))
            if quad.predicate.value == _IMPORTS:
                report.losses["owl:imports, which is never followed"] += 1
            elif isinstance(quad.object, Triple):
                report.losses["statement about a statement"] += 1
            else:
                if len(quad.object.value.encode()) > MAX_TEXT:
                    raise unreadable(upload.name, "The file holds a text of more than "
                                     f"{MAX_TEXT >> 20} MiB. Leave it out.")  # fmt: skip
                triple = Triple(skolem.name(quad.subject), quad.predicate, skolem.name(quad.object))
                twice += triple in triples
                triples.add(triple)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _refuse(upload, str(error)) from None
    report.bulk[ADDED] = len(triples)
    report.bulk[LEFT_OUT] = twice + report.losses.total()
    if twice:
        report.notes.append(f"Statements that stand there more than once, left out: {twice}.")
    if graphs:
        report.notes.append(f"Named graphs became one: {len(graphs)}.")
    return triples, dict(getattr(quads, "prefixes", {}))


def _refuse(upload: Upload, message: str) -> DataFaults:
    if _REMOTE in message:
        return unreadable(upload.name, "The file needs a @context from the web, and nothing is "
                          "fetched. Put the context itself into the file.")  # fmt: skip
    return unreadable(upload.name, f"The file can't be read as {upload.kind}. Mend it.", message)


def _used(prefixes: dict[str, str], triples: list[Triple]) -> dict[str, str]:
    """Return the prefixes that something needs and that Turtle can write."""
    text = {str(t.predicate)[1:] for t in triples}
    text |= {str(n)[1:] for t in triples for n in (t.subject, t.object) if isinstance(n, NamedNode)}
    text |= {n.datatype.value for t in triples if isinstance(n := t.object, Literal)}
    return {
        prefix: iri
        for prefix, iri in sorted(prefixes.items())
        if _PREFIX.fullmatch(prefix) and iri and any(name.startswith(iri) for name in text)
    }


@dataclass
class _Skolem:
    """IRIs for blank nodes."""

    base: str
    stem: str

    def __post_init__(self) -> None:
        """Begin with none."""
        self.names: dict[str, NamedNode] = {}

    def name(self, term: object) -> NamedNode:
        """Return a term as it is, a blank node as its IRI."""
        if isinstance(term, NamedNode | Literal):
            return term  # type: ignore[return-value]
        label = str(term)
        if label not in self.names:
            number = len(self.names) + 1
            iri = f"{data_iri(self.base, 'genid')}/{self.stem}-b{number}"
            self.names[label] = NamedNode(iri)
        return self.names[label]
