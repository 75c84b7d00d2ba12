"""What the rules of the ontology can't say: what tables, names and files have to do with it.

The rules themselves, tried on wrong ontologies, are in test_rules.py and test_provocations.py.
"""

from functools import cache
from pathlib import Path

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH

from kg.checks import find_names

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "ontology").glob("*.ttl"))
SHAPES = sorted((ROOT / "ontology/shapes").rglob("*.ttl"))
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))

QES = "https://w3id.org/qes-kg/"
CE = "https://w3id.org/collective-efficacy/"
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


def read_graph(files: list[Path]) -> rdflib.Graph:
    """Return one graph of all files."""
    graph = rdflib.Graph()
    for file in files:
        graph.parse(file, format="turtle")
    return graph


@cache
def read_ontology() -> rdflib.Graph:
    return read_graph(MODULES)


@cache
def shipped_rows() -> frozenset[str]:
    tables = (ROOT / "data/collective-efficacy/tables").glob("*.csv")
    lines = (line for t in tables for line in t.read_text(encoding="utf-8").splitlines())
    return frozenset(line.partition(",")[0] for line in lines)


def kinds_of(term: rdflib.term.Node) -> set[rdflib.term.Node]:
    return set(read_ontology().objects(term, RDF.type))


def test_terms_are_as_many_as_were_counted() -> None:
    """A rule that finds no fault in nothing says nothing."""
    graph = read_ontology()
    ours = {s for s in graph.subjects() if str(s).startswith((QES, CE))}
    foreign = {s for s in graph.subjects(RDFS.isDefinedBy)}
    assert len(ours) > 450
    assert len(foreign) >= 20
    assert len(list(graph.objects(None, OWL.propertyChainAxiom))) >= 1
    assert len(list(graph.objects(None, OWL.inverseOf))) >= 1


@pytest.mark.parametrize("file", QUERIES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_only_a_question_names_rows_and_they_are_there(file: Path) -> None:
    names = find_names(file.read_text(encoding="utf-8"))
    assert names or file.parent.name == "ontology"
    rows = {n.removeprefix(f"{CE}id/") for n in names if n.startswith(f"{CE}id/")}
    assert rows <= shipped_rows()
    assert not rows or file.parent.name == "questions"


def test_names_in_a_query_are_found() -> None:
    text = """#+ summary: a b:c
    PREFIX q: <https://example.org/>
    PREFIX : <https://example.org/own#>
    SELECT ?a WHERE { ?a q:b/^q:c* :d ; <https://example.org/e> "x q:f" . # q:g
      FILTER (?a != q:h-i) BIND (IF(true, q:j, 1) AS ?k) }"""
    base = "https://example.org/"
    wanted = {f"{base}{n}" for n in ("b", "c", "own#d", "e", "h-i", "j")}
    assert find_names(text) == wanted


def test_names_with_prefixes_declared_elsewhere_are_found() -> None:
    text = "SELECT $this WHERE { $this q:b r:c }"
    assert find_names(text, {"q": "https://example.org/"}) == {"https://example.org/b"}


def test_every_term_of_a_shape_is_of_the_right_kind() -> None:
    shapes = read_graph(SHAPES)
    kg = rdflib.Namespace(f"{QES}schema/")
    properties = {*shapes.objects(None, SH.path), *shapes.objects(None, kg.through)}
    classes = {*shapes.objects(None, SH["class"]), *shapes.objects(None, SH.targetClass)}
    lists = [Collection(shapes, head) for head in shapes.objects(None, SH["in"])]
    assert len(properties) > 150 and len(classes) > 40 and len(lists) > 30
    for name in properties:
        builtin = str(name).startswith((str(RDF), str(RDFS)))
        assert builtin or kinds_of(name) & PROPERTIES, name
    assert [c for c in classes if OWL.Class not in kinds_of(c)] == []
    assert [m for members in lists for m in members if not kinds_of(m)] == []


def test_a_class_expression_is_written_where_it_is_used() -> None:
    graph = read_ontology()
    nodes = {n for n in graph.all_nodes() if isinstance(n, rdflib.BNode)}
    assert len(nodes) > 100
    assert [n for n in nodes if len(list(graph.subject_predicates(n))) > 1] == []


def test_files_are_short() -> None:
    lengths = {f.name: len(f.read_text(encoding="utf-8").splitlines()) for f in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}
