"""`queries/queries.ttl`: the query library as data, and the shapes that it must hold to."""

import re
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store
from rdflib.namespace import RDF, RDFS, SH

from kg.errors import MachineryError
from kg.exports import export, queries_as_turtle
from kg.exports.queries import KINDS
from kg.exports.queries import queries_as_turtle as write
from kg.query import Query, get_query, run_query
from tests.exports.conftest import Source
from tests.exports.meta import ENGINES, judge, list_shapes, read

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "queries/queries.ttl"
FILES = sorted((ROOT / "queries").rglob("*.rq"))
QUERIES = "https://w3id.org/qes-kg/queries/"
SCHEMA = "https://schema.org/"
COLUMN = rdflib.URIRef("https://w3id.org/qes-kg/schema/resultColumn")
TEXTS = (SH.select, SH.ask, SH.construct, SH.update)

BREAK = f"""
PREFIX kg: <https://w3id.org/qes-kg/schema/>
PREFIX q: <{QUERIES}questions/>
PREFIX c: <{QUERIES}carry/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <{SCHEMA}>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX : <https://example.org/>
"""
# What is broken, and (shape, focus) of each fault that this must make.
WRONG = [
    ("DELETE WHERE { q:eligibility rdfs:comment ?c }", {("query-comment", "q:eligibility")}),
    (
        'INSERT DATA { q:management-path rdfs:comment "Another?"@en }',
        {("query-comment", "q:management-path")},
    ),
    (
        "DELETE WHERE { q:personal-communities schema:keywords ?k }",
        {("query-keywords", "q:personal-communities")},
    ),
    (
        "DELETE WHERE { q:settings-studied sh:prefixes ?p }",
        {
            ("query-prefixes", "q:settings-studied"),
            ("query-prefixes-resolve", "q:settings-studied"),
        },
    ),
    (
        "DELETE { q:non-intense-ties sh:select ?t } INSERT { q:non-intense-ties sh:construct ?t } "
        "WHERE { q:non-intense-ties sh:select ?t }",
        {("select-text", "q:non-intense-ties")},
    ),
    (
        'INSERT DATA { q:senses-and-theories sh:ask "ASK {}" }',
        {("query-one-text", "q:senses-and-theories"), ("query-variables", "q:senses-and-theories")},
    ),
    (
        "DELETE { ?q sh:select ?t } INSERT { ?q sh:select 'ASK {}' } "
        f"WHERE {{ ?q sh:select ?t FILTER (?q = <{QUERIES}why/statuses>) }}",
        {("select-text", f"{QUERIES}why/statuses")},
    ),
    (
        "DELETE { ?q sh:select ?t } INSERT { ?q sh:select ?other } WHERE { ?q sh:select ?t "
        'BIND (REPLACE(?t, "PREFIX qes: <https", "PREFIX qes: <http") AS ?other) '
        "FILTER (?q = q:third-order-constructs) }",
        {("query-prefixes-resolve", "q:third-order-constructs")},
    ),
    (
        "INSERT DATA { :none a sh:PrefixDeclaration }",
        {("prefix-name", ":none"), ("prefix-namespace", ":none")},
    ),
    (
        "DELETE WHERE { <P/status> sh:description ?d }",
        {("parameter-description", "<P/status>")},
    ),
    ("DELETE WHERE { <P/modality> sh:path ?p }", {("parameter-path", "<P/modality>")}),
    (
        'INSERT DATA { <P/modality> sh:name "two words" }',
        {("parameter-name", "<P/modality>"), ("query-variables", "q:carried-claims")},
    ),
    ("DELETE WHERE { <C/id> sh:description ?d }", {("column-description", "<C/id>")}),
    ('INSERT DATA { <C/status> sh:order "first" }', {("column-order", "<C/status>")}),
    (
        "DELETE WHERE { <C/scope> sh:name ?n }",
        {("column-name", "<C/scope>")},
    ),
    (
        'DELETE { ?c sh:name ?n } INSERT { ?c sh:name "no_such_variable" } '
        "WHERE { q:central-elements kg:resultColumn ?c . ?c sh:name ?n ; sh:order 1 }",
        {("query-variables", "q:central-elements")},
    ),
    ('INSERT DATA { c:01-transfers sh:order "one" }', {("query-order", "c:01-transfers")}),
    (
        "DELETE { ?q sh:update ?t } INSERT { ?q sh:update 'SELECT * {}' } "
        "WHERE { ?q sh:update ?t FILTER (?q = c:02-preconditions) }",
        {("update-text", "c:02-preconditions")},
    ),
    (
        "INSERT DATA { c:03-roles <http://purl.org/dc/terms/source> 'two' }",
        {("query-source", "c:03-roles")},
    ),
    ("INSERT DATA { :ask a sh:SPARQLAskExecutable }", {("ask-text", ":ask")}),
    ("INSERT DATA { :make a sh:SPARQLConstructExecutable }", {("construct-text", ":make")}),
]


