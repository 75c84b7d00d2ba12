"""How often terms are used, counted by hand on a small store and on the shipped case."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.reports import count_usage
from kg.terms import CE, ONTOLOGY_GRAPH, QES
from kg.workspace import copy_case
from kg.workspace.build import build

PREFIXES = f"""
@prefix id: <{CE}id/> .
@prefix ce: <{CE}> .
@prefix qes: <{QES}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ONTOLOGY = """
qes:Couple rdfs:subClassOf qes:Setting . qes:Setting rdfs:subClassOf qes:Record .
ce:trust a qes:Concept ; qes:rank 1 . ce:one qes:senseOf ce:trust .
"""
DATA = """
id:a a qes:Couple . id:b a qes:Setting . id:c a qes:Finding ; qes:observedIn id:a , id:b ;
    qes:isAbout ce:trust . id:d a qes:Finding ; qes:isAbout ce:trust .
"""
CARRIED = "id:t a qes:Transfer ; qes:carries ce:trust ."


def read(text: str, graph: str = "") -> list[Quad]:
    found = parse(PREFIXES + text, format=RdfFormat.TURTLE)
    return [Quad(*q.triple, NamedNode(graph)) if graph else q for q in found]


def test_uses_are_counted_and_neither_the_ontology_nor_what_is_carried() -> None:
    store = Store()
    for quads in (read(ONTOLOGY), read(ONTOLOGY, ONTOLOGY_GRAPH), read(DATA)):
        store.extend(quads)
    store.extend(read(DATA, CE + "id/graph/tables/findings.csv"))
    store.extend(read(CARRIED, CE + "id/target/carried"))
    assert count_usage(store) == {
        CE + "trust": 2,
        QES + "Couple": 1,
        QES + "Finding": 2,
        QES + "Record": 2,
        QES + "Setting": 2,
        QES + "isAbout": 2,
        QES + "observedIn": 2,
    }


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    folder: Path = copy_case("collective-efficacy", tmp_path_factory.mktemp("case") / "shipped")
    return count_usage(build(folder).store)


def test_the_shipped_case_counts_its_rows(shipped: dict[str, int]) -> None:
    tables = Path(__file__).resolve().parents[2] / "data/collective-efficacy/tables"
    import csv

    for name, cls in (("bearings", "Bearing"), ("findings", "Finding"), ("studies", "Study")):
        with (tables / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if any(row.values())]
        assert shipped[QES + cls] == len(rows) > 10
    assert QES + "Transfer" not in shipped
    assert list(shipped) == sorted(shipped)
