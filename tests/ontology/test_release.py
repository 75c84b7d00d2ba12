"""`ontology/release/`: one ontology in several forms with equal triples, and ids kept for ever."""

import json
import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import owlready2
import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Store, parse
from rdflib.compare import to_canonical_graph
from rdflib.namespace import OWL, RDF, RDFS

from kg.exports import (
    export,
    ontology_as_json_ld,
    ontology_as_rdfxml,
    ontology_as_turtle,
    write_release,
)
from kg.exports.identifier import (
    Identifier,
    find_broken_promises,
    list_identifiers,
    read_ids,
    write_ids,
)
from kg.exports.ontology import write_functional_syntax
from kg.reasoning import convert_ontology, judge_ontologies
from kg.schema import ontology_triples
from kg.store import Triple

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "ontology/release"
MODULES = sorted((ROOT / "ontology").glob("*.ttl"))
CATALOG = ROOT / "ontology/catalog-v001.xml"
QES = "https://w3id.org/qes-kg/"
CE = "https://w3id.org/collective-efficacy/"
PREFIXES = f"""
PREFIX ce: <{CE}>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <{QES}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

FORMS = {
    "qes-kg.jsonld": ("json-ld", RdfFormat.JSON_LD),
    "qes-kg.owl": ("xml", RdfFormat.RDF_XML),
    "qes-kg.ttl": ("turtle", RdfFormat.TURTLE),
}
KINDS = {
    "classes": OWL.Class,
    "object properties": OWL.ObjectProperty,
    "data properties": OWL.DatatypeProperty,
    "annotation properties": OWL.AnnotationProperty,
}


@cache
def read_modules() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in MODULES:
        graph.parse(file, format="turtle")
    return graph


@cache
def read_released() -> rdflib.Graph:
    """Return the modules, with what a release adds: worked out here once more."""
    graph = rdflib.Graph() + read_modules()
    classes = set(graph.subjects(RDF.type, OWL.Class))
    for name in {s for s in graph.subjects() if isinstance(s, rdflib.URIRef)}:
        if set(graph.objects(name, RDF.type)) & classes:
            graph.add((name, RDF.type, OWL.NamedIndividual))
        if str(name).startswith((QES, CE)):  # rdflib takes no tuple
            graph.add((name, RDFS.isDefinedBy, rdflib.URIRef(QES.rstrip("/"))))
    return graph


def canonical(files: Iterable[Path], form: RdfFormat) -> set[object]:
    """Return what the second reader finds, with canonical names of blank nodes."""
    quads = [q for f in files for q in parse(path=str(f), format=form, rename_blank_nodes=True)]
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def count(graph: rdflib.Graph) -> dict[str, int]:
    """Return how many named classes, properties of each kind and individuals a graph declares."""
    declared = {
        kind: {s for s in graph.subjects(RDF.type, cls) if isinstance(s, rdflib.URIRef)}
        for kind, cls in KINDS.items()
    }
    individuals = {
        s
        for s, cls in graph.subject_objects(RDF.type)
        if isinstance(s, rdflib.URIRef) and cls in declared["classes"]
    }
    return {
        **{kind: len(found) for kind, found in declared.items()},
        "individuals": len(individuals),
    }


def test_every_file_of_the_folder_is_known() -> None:
    assert {f.name for f in FOLDER.iterdir()} == {*FORMS, "qes-kg.ofn", "ids.tsv"}
    assert set(write_release()) == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_file_is_up_to_date(name: str) -> None:
    """`make ontology` writes it."""
    assert (FOLDER / name).read_bytes() == write_release()[name]


def test_each_form_can_be_exported() -> None:
    written = {
        "x.owl": ontology_as_rdfxml(),
        "x.ontology.ttl": ontology_as_turtle(),
        "x.ontology.jsonld": ontology_as_json_ld(),
    }
    assert {n: export(Store(), n, "https://example.org/") for n in written} == written
    assert set(written.values()) == set(write_release().values())


@pytest.mark.parametrize("name", FORMS)
def test_triples_are_those_of_the_modules_and_what_a_release_adds(name: str) -> None:
    graph = rdflib.Graph().parse(FOLDER / name, format=FORMS[name][0])
    assert len(graph) == len(read_released()) > len(read_modules()) > 3_000
    one, other = (set(to_canonical_graph(g)) for g in (graph, read_released()))
    assert one == other


@pytest.mark.parametrize("name", FORMS)
def test_a_second_reader_finds_the_same_triples(name: str) -> None:
    found, modules = (
        canonical([FOLDER / name], FORMS[name][1]),
        canonical(MODULES, RdfFormat.TURTLE),
    )
    assert modules < found
    added = {(q.predicate.value, q.object.value) for q in found - modules}
    assert added == {
        (str(RDF.type), str(OWL.NamedIndividual)), (str(RDFS.isDefinedBy), QES.rstrip("/"))
    }  # fmt: skip
    assert len(found) == len(read_released())


def test_it_has_one_dated_header_and_imports_nothing() -> None:
    graph = rdflib.Graph().parse(FOLDER / "qes-kg.ttl")
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    assert header == rdflib.URIRef(QES.rstrip("/"))
    version = str(graph.value(header, OWL.versionIRI))
    assert re.fullmatch(rf"{QES}\d{{4}}-\d\d-\d\d/qes-kg", version)
    assert not list(graph.triples((None, OWL.imports, None)))


def test_context_of_the_json_ld_stands_in_the_file() -> None:
    document = json.loads((FOLDER / "qes-kg.jsonld").read_bytes())
    context = document["@context"]
    assert set(document) == {"@context", "@graph"}
    assert isinstance(context, dict) and "@import" not in context
    waiting, keys = list(document["@graph"]), set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            assert "@context" not in item
            keys |= item.keys()
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    # A JSON-LD reader drops a key that the context doesn't know, without a word.
    assert {k for k in keys if k not in context and k[0] != "@"} == set()
    study = next(node for node in document["@graph"] if node.get("id") == "qes:Study")
    assert (study["type"], study["label"]) == ("owl:Class", "study")


def test_counts_are_equal_in_three_readers(capsys: pytest.CaptureFixture[str]) -> None:
    world = owlready2.World()
    ontology = world.get_ontology((FOLDER / "qes-kg.owl").as_uri()).load(only_local=True)
    by_owlready = {
        "classes": len(list(ontology.classes())),
        "object properties": len(list(ontology.object_properties())),
        "data properties": len(list(ontology.data_properties())),
        "annotation properties": len(list(ontology.annotation_properties())),
        "individuals": len(list(ontology.individuals())),
    }
    assert ontology.base_iri.rstrip("#/") == "https://w3id.org/qes-kg"
    assert not ontology.imported_ontologies
    world.close()
    by_rdflib = count(rdflib.Graph().parse(FOLDER / "qes-kg.owl", format="xml"))
    (verdict,) = judge_ontologies([FOLDER / "qes-kg.owl"])
    with capsys.disabled():
        print("\nontology".ljust(25), "rdflib  owlready2  OWL API")
        for kind, number in by_rdflib.items():
            print(f"  {kind:<22}{number:>6}{by_owlready[kind]:>11}{verdict.counts[kind]:>9}")
    assert verdict.counts == by_owlready == by_rdflib == count(read_modules())
    assert all(by_rdflib.values())


def test_functional_syntax_belongs_to_the_rdfxml() -> None:
    """Seen without Java: the first line has the hash of the file that it was written from."""
    first, _, rest = (FOLDER / "qes-kg.ofn").read_text(encoding="utf-8").partition("\n")
    digest = sha256((FOLDER / "qes-kg.owl").read_bytes()).hexdigest()
    assert first == f"# Written by the OWL API from qes-kg.owl, SHA-256 {digest}"
    declared = re.findall(r"^Declaration\(NamedIndividual\((\S+)\)\)$", rest, re.M)
    assert len(declared) == count(read_modules())["individuals"]
    for kind, name in (("Class", "classes"), ("ObjectProperty", "object properties")):
        number = len(re.findall(rf"^Declaration\({kind}\(", rest, re.M))
        assert number == count(read_modules())[name]


def test_functional_syntax_holds_the_same_axioms() -> None:
    """The OWL API writes the same text from the RDF/XML and from what it wrote before."""
    written = (FOLDER / "qes-kg.ofn").read_bytes()
    assert write_functional_syntax() == written
    again = convert_ontology(FOLDER / "qes-kg.ofn", "ofn")
    assert again == written.partition(b"\n")[2]
    from_xml, from_ofn = judge_ontologies(
        [FOLDER / "qes-kg.owl", FOLDER / "qes-kg.ofn"], explain=False
    )
    assert (from_ofn.axioms, from_ofn.counts) == (from_xml.axioms, from_xml.counts)
    assert not from_ofn.violations and from_ofn.consistent


# --- ids ------------------------------------------------------------------------------------


@cache
def released() -> list[Identifier]:
    return read_ids((FOLDER / "ids.tsv").read_bytes())


def changed(update: str) -> list[Identifier]:
    """Return the terms of the ontology after a SPARQL Update on a copy."""
    store = Store()
    store.extend(q for f in MODULES for q in parse(path=str(f), rename_blank_nodes=True))
    before = set(store)
    store.update(PREFIXES + update)
    assert set(store) != before
    return list_identifiers(Triple(*q.triple) for q in store)


def test_list_names_its_release() -> None:
    first, header, *rows = (FOLDER / "ids.tsv").read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"# Released \d{4}-\d\d-\d\d, version \d+\.\d+\.\d+\.", first)
    assert header == "IRI\tkind\tlabel\tdeprecated"
    assert rows == sorted(rows)
    assert len(rows) == len({row.partition("\t")[0] for row in rows}) == len(released()) > 450
    kinds = {"class", "object property", "data property", "individual"}
    assert {term.kind for term in released()} == kinds
    assert all(term.label for term in released())


def test_released_ids_are_what_they_were() -> None:
    assert find_broken_promises(released(), list_identifiers(ontology_triples())) == []


def test_a_new_list_has_every_term_of_ours() -> None:
    now = {t.iri for t in read_ids(write_ids())}
    own = {
        str(s)
        for s, kind in read_modules().subject_objects(RDF.type)
        if str(s).startswith((QES, CE))
    }
    assert now == own
    labels = {t.iri: t.label for t in read_ids(write_ids())}
    assert labels[QES + "Study"] == str(
        read_modules().value(rdflib.URIRef(QES + "Study"), RDFS.label)
    )


RELABEL = (
    "DELETE { qes:Study rdfs:label ?l } INSERT { qes:Study rdfs:label 'trial'@en %s } "
    "WHERE { qes:Study rdfs:label ?l }"
)
DEPRECATE = (
    "DELETE { qes:Study rdfs:label ?l } INSERT { qes:Study rdfs:label 'obsolete study'@en ; "
    "owl:deprecated true } WHERE { qes:Study rdfs:label ?l }"
)


@pytest.mark.parametrize(
    ("update", "focus", "words"),
    [
        ("DELETE WHERE { qes:Study ?p ?o }", QES + "Study", "was released and is gone"),
        (
            "DELETE { ce:trust a ?c } INSERT { ce:trust a owl:Class } WHERE { ce:trust a ?c }",
            CE + "trust",
            "released as individual and is class now",
        ),
        (
            "INSERT DATA { qes:Study a qes:Concept }",
            QES + "Study",
            "released as class and is class and individual now",
        ),
        (
            "DELETE { qes:statement a ?c } INSERT { qes:statement a owl:ObjectProperty } "
            "WHERE { qes:statement a ?c }",
            QES + "statement",
            "released as data property and is object property now",
        ),
        (RELABEL % "", QES + "Study", 'released as "study" and is "trial" now'),
        (
            RELABEL.replace("trial", "obsolete study") % "",
            QES + "Study",
            'is "obsolete study" now',
        ),
    ],
)
def test_a_broken_promise_is_found(update: str, focus: str, words: str) -> None:
    ((iri, sentence),) = find_broken_promises(released(), changed(update))
    assert iri == focus
    assert words in sentence


@pytest.mark.parametrize(
    "update",
    [
        RELABEL % "; skos:altLabel 'study'@en",
        DEPRECATE,
        "INSERT DATA { qes:New a owl:Class ; rdfs:label 'new'@en }",
        "INSERT DATA { qes:isAbout a owl:AsymmetricProperty }",
    ],
)
def test_what_is_allowed_is_not_reported(update: str) -> None:
    assert find_broken_promises(released(), changed(update)) == []


def test_what_was_deprecated_stays_so() -> None:
    before = [t for t in changed(DEPRECATE) if t.iri == QES + "Study"]
    assert before[0].deprecated
    now = list_identifiers(ontology_triples())
    sentences = [s for iri, s in find_broken_promises(before, now) if iri == QES + "Study"]
    assert any("was deprecated and is not so now" in s for s in sentences)
    assert find_broken_promises(before, changed(DEPRECATE)) == []


# --- catalog --------------------------------------------------------------------------------


def test_catalog_leads_to_the_ontologies_with_these_addresses() -> None:
    space = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
    root = ElementTree.parse(CATALOG).getroot()
    assert root.tag == space + "catalog"
    mapped = {e.get("name"): e.get("uri") for e in root}
    assert {e.tag for e in root} == {space + "uri"} and len(mapped) == len(root)
    expected = {}
    for file in ("release/qes-kg.owl", "shapes/vocabulary.ttl", *find_bridges()):
        graph = rdflib.Graph().parse(CATALOG.parent / file)
        (header,) = graph.subjects(RDF.type, OWL.Ontology)
        expected |= {str(header): file, str(graph.value(header, OWL.versionIRI)): file}
    assert mapped == expected
    assert len(mapped) >= 4


def find_bridges() -> list[str]:
    folder = CATALOG.parent
    return sorted(str(f.relative_to(folder)) for f in folder.glob("bridge/*.ttl"))


def test_only_one_module_has_a_header() -> None:
    """What the README says about opening a module by itself."""
    with_header = [f.name for f in MODULES if "owl:Ontology" in f.read_text(encoding="utf-8")]
    assert with_header == ["core-header.ttl"]
