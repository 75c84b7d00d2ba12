"""The ontology as it is written: every term declared, named, defined and used as what it is.

What a program of its own has to say about OWL 2 DL is another test; these are the ways in which
hand-written files go wrong and that such a program doesn't notice.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "ontology").glob("*.ttl"))
SHAPES = sorted((ROOT / "ontology/shapes").rglob("*.ttl"))
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))

QES = "https://w3id.org/qes-kg/"
CE = "https://w3id.org/collective-efficacy/"
DEFINITION = rdflib.URIRef("http://purl.obolibrary.org/obo/IAO_0000115")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
W3C = tuple(map(str, (RDF, RDFS, OWL, XSD, SH)))
# Names that are no terms: graphs, what carry writes for itself and takes away, shapes, and the
# words of the mini-vocabulary.
NO_TERMS = tuple(QES + name for name in ("graph/", "working/", "shapes/", "schema/"))
EXEMPT = {
    "queries/check/senses-apart.rq": "names the relations that must not be used",
    "queries/why/describe.rq": "qes:node stands where the nodes asked for are put",
    "queries/why/steps.rq": "qes:node stands where the nodes asked for are put",
}
# What a definition is built with: a class expression or an axiom over several classes.
EXPRESSIONS = (OWL.Class, OWL.Restriction, OWL.AllDisjointClasses, None)


@cache
def read_ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in MODULES:
        graph.parse(file, format="turtle")
    return graph


@cache
def read_shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in SHAPES:
        graph.parse(file, format="turtle")
    return graph


@cache
def declared() -> dict[str, set[rdflib.URIRef]]:
    """Return each named subject of the ontology with what it is declared to be."""
    graph = read_ontology()
    return {
        str(s): set(graph.objects(s, RDF.type))
        for s in set(graph.subjects())
        if isinstance(s, rdflib.URIRef)
    }


def ours() -> list[rdflib.URIRef]:
    return [rdflib.URIRef(name) for name in sorted(declared()) if name.startswith((QES, CE))]


def find_names(text: str) -> Iterator[str]:
    """Yield the IRIs that a SPARQL text names, with or without a prefix."""
    text = re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|(?m:(?:^|\s)#.*$)', " ", text)
    declaration = r"PREFIX\s+([\w-]*):\s*<([^>]+)>"
    prefixes = dict(re.findall(declaration, text))
    body = re.sub(declaration, "", text)
    yield from re.findall(r"<([^<>\s]+)>", body)
    body = re.sub(r"<[^<>\s]*>", " ", body)
    for prefix, name in re.findall(r"(?<![\w?$-])([a-z][\w-]*|):([A-Za-z][\w-]*)", body):
        yield prefixes[prefix] + name


def is_known(name: str) -> bool:
    return name in declared() or name.startswith((*W3C, *NO_TERMS))


@cache
def shipped_rows() -> frozenset[str]:
    tables = (ROOT / "data/collective-efficacy/tables").glob("*.csv")
    lines = (line for t in tables for line in t.read_text(encoding="utf-8").splitlines())
    return frozenset(line.partition(",")[0] for line in lines)


@pytest.mark.parametrize("file", QUERIES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_every_term_of_a_query_exists(file: Path) -> None:
    names = set(find_names(file.read_text(encoding="utf-8")))
    assert names
    unknown = {name for name in names if not is_known(name)}
    # A question about the shipped case may name one of its rows.
    rows = {
        n for n in unknown if n.startswith(f"{CE}id/") and n[len(f"{CE}id/") :] in shipped_rows()
    }
    if file.relative_to(ROOT).as_posix() in EXEMPT:
        assert unknown and not any(n.startswith(QES) and n != f"{QES}node" for n in unknown)
    else:
        assert unknown == rows and (not rows or file.parent.name == "questions")


def test_every_exemption_is_still_needed() -> None:
    assert all((ROOT / name).is_file() for name in EXEMPT)


def test_names_in_a_query_are_found() -> None:
    text = """#+ summary: a b:c
    PREFIX q: <https://example.org/>
    PREFIX : <https://example.org/own#>
    SELECT ?a WHERE { ?a q:b/^q:c* :d ; <https://example.org/e> "x q:f" . # q:g
      FILTER (?a != q:h-i) BIND (IF(true, q:j, 1) AS ?k) }"""
    base = "https://example.org/"
    wanted = {f"{base}{n}" for n in ("b", "c", "own#d", "e", "h-i", "j")}
    assert set(find_names(text)) == wanted


def test_every_term_of_a_shape_exists_and_is_of_the_right_kind() -> None:
    shapes = read_shapes()
    kg = rdflib.Namespace(f"{QES}schema/")
    properties = {*shapes.objects(None, SH.path), *shapes.objects(None, kg.through)}
    classes = {*shapes.objects(None, SH["class"]), *shapes.objects(None, SH.targetClass)}
    lists = [Collection(shapes, head) for head in shapes.objects(None, SH["in"])]
    assert len(properties) > 150 and len(classes) > 40 and len(lists) > 30
    for name in properties:
        kinds = declared().get(str(name), set())
        builtin = str(name).startswith((str(RDF), str(RDFS)))
        assert builtin or kinds & {*KINDS[1:]}, name
    assert not [c for c in classes if OWL.Class not in declared().get(str(c), set())]
    assert not [m for members in lists for m in members if str(m) not in declared()]
    for name in (n for text in shapes.objects(None, SH.select) for n in find_names(prefixed(text))):
        assert is_known(name), name


def prefixed(text: rdflib.term.Node) -> str:
    """Return the SPARQL of a shape with the prefixes that `sh:prefixes` gives it."""
    shapes = read_shapes()
    lines = [
        f"PREFIX {shapes.value(d, SH.prefix)}: <{shapes.value(d, SH.namespace)}>"
        for d in shapes.objects(None, SH.declare)
    ]
    return "\n".join([*lines, str(text)])


def test_a_property_of_a_shape_takes_what_the_shape_says() -> None:
    """A column of references needs an object property, a column of values a data property."""
    shapes, wrong = read_shapes(), []
    for shape, path in shapes.subject_objects(SH.path):
        kinds = declared().get(str(path), set())
        refers = (shape, SH["class"], None) in shapes or (
            (shape, SH["in"], None) in shapes and path != RDF.type
        )
        datatype = shapes.value(shape, SH.datatype)
        if refers and OWL.ObjectProperty not in kinds:
            wrong.append((shape, "refers"))
        if datatype and OWL.ObjectProperty in kinds:
            wrong.append((shape, "holds values"))
        if datatype in (XSD.date, XSD.gYear):
            wrong.append((shape, "HermiT can't take this datatype"))
    assert wrong == []


def test_every_term_of_ours_has_one_label_and_one_definition() -> None:
    graph = read_ontology()
    assert len(ours()) > 450
    for term in ours():
        (label,) = graph.objects(term, RDFS.label)
        (definition,) = graph.objects(term, DEFINITION)
        assert label.language == definition.language == "en", term
        assert set(graph.objects(term, SKOS.definition)) == {definition}, term
        assert list(graph.objects(term, DCTERMS.source)), term


def test_definitions_are_one_sentence_that_ends_in_a_full_stop() -> None:
    for term in ours():
        text = str(read_ontology().value(term, DEFINITION))
        assert text == text.strip() and text[0].isupper() and text.endswith("."), term
        assert not re.search(r"[.!?] [A-Z]", text), term


def test_no_two_terms_share_a_label_or_a_definition() -> None:
    graph = read_ontology()
    for predicate in (RDFS.label, DEFINITION):
        counts = Counter(str(graph.value(term, predicate)).lower() for term in ours())
        assert [text for text, number in counts.items() if number > 1] == []


def test_labels_are_lower_case_but_for_names() -> None:
    names = ("MONDO", "ORCID", "PubMed")
    for term in ours():
        label = str(read_ontology().value(term, RDFS.label))
        assert label[0].islower() or label.startswith(names) or label[0].isdigit(), label


def test_names_say_what_a_term_is() -> None:
    """Classes CamelCase, properties camelCase, individuals words with hyphens."""
    for term in ours():
        name, kinds = str(term).removeprefix(QES).removeprefix(CE), declared()[str(term)]
        pattern = r"[a-z0-9]+(-[a-z0-9]+)*"
        if OWL.Class in kinds:
            pattern = r"[A-Z][A-Za-z]+"
        elif kinds & {*KINDS[1:]}:
            pattern = r"[a-z][A-Za-z]+"
        assert re.fullmatch(pattern, name), term


def test_each_term_is_declared_as_one_kind_of_thing() -> None:
    for term, types in declared().items():
        kinds = types & {*KINDS, RDFS.Datatype, OWL.Ontology}
        others = {t for t in types if not str(t).startswith(str(OWL)) and t != RDFS.Datatype}
        assert len(kinds) == 1 or (not kinds and others), term
        assert not (kinds and others), f"{term} is a term and an individual"
        assert not types & {RDFS.Class, RDF.Property, OWL.NamedIndividual}, term


def test_each_term_is_declared_in_one_file() -> None:
    places = Counter(
        subject
        for file in MODULES
        for subject in set(rdflib.Graph().parse(file, format="turtle").subjects())
        if isinstance(subject, rdflib.URIRef)
    )
    assert [term for term, number in places.items() if number > 1] == []


def test_everything_used_is_declared() -> None:
    graph = read_ontology()
    for predicate in set(graph.predicates()):
        assert is_known(str(predicate)), predicate
    for cls in set(graph.objects(None, RDF.type)):
        assert str(cls).startswith(str(OWL)) or OWL.Class in declared()[str(cls)], cls
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme):
        for value in set(graph.objects(None, predicate)):
            known = isinstance(value, rdflib.BNode) or is_known(str(value))
            assert known, (predicate, value)


def test_values_are_given_by_properties_of_their_kind() -> None:
    graph = read_ontology()
    for subject, predicate, value in graph:
        kinds = declared().get(str(predicate), set())
        if OWL.DatatypeProperty in kinds:
            assert isinstance(value, rdflib.Literal), (subject, predicate)
        if OWL.ObjectProperty in kinds:
            assert isinstance(value, rdflib.URIRef), (subject, predicate)


def test_no_data_property_takes_what_hermit_can_not() -> None:
    graph = read_ontology()
    dates = {XSD.date, XSD.gYear, XSD.time, XSD.duration}
    assert not dates & set(graph.objects(None, RDFS.range))
    for _, predicate, value in graph:
        if isinstance(value, rdflib.Literal) and value.datatype in dates:
            assert OWL.AnnotationProperty in declared()[str(predicate)], predicate
        if isinstance(value, rdflib.Literal):
            assert not value.ill_typed, value


def test_one_header_without_imports() -> None:
    graph = read_ontology()
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [
        rdflib.URIRef("https://w3id.org/qes-kg")
    ]
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    assert f"{header}/" == QES  # so that it is not one of its own terms
    assert not list(graph.objects(None, OWL.imports))
    version = str(graph.value(header, OWL.versionIRI))
    assert re.fullmatch(re.escape(QES) + r"\d{4}-\d\d-\d\d", version)
    assert str(graph.value(header, DCTERMS.created)) <= version.removeprefix(QES)


def test_blank_nodes_are_parts_of_axioms_only() -> None:
    graph = read_ontology()
    lists = {RDF.first, RDF.rest, OWL.members, OWL.unionOf, OWL.propertyChainAxiom}
    axioms = lists | {RDFS.domain, RDFS.range, RDFS.subClassOf, OWL.equivalentClass}
    for node in {n for n in graph.all_nodes() if isinstance(n, rdflib.BNode)}:
        assert set(graph.predicates(None, node)) <= axioms
        assert graph.value(node, RDF.type) in EXPRESSIONS
        uses = len(list(graph.subject_predicates(node)))
        assert uses <= 1, "an expression is written where it is used"


def test_a_property_has_at_most_one_domain_and_one_range() -> None:
    """Two are read as both at once, which is hardly ever meant."""
    graph = read_ontology()
    for predicate in (RDFS.domain, RDFS.range):
        counts = Counter(graph.subjects(predicate))
        assert [term for term, number in counts.items() if number > 1] == []


def test_terms_of_others_are_stubs() -> None:
    graph = read_ontology()
    foreign = [t for t in declared() if not t.startswith((QES, CE)) and t != QES.rstrip("/")]
    assert len(foreign) >= 30
    for term in map(rdflib.URIRef, foreign):
        said = Counter(graph.predicates(term))
        stub = {RDF.type: 1, RDFS.label: 1, RDFS.isDefinedBy: 1}
        assert said == stub, term


def test_no_inverse_but_where_it_is_used() -> None:
    """Properties go from child to parent; an inverse needs somebody who asks for it."""
    text = "".join(f.read_text(encoding="utf-8") for f in [*QUERIES, *SHAPES])
    for inverse, _ in read_ontology().subject_objects(OWL.inverseOf):
        assert f"qes:{str(inverse).removeprefix(QES)}" in text


def test_files_are_short_and_sorted() -> None:
    for file in MODULES:
        lines = file.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 400, file.name
        terms = [m[1] for line in lines if (m := re.match(r"((?:qes|ce|\w+):\S+) a ", line))]
        assert terms == sorted(terms, key=str.lower), file.name
