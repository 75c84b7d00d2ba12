"""`ontology/qes-kg.owl`: the triples of the Turtle files for programs that can't read Turtle."""

from functools import cache
from pathlib import Path

import owlready2
import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Store, parse
from rdflib.compare import to_canonical_graph
from rdflib.namespace import OWL, RDF

from kg.exports import export, ontology_as_rdfxml

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "ontology/qes-kg.owl"
MODULES = sorted((ROOT / "ontology").glob("*.ttl"))

KINDS = {
    "classes": OWL.Class,
    "object properties": OWL.ObjectProperty,
    "data properties": OWL.DatatypeProperty,
    "annotation properties": OWL.AnnotationProperty,
}


@cache
def read_turtle() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in MODULES:
        graph.parse(file, format="turtle")
    return graph


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


def test_file_is_up_to_date() -> None:
    """It is written by `kg export qes-kg.owl`."""
    assert WRITTEN.read_bytes() == ontology_as_rdfxml()
    assert export(Store(), "qes-kg.owl", "https://example.org/") == ontology_as_rdfxml()


def test_file_has_the_same_triples_as_the_turtle_files() -> None:
    written = rdflib.Graph().parse(WRITTEN, format="xml")
    assert len(written) == len(read_turtle()) > 3_000
    one, other = (set(to_canonical_graph(graph)) for graph in (written, read_turtle()))
    assert one == other


def test_a_second_reader_finds_the_same_triples() -> None:
    found = []
    for files, form in (([WRITTEN], RdfFormat.RDF_XML), (MODULES, RdfFormat.TURTLE)):
        quads = [q for f in files for q in parse(path=str(f), format=form, rename_blank_nodes=True)]
        dataset = Dataset(quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found.append(set(dataset))
    assert found[0] == found[1]


def test_counts_are_equal_in_rdflib_and_owlready2(capsys: pytest.CaptureFixture[str]) -> None:
    world = owlready2.World()
    ontology = world.get_ontology(WRITTEN.as_uri()).load(only_local=True)
    by_owlready = {
        "classes": len(list(ontology.classes())),
        "object properties": len(list(ontology.object_properties())),
        "data properties": len(list(ontology.data_properties())),
        "annotation properties": len(list(ontology.annotation_properties())),
        # Not ontology.individuals(), which lists only what is declared as owl:NamedIndividual.
        "individuals": len({i.iri for cls in ontology.classes() for i in cls.instances()}),
    }
    assert ontology.base_iri.rstrip("#/") == "https://w3id.org/qes-kg"
    assert not ontology.imported_ontologies
    world.close()
    by_rdflib = count(rdflib.Graph().parse(WRITTEN, format="xml"))
    with capsys.disabled():
        print("\nontology".ljust(25), "rdflib  owlready2")
        for kind, number in by_rdflib.items():
            print(f"  {kind:<22}{number:>6}{by_owlready[kind]:>11}")
    assert by_owlready == by_rdflib == count(read_turtle())
    assert all(by_rdflib.values())
