"""What is in each kind of network: by hand on small workspaces, by SPARQL on the shipped case."""

from collections import Counter
from pathlib import Path

import pytest

from kg.networks import KINDS, Network, find_occurrences
from kg.query import run_query
from kg.store import Store
from kg.workspace import copy_case
from kg.workspace.build import build
from tests.workspaces import Workspace, minimal

# Written apart from the code: every way in which a concept occurs in a study that counts.
OCCURRENCES = """
PREFIX qes: <https://w3id.org/qes-kg/>
SELECT DISTINCT ?counted ?concept WHERE {
  { ?finding qes:findingOf ?study . ?bearing qes:bearingOf ?finding ; qes:bearsOn ?concept }
  UNION
  { ?construct qes:constructOf ?study ; qes:concerns ?concept }
  ?concept a qes:Concept .
  ?study qes:countedAs ?counted ; qes:playsRole ?role .
  FILTER (?role NOT IN (qes:study-role-awaiting-decision, qes:study-role-screened-out))
}
"""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return build(copy_case("collective-efficacy", tmp_path_factory.mktemp("case") / "w")).store


def find(kind: str, workspace: Workspace, folder: Path) -> Network:
    built = build(workspace.write(folder))
    assert [f for f in built.faults if f.severity == "error"] == []
    return KINDS[kind](built.store)


def edges(network: Network) -> list[tuple[str, str, str]]:
    return [(e.source, str(e.data["label"]), e.target) for e in network.edges()]


def test_there_are_four_kinds() -> None:
    assert list(KINDS) == ["co-occurrence", "concepts", "personal", "translations"]


def test_occurrences_are_those_that_sparql_finds(shipped: Store) -> None:
    roles = run_query(shipped, "PREFIX qes: <https://w3id.org/qes-kg/>\n"
                      "SELECT DISTINCT ?role WHERE { ?study qes:playsRole ?role }")  # fmt: skip
    assert {"study-role-awaiting-decision", "study-role-screened-out"} <= {
        role.rpartition("/")[2] for (role,) in roles.rows
    }
    wanted = sorted(run_query(shipped, OCCURRENCES).rows)
    assert find_occurrences(shipped) == wanted
    assert len(wanted) == 29  # counted in the tables, too


def two_concepts() -> Workspace:
    """Return concept and concept-2, both in study; concept also in what does not count."""
    workspace = minimal()
    workspace.add("concepts", "concept-2", label="another")
    workspace.add("concepts", "concept-3", label="occurs nowhere")
    workspace.add("constructs", "construct", concept="concept-2")
    return workspace


def test_co_occurrence(tmp_path: Path) -> None:
    network = find("co-occurrence", two_concepts(), tmp_path / "w")
    (edge,) = network.edges()
    assert (edge.source, edge.target) == ("concept", "concept-2")
    assert (edge.data["weight"], edge.data["through"]) == (1, "study")
    assert {n.name: n.data["studies"] for n in network.nodes()} == {"concept": 1, "concept-2": 1}
    assert not network.directed


def test_studies_of_one_sample_are_one_and_others_add_up(tmp_path: Path) -> None:
    workspace = two_concepts()
    for name, cells in (("twin", {"shares_sample_with": "study"}), ("other", {})):
        workspace.study(name, **cells)
        workspace.add("constructs", f"{name}-c", study=name, concept="concept;concept-2")
    (edge,) = find("co-occurrence", workspace, tmp_path / "w").edges()
    assert (edge.data["weight"], edge.data["through"]) == (2, "other; study")


@pytest.mark.parametrize("role", ["awaiting decision", "screened out"])
def test_studies_that_do_not_count_are_left_out(role: str, tmp_path: Path) -> None:
    workspace = two_concepts()
    workspace.study("undecided", role=role)
    workspace.add("constructs", "more", study="undecided", concept="concept;concept-2;concept-3")
    network = find("co-occurrence", workspace, tmp_path / "w")
    assert {n.name: n.data["studies"] for n in network.nodes()} == {"concept": 1, "concept-2": 1}
    assert [e.data["weight"] for e in network.edges()] == [1]


