"""The shapes are the one schema: tables, columns and messages come from them and nowhere else."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib.namespace import RDF, RDFS, SH

from kg.cli.main import cli
from kg.schema import Column, Schema, build_schema, load_schema, ontology_quads, shape_quads
from kg.sources import map_sheet, read_csv

ROOT = Path(__file__).resolve().parents[1]
KG = rdflib.Namespace("https://w3id.org/qes-kg/schema/")
QES = "https://w3id.org/qes-kg/"
XSD = "http://www.w3.org/2001/XMLSchema#"
SHAPES = sorted((ROOT / "ontology/shapes").rglob("*.ttl"))
COLUMNS = [(t.name, c) for t in load_schema().tables.values() for c in t.columns]

PREFIXES = """
@prefix kg: <https://w3id.org/qes-kg/schema/> .
@prefix qes: <https://w3id.org/qes-kg/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/qes-kg/shapes/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def with_shapes(text: str) -> Schema:
    """Return the schema of the shipped shapes and a few more."""
    more = parse(PREFIXES + text, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    return build_schema([*ontology_quads(), *shape_quads(), *more])


@cache
def read_shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in SHAPES:
        graph.parse(file, format="turtle")
    return graph


def show(*words: str) -> str:
    done = CliRunner().invoke(cli, ["schema", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


# What the shapes say, read once more by rdflib


def test_one_table_for_each_shape_that_names_one() -> None:
    graph = read_shapes()
    named = {str(name): str(shape) for shape, name in graph.subject_objects(KG.table)}
    assert {t.name: t.shape for t in load_schema().tables.values()} == named
    assert len(named) == 42
    for table in load_schema().tables.values():
        shape = rdflib.URIRef(table.shape)
        assert table.cls == str(graph.value(shape, SH.targetClass))
        assert table.why == str(graph.value(shape, RDFS.comment)) and table.why.endswith(".")
        assert table.id_column == "id" and table.header[0] == "id"


def test_one_column_for_each_property_shape_in_its_order() -> None:
    graph, number = read_shapes(), 0
    for table in load_schema().tables.values():
        node = rdflib.URIRef(table.shape)
        shapes = {*graph.objects(node, SH.property), *graph.objects(node, KG.column)}
        expected = sorted(
            (int(graph.value(s, SH.order)), str(graph.value(s, SH.name))) for s in shapes
        )
        assert [c.name for c in table.columns] == [name for _, name in expected], table.name
        number += len(shapes)
    assert number == len(COLUMNS) == len(load_schema().columns_by_shape) > 240


@pytest.mark.parametrize("table", load_schema().tables)
def test_columns_say_what_their_shapes_say(table: str) -> None:
    graph = read_shapes()
    for column in load_schema().tables[table].columns:
        shape = rdflib.URIRef(column.shape)
        assert column.path == str(graph.value(shape, SH.path))
        assert column.help == str(graph.value(shape, SH.description))
        assert column.separator == str(graph.value(shape, KG.separator) or "")
        assert column.through == str(graph.value(shape, KG.through) or "")
        least = int(graph.value(shape, SH.minCount) or 0)
        assert column.required == (least >= (2 if column.path == str(RDF.type) else 1))


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda v: getattr(v, "name", v))
def test_every_column_has_help_and_a_message_with_the_remedy(table: str, column: Column) -> None:
    assert re.fullmatch(r"\S.*[.]", column.help), column.help
    assert re.fullmatch(r"[A-Z].*[.]", column.message), column.message
    assert f'"{column.name}"' in column.message or column.child_shape, column.message
    assert not re.search(r"[|\n]", column.help)  # so that it fits into a cell of the docs
    assert column.name == column.name.strip().lower()
    assert column.order > 0


def test_no_table_has_a_column_twice() -> None:
    for table in load_schema().tables.values():
        assert max(Counter(n.lower() for n in table.header).values()) == 1, table.name


def test_closed_lists_hold_the_labels_of_the_ontology() -> None:
    labels = {
        q.subject.value: q.object.value
        for q in ontology_quads()
        if q.predicate.value == str(RDFS.label)
    }
    closed = [c for _, c in COLUMNS if c.labels]
    assert len(closed) > 40
    for column in closed:
        assert len(set(column.labels)) == len(column.labels)
        for label in column.labels:
            assert labels[column.choices[label.lower()]] == label
        assert set(column.choices.values()) == {column.choices[la.lower()] for la in column.labels}


def test_a_closed_list_of_kinds_does_not_offer_the_table_itself() -> None:
    kind = load_schema().tables["settings"].find("kind")
    assert kind is not None and kind.path == str(RDF.type) and len(kind.labels) == 9
    assert "setting" not in kind.labels and "personal community" in kind.labels


def test_only_references_and_closed_lists_are_split() -> None:
    for _, column in COLUMNS:
        assert not column.separator or column.refers_to or column.choices, column.shape


def test_every_reference_has_a_class_that_some_table_or_the_ontology_fills() -> None:
    schema = load_schema()
    filled = {above for t in schema.tables.values() for above in schema.superclasses[t.cls]}
    filled |= {cls for _, c in COLUMNS if c.path == str(RDF.type) for cls in c.choices.values()}
    for _, column in COLUMNS:
        if column.refers_to:
            assert column.refers_to in filled | schema.classes_with_individuals, column.shape


def test_columns_of_a_child_node_take_its_rules() -> None:
    tables = load_schema().tables
    exact = tables["statements"].find("quotation")
    assert exact is not None and exact.slug == "quotation"
    own = next(c for c in tables["quotations"].columns if c.path == exact.path)
    assert (exact.datatype, exact.message) == (own.datatype, own.message)


def test_find_takes_any_case_and_spacing() -> None:
    table = load_schema().tables["settings"]
    assert table.find(" KIND ") == table.find("kind") is not None
    assert table.find("colour") is None


def test_topics_are_what_a_transfer_can_rest_on() -> None:
    schema = load_schema()
    topics = {(t, c.name) for t, c in COLUMNS if schema.topic(c)}
    assert {("bearings", "towards"), ("requires", "what"), ("requires", "precondition")} <= topics
    assert ("bearings", "finding") not in topics and ("bearings", "reason") not in topics


# A property shape more is a column more


def test_a_property_shape_adds_a_column_and_its_cells_are_read() -> None:
    schema = with_shapes("""
        shape:settings sh:property shape:settings-climate , shape:settings-seasons .
        shape:settings-climate sh:path qes:climate ; sh:datatype xsd:integer ; sh:minCount 1 ;
            sh:name "climate" ; sh:description "How warm it is." ; sh:order 90 ;
            sh:message "Write a whole number in column \\"climate\\"." .
        shape:settings-seasons sh:path qes:seenIn ; sh:in ( qes:season-dry qes:season-wet ) ;
            sh:name "seasons" ; sh:order 91 ; kg:separator ";" .
        qes:season-dry rdfs:label "dry"@en ; skos:notation "d" .
        qes:season-wet rdfs:label "wet"@en .
    """)
    before, after = load_schema().tables["settings"], schema.tables["settings"]
    assert after.header == (*before.header, "climate", "seasons")
    climate, seasons = after.columns[-2:]
    assert (climate.required, climate.datatype) == (True, XSD + "integer")
    assert climate.help == "How warm it is." and '"climate"' in climate.message
    assert seasons.labels == ("dry", "wet")
    assert schema.columns_by_shape[climate.shape] == (after, climate)
    assert replace(after, columns=before.columns) == before
    assert {n: t for n, t in schema.tables.items() if n != "settings"} == {
        n: t for n, t in load_schema().tables.items() if n != "settings"
    }

    sheet = read_csv("tables/settings.csv", b"id,label,climate,seasons\npark,A park,21,D; Wet\n")
    part = map_sheet(sheet, after, schema, "https://example.org/")
    park = NamedNode("https://example.org/park")
    assert not part.faults or {f.rule for f in part.faults} == {"column-missing"}
    assert {
        Triple(
            park, NamedNode(QES + "climate"), Literal("21", datatype=NamedNode(XSD + "integer"))
        ),
        Triple(park, NamedNode(QES + "seenIn"), NamedNode(QES + "season-dry")),
        Triple(park, NamedNode(QES + "seenIn"), NamedNode(QES + "season-wet")),
    } <= set(part.triples)


def test_a_node_shape_with_a_table_adds_a_table() -> None:
    schema = with_shapes("""
        shape:seasons a sh:NodeShape ; rdfs:label "Seasons" ; rdfs:comment "When it was." ;
            sh:targetClass qes:Season ; kg:table "seasons" ; kg:idColumn "id" ;
            sh:property shape:seasons-label , shape:seasons-setting .
        shape:seasons-label sh:path rdfs:label ; sh:name "label" ; sh:order 2 .
        shape:seasons-setting sh:path qes:seasonOf ; sh:class qes:Setting ; sh:name "setting" ;
            sh:order 1 .
        qes:Season a <http://www.w3.org/2002/07/owl#Class> ; rdfs:subClassOf qes:Record .
    """)
    table = schema.tables["seasons"]
    assert (table.header, table.title, table.why) == (
        ("id", "setting", "label"), "Seasons", "When it was.",
    )  # fmt: skip
    assert schema.table_of(QES + "Season") == table
    assert schema.superclasses[QES + "Season"] >= {QES + "Season", QES + "Record"}
    assert list(schema.tables) == sorted(schema.tables)


def test_the_order_of_triples_does_not_matter() -> None:
    quads: Iterable[Quad] = [*ontology_quads(), *shape_quads()]
    assert build_schema(sorted(quads, key=str, reverse=True)).tables == load_schema().tables


# kg schema


def test_command_lists_the_tables() -> None:
    text = show()
    for table in load_schema().tables:
        assert re.search(rf"(?m)^{re.escape(table)} +\S", text), table


@pytest.mark.parametrize("name", load_schema().tables)
def test_command_prints_the_columns_of_a_table(name: str) -> None:
    text, table = show(name), load_schema().tables[name]
    assert text.startswith(f"{name}: {table.why}")
    for column in table.columns:
        assert re.search(rf"(?m)^{re.escape(column.name)}( \([^)]*\))?: ", text), column.name
        assert column.help in text
        assert all(label in text for label in column.labels)


def test_command_prints_json() -> None:
    everything = json.loads(show("--format", "json"))
    assert [t["table"] for t in everything] == list(load_schema().tables)
    for shown in everything:
        table = load_schema().tables[shown["table"]]
        assert [c["name"] for c in shown["columns"]] == list(table.header)
        for column, said in zip(table.columns, shown["columns"][1:], strict=True):
            assert said["values"] == list(column.labels)
            assert said["help"] == column.help and said["property"] == column.path
            assert said["several"] == bool(column.separator)
    (one,) = json.loads(show("bearings", "--format", "json"))
    assert one == next(t for t in everything if t["table"] == "bearings")


def test_command_says_what_comes_nearest_to_an_unknown_table() -> None:
    from kg.errors import UnknownName

    done = CliRunner().invoke(cli, ["schema", "bearing"])
    assert isinstance(done.exception, UnknownName)
    assert 'Did you mean "bearings"?' in str(done.exception)


def test_docs_page_is_what_the_command_prints() -> None:
    """`docs/tables.md` is written by `kg schema --format md -o docs/tables.md`."""
    written = (ROOT / "docs/tables.md").read_text(encoding="utf-8")
    assert written.rstrip("\n") == show("--format", "md").rstrip("\n")


def test_docs_page_has_a_row_for_every_column() -> None:
    written = (ROOT / "docs/tables.md").read_text(encoding="utf-8")
    sections = re.split(r"(?m)^## ", written)[1:]
    assert len(sections) == len(load_schema().tables)
    for section in sections:
        name, _, rest = section.partition("\n")
        rows = [line for line in rest.splitlines() if line.startswith("|")]
        assert {row.count(" | ") for row in rows} == {4}, name
        first = [row.split("|")[1].strip() for row in rows]
        assert first == ["column", "---", *load_schema().tables[name].header]


def test_shipped_tables_use_no_other_columns() -> None:
    for file in sorted((ROOT / "data/collective-efficacy/tables").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            header = next(csv.reader(lines))
        assert set(header) <= set(load_schema().tables[file.stem].header), file.name