def expand(name: str) -> str:
    """Return the IRI of a name as it stands in WRONG."""
    name = name.replace("<P/", f"<{QUERIES}questions/carried-claims/parameter/")
    name = name.replace("<C/", f"<{QUERIES}questions/carried-claims/column/")
    if name.startswith("<"):
        return name.strip("<>")
    for prefix, namespace in re.findall(r"PREFIX (\w*:) <(.*)>", BREAK):
        if name.startswith(prefix):
            return namespace + name.removeprefix(prefix)
    return name


@cache
def graph() -> rdflib.Graph:
    return read(WRITTEN.read_bytes())


def text_of(node: rdflib.term.Node) -> str:
    (text,) = [t for p in TEXTS for t in graph().objects(node, p)]
    return str(text)


def test_file_is_up_to_date() -> None:
    """It is written by `kg export queries.ttl`."""
    assert WRITTEN.read_bytes() == queries_as_turtle()
    assert export(Store(), "queries.ttl", "https://example.org/") == queries_as_turtle()


def test_every_query_is_in_it_with_its_text() -> None:
    expected = {
        f"{QUERIES}{file.parent.name}/{file.stem}": file.read_text(encoding="utf-8")
        for file in FILES
    }
    nodes = set(graph().subjects(RDF.type, SH.SPARQLExecutable))
    assert {str(node): text_of(node) for node in nodes} == expected
    assert len(expected) == len(FILES) >= 58
    assert {file.parent.name for file in FILES} <= set(KINDS)


def test_questions_parameters_and_columns_are_those_of_the_headers() -> None:
    for file in FILES:
        node = rdflib.URIRef(f"{QUERIES}{file.parent.name}/{file.stem}")
        header = re.findall(r"^#\+ (\w+)(?: (\w+))?: *(.*)$", file.read_text("utf-8"), re.M)
        comments = [str(c) for c in graph().objects(node, RDFS.comment)]
        assert comments == [value.strip() for key, _, value in header if key == "summary"]
        for key, link in (("param", SH.parameter), ("column", COLUMN)):
            written = {(n, v.strip()) for k, n, v in header if k == key}
            found = {
                (str(graph().value(part, SH.name)), str(graph().value(part, SH.description)))
                for part in graph().objects(node, link)
            }
            assert found == written, file.name


def test_columns_are_in_the_order_of_the_header() -> None:
    node = rdflib.URIRef(QUERIES + "questions/carried-claims")
    columns = sorted(
        (int(graph().value(c, SH.order)), str(graph().value(c, SH.name)))
        for c in graph().objects(node, COLUMN)
    )
    assert columns == [(1, "id"), (2, "status"), (3, "modality"), (4, "scope")]


@pytest.mark.parametrize("name", ["carried-claims", "settings-studied"])
def test_the_text_gives_the_same_rows_as_the_file(name: str, shipped: Source) -> None:
    text = text_of(rdflib.URIRef(f"{QUERIES}questions/{name}"))
    by_turtle = run_query(shipped.store, text)
    by_file = run_query(shipped.store, get_query("questions", name).text)
    assert by_turtle == by_file
    assert len(by_turtle.rows) > 5


def test_form_is_told_by_the_first_word_that_asks_or_writes() -> None:
    kinds = {
        name: len(set(graph().subjects(RDF.type, SH[f"SPARQL{name}Executable"])))
        for name in ("Select", "Ask", "Construct", "Update")
    }
    writing = [f for f in FILES if f.parent.name in ("carry", "rules")]
    assert kinds["Update"] == len(writing) == 38
    assert kinds["Ask"] == kinds["Construct"] == 0
    assert kinds["Select"] == len(FILES) - 38


def test_a_prefix_with_two_meanings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def two(kind: str) -> tuple[Query, ...]:
        ends = ("a/", "b/") if kind == "why" else ()
        return tuple(
            Query(end[0], f"PREFIX x: <https://example.org/{end}>\nASK {{}}\n", {"summary": "?"})
            for end in ends
        )

    monkeypatch.setattr("kg.exports.queries.list_queries", two)
    with pytest.raises(MachineryError, match=r'The prefix "x" stands for <.*/b/> in the query b'):
        write()


@pytest.mark.parametrize("engine", ENGINES)
def test_file_is_valid(engine: str) -> None:
    assert judge(graph(), "queries", engine) == set()


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_wrong_is_found_where_it_is(engine: str) -> None:
    broken = read(WRITTEN.read_bytes())
    for change, _ in WRONG:
        before = set(broken)
        part = f"{QUERIES}questions/carried-claims/"
        change = change.replace("<P/", f"<{part}parameter/").replace("<C/", f"<{part}column/")
        broken.update(BREAK + change)
        assert set(broken) != before, change
    expected = {(shape, expand(focus), "Violation") for _, all_ in WRONG for shape, focus in all_}
    assert judge(broken, "queries", engine) == expected
    assert {shape for shape, _, _ in expected} == list_shapes("queries")
    assert len(expected) == 25
