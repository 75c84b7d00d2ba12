"""`kg export void.ttl`: counts that are right, and the shapes that a description must hold to."""

from functools import cache

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.namespace import DCTERMS, FOAF, RDF, VOID, XSD

from kg.exports import describe_data, export
from tests.exports.conftest import Source
from tests.exports.meta import ENGINES, judge, list_shapes, read

BASE = "https://example.org/r/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
QES = "https://w3id.org/qes-kg/"
CLASS = rdflib.URIRef("http://rdfs.org/ns/void#class")
COUNTS = ("triples", "entities", "distinctSubjects", "distinctObjects", "properties", "classes")

BREAK = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX : <BASEvoid/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
"""
# What is broken, and (shape, end of the focus) of each fault that this must make.
WRONG = [
    ("DELETE WHERE { :dataset void:uriSpace ?s }", {("dataset-uri-space", "dataset")}),
    ('INSERT DATA { :dataset void:uriSpace "no address" }', {("dataset-uri-space", "dataset")}),
    ('INSERT DATA { :dataset dcterms:title "Another" }', {("dataset-title", "dataset")}),
    ("DELETE WHERE { :dataset dcterms:license ?l }", {("dataset-license", "dataset")}),
    (
        "DELETE { :dataset void:triples 10 } INSERT { :dataset void:triples 11 } WHERE {}",
        {("triples-add-up", "dataset")},
    ),
    (
        "DELETE { :dataset void:triples 10 } INSERT { :dataset void:triples -1 } WHERE {}",
        {("dataset-triples", "dataset"), ("triples-add-up", "dataset")},
    ),
    ("DELETE WHERE { :dataset void:entities ?n }", {("dataset-entities", "dataset")}),
    (
        'INSERT DATA { :dataset void:distinctSubjects "three" }',
        {("dataset-distinct-subjects", "dataset")},
    ),
    (
        "INSERT DATA { :dataset void:distinctObjects 1.5 }",
        {("dataset-distinct-objects", "dataset")},
    ),
    (
        "DELETE { :dataset void:classes 2 } INSERT { :dataset void:classes 3 } WHERE {}",
        {("classes-counted", "dataset")},
    ),
    ("DELETE WHERE { :dataset void:classes ?n }", {("dataset-classes", "dataset")}),
    (
        "DELETE { :dataset void:properties 5 } INSERT { :dataset void:properties 4 } WHERE {}",
        {("properties-counted", "dataset")},
    ),
    ("DELETE WHERE { :dataset void:properties ?n }", {("dataset-properties", "dataset")}),
    ('INSERT DATA { :dataset void:vocabulary "qes" }', {("dataset-vocabulary", "dataset")}),
    (
        "INSERT DATA { :dataset void:classPartition <https://example.org/no> }",
        {
            ("dataset-class-partition", "dataset"),
            *(
                (f"class-part-{n}", "https://example.org/no")
                for n in ("class", "entities", "example")
            ),
        },
    ),
    (
        "INSERT DATA { :dataset void:propertyPartition <https://example.org/nothing> }",
        {
            ("dataset-property-partition", "dataset"),
            ("property-part-property", "https://example.org/nothing"),
            ("property-part-triples", "https://example.org/nothing"),
        },
    ),
    (
        "DELETE { ?part void:entities 2 } INSERT { ?part void:entities 0 } "
        "WHERE { ?part void:class <https://w3id.org/qes-kg/Study> ; void:entities 2 }",
        {("class-part-entities", "class/qes:Study")},
    ),
    (
        "DELETE { ?part void:triples 1 } INSERT { ?part void:triples 0 } "
        "WHERE { ?part void:property dcterms:title ; void:triples 1 }",
        {("property-part-triples", "property/dcterms:title"), ("triples-add-up", "dataset")},
    ),
    (
        "INSERT DATA { <https://example.org/d> a void:DatasetDescription }",
        {
            ("description-title", "https://example.org/d"),
            ("description-topic", "https://example.org/d"),
        },
    ),
]


def small() -> Store:
    """Return a store of ten triples of ours, beside what must not be counted."""
    store = Store()
    terms = {
        "a": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "title": "http://purl.org/dc/terms/title",
        "at": QES + "takesPlaceIn",
        "own": "https://example.org/own#rank",
    }

    def say(subject: str, name: str, value: Literal | str, graph: str = "") -> None:
        node = value if isinstance(value, Literal) else NamedNode(value)
        quad = (NamedNode(subject), NamedNode(terms[name]), node)
        store.add(Quad(*quad, NamedNode(graph)) if graph else Quad(*quad))

    for name in ("b", "a"):  # types of two studies, a label each; one setting for both
        say(BASE + name, "a", QES + "Study")
        say(BASE + name, "label", Literal("the same", language="en"))
        say(BASE + name, "at", BASE + "setting")
    say(BASE + "setting", "a", QES + "Couple")
    say(BASE + "a", "title", Literal("the same"))
    say(BASE + "a", "own", Literal(1))
    say("https://example.org/other", "own", Literal(1))
    # Of the ontology, and carried: neither is counted.
    for graph in ("", QES + "graph/ontology"):
        say(QES + "Study", "label", Literal("study", language="en"), graph)
    say(BASE + "claim", "a", QES + "Transfer", BASE + "target/carried")
    return store


@cache
def described(base: str = BASE) -> str:
    assert base == BASE
    return describe_data(small(), BASE, "A review", LICENCE, "2026-05-01").decode()


def test_counts_of_a_small_store_worked_out_by_hand() -> None:
    graph = read(described())
    whole = rdflib.URIRef(BASE + "void/dataset")
    counts = {name: int(graph.value(whole, VOID[name])) for name in COUNTS}
    assert counts == {
        "triples": 10,
        "entities": 3,  # a, b, setting; "other" is not under the base
        "distinctSubjects": 4,
        "distinctObjects": 6,  # Study, Couple, setting, "the same", "the same"@en, 1
        "properties": 5,
        "classes": 2,
    }
    classes = {
        str(graph.value(part, CLASS)): (
            int(graph.value(part, VOID.entities)),
            str(graph.value(part, VOID.exampleResource)),
        )
        for part in graph.objects(whole, VOID.classPartition)
    }
    assert classes == {QES + "Study": (2, BASE + "a"), QES + "Couple": (1, BASE + "setting")}
    properties = {
        str(graph.value(part, VOID.property)): int(graph.value(part, VOID.triples))
        for part in graph.objects(whole, VOID.propertyPartition)
    }
    assert properties == {
        str(RDF.type): 3,
        "http://www.w3.org/2000/01/rdf-schema#label": 2,
        str(DCTERMS.title): 1,
        QES + "takesPlaceIn": 2,
        "https://example.org/own#rank": 2,
    }
    assert set(map(str, graph.objects(whole, VOID.vocabulary))) == {
        QES,
        "http://purl.org/dc/terms/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/2000/01/rdf-schema#",
        "https://example.org/own#",
    }


def test_title_licence_and_date_are_said_only_if_given() -> None:
    graph = read(described())
    document, whole = rdflib.URIRef(BASE + "void"), rdflib.URIRef(BASE + "void/dataset")
    assert graph.value(document, FOAF.primaryTopic) == whole
    assert graph.value(whole, DCTERMS.title) == rdflib.Literal("A review")
    assert graph.value(whole, DCTERMS.license) == rdflib.URIRef(LICENCE)
    day = rdflib.Literal("2026-05-01", datatype=XSD.date)
    assert graph.value(document, DCTERMS.modified) == day
    graph = read(describe_data(small(), BASE))
    assert graph.value(whole, DCTERMS.title) == rdflib.Literal(f"Data under {BASE}")
    assert (whole, DCTERMS.license, None) not in graph
    assert (None, DCTERMS.modified, None) not in graph


def test_counts_agree_with_what_the_other_exports_write(shipped: Source) -> None:
    data = rdflib.Graph().parse(data=shipped.write("x.nt"), format="nt")
    graph = read(shipped.write("x.void.ttl"))
    whole = rdflib.URIRef(shipped.base + "void/dataset")

    def ask(select: str) -> int:
        (row,) = data.query(f"SELECT ({select} AS ?n) WHERE {{ ?s ?p ?o }}")
        return int(row[0])

    expected = {
        "triples": ask("COUNT(*)"),
        "distinctSubjects": ask("COUNT(DISTINCT ?s)"),
        "distinctObjects": ask("COUNT(DISTINCT ?o)"),
        "properties": ask("COUNT(DISTINCT ?p)"),
    }
    assert {name: int(graph.value(whole, VOID[name])) for name in expected} == expected
    assert expected["triples"] == len(data) > 10_000
    by_class = data.query("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c")
    assert {
        graph.value(part, CLASS): int(graph.value(part, VOID.entities))
        for part in graph.objects(whole, VOID.classPartition)
    } == {cls: int(number) for cls, number in by_class}
    by_property = data.query("SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p")
    assert {
        graph.value(part, VOID.property): int(graph.value(part, VOID.triples))
        for part in graph.objects(whole, VOID.propertyPartition)
    } == {name: int(number) for name, number in by_property}


def test_title_comes_through_the_export() -> None:
    assert export(small(), "void.ttl", BASE, title="T") == describe_data(small(), BASE, "T")


def test_an_empty_store_is_described() -> None:
    graph = read(describe_data(Store(), BASE, "Nothing yet", LICENCE))
    whole = rdflib.URIRef(BASE + "void/dataset")
    assert {int(graph.value(whole, VOID[name])) for name in COUNTS} == {0}
    assert judge(graph, "void", "shacl") == set()


@pytest.mark.parametrize("engine", ENGINES)
def test_shipped_case_and_odd_values_are_valid(engine: str, shipped: Source, odd: Source) -> None:
    graph = read(describe_data(shipped.store, shipped.base, "The case", LICENCE))
    graph += read(describe_data(odd.store, odd.base, "Odd values", LICENCE))
    assert len(graph) > 600
    assert judge(graph, "void", engine) == set()


def test_a_missing_licence_is_only_a_warning(shipped: Source) -> None:
    found = judge(read(shipped.write("x.void.ttl")), "void", "shacl")
    assert found == {("dataset-license", shipped.base + "void/dataset", "Warning")}


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_wrong_is_found_where_it_is(engine: str) -> None:
    every, expected = rdflib.Graph(), set()
    for number, (change, faults) in enumerate(WRONG):
        base = f"https://example.org/r{number}/"
        graph = read(described().replace(BASE, base))
        before = set(graph)
        graph.update(BREAK.replace("BASE", base) + change)
        assert set(graph) != before, change
        every += graph
        for shape, focus in faults:
            severity = "Warning" if shape == "dataset-license" else "Violation"
            name = focus if focus.startswith("http") else f"{base}void/{focus}"
            expected.add((shape, name, severity))
    assert judge(every, "void", engine) == expected
    assert {shape for shape, _, _ in expected} == list_shapes("void")
    assert len(WRONG) == 19