def translated() -> Workspace:
    """Return two constructs that a translation joins into a third, and a line of argument."""
    workspace = minimal()
    workspace.study("study-2")
    workspace.finding("finding-2", study="study-2")
    workspace.add("constructs", "construct", wording="one", findings="finding")
    workspace.add("constructs", "construct-2", study="study-2", wording="two",
                  findings="finding-2")  # fmt: skip
    workspace.add("constructs", "third", order="third-order construct", wording="three", study="",
                  review="synthesis", whose="makers of this synthesis")  # fmt: skip
    workspace.add("translations", "translation", into="third", argument="They say much the same.")
    workspace.add("lines-of-argument", "line", joins="translation;third")
    return workspace


def test_translations(tmp_path: Path) -> None:
    network = find("translations", translated(), tmp_path / "w")
    assert edges(network) == [
        ("construct", "is translated in", "translation"),
        ("construct-2", "is translated in", "translation"),
        ("third", "is joined by", "line"),
        ("translation", "leads into", "third"),
        ("translation", "is joined by", "line"),
    ]
    nodes = {n.name: n.data for n in network.nodes()}
    assert nodes["construct"]["detail"] == "second-order construct"
    assert (nodes["construct"]["study"], nodes["third"]["study"]) == ("study", "")
    assert nodes["translation"]["label"] == "reciprocal translation"
    assert nodes["translation"]["argument"] == "They say much the same."
    assert nodes["line"]["label"] == "So it is."


def test_shipped_translations(shipped: Store) -> None:
    network = KINDS["translations"](shipped)
    # Rows of constructs, translations, lines-of-argument; ids in their columns.
    assert Counter(n.data["kind"] for n in network.nodes()) == {
        "construct": 43, "translation": 4, "line of argument": 1,
    }  # fmt: skip
    assert Counter(e.data["label"] for e in network.edges()) == {
        "is translated in": 10, "leads into": 3, "is joined by": 6,
    }  # fmt: skip
    refuted = [e.source for e in network.edges() if e.data["kind"] == "refutational translation"]
    assert refuted and "demonstration-t4" in {e.target for e in network.edges()}


def test_persons_have_members_and_members_are_tied(folder: Path) -> None:
    network = KINDS["personal"](build(folder).store)
    assert edges(network) == [
        ("anna", "has member", "a1"),
        ("anna", "has member", "a2"),
        ("anna", "has member", "a3"),
        ("ben", "has member", "b1"),
        ("dora", "has member", "d1"),
        ("dora", "has member", "d2"),
        ("a1", "is tied to", "a2"),
    ]
    nodes = {n.name: n.data for n in network.nodes()}
    assert list(nodes) == ["anna", "ben", "cleo", "dora", "a1", "a2", "a3", "b1", "d1", "d2"]
    assert nodes["cleo"]["size"] == 0 and nodes["cleo"]["density"] is None
    assert nodes["a1"]["support"] == "emotional work; illness work"
    assert (nodes["a3"]["circle"], nodes["a3"]["ego"]) == (None, "anna")
    assert [e.data["strength"] for e in network.edges()][-1] == 3


def test_a_strength_on_which_rows_disagree_is_not_said(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.add("egos", "ego")
    workspace.add("alters", "alter")
    workspace.add("alters", "alter-2")
    workspace.add("ties", "t1", strength=1)
    workspace.add("ties", "t2", from_="alter-2", to="alter", strength=2)
    network = find("personal", workspace, tmp_path / "w")
    assert [e.data["strength"] for e in network.edges()] == [None, None, None]


def test_concepts_are_the_network_that_is_exported(shipped: Store) -> None:
    from kg.exports import build_network

    network = KINDS["concepts"](shipped)
    graph = build_network(shipped)
    assert [n.name for n in network.nodes()] == list(graph)
    assert len(list(network.edges())) == graph.number_of_edges() == 252
