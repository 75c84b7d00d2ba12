"""Betweenness and communities: by hand, the same with both engines, the same at each start."""

import os
import random
import subprocess
import sys
from pathlib import Path

import networkx
import pytest

from kg.errors import UsageError
from kg.networks import Attribute, Edge, Network, Node, with_measures
from kg.networks.measure import (
    MOST_EDGES,
    find_betweenness,
    find_communities,
    read_pairs,
)

ROOT = Path(__file__).resolve().parents[2]
LABEL = (Attribute("label", ""),)


def make(nodes: str, *edges: str) -> Network:
    """Return a network of nodes and edges that are named by single letters."""
    return Network(
        "letters", "Letters.", True, LABEL, LABEL,
        lambda: [Node(n, {"label": n}) for n in nodes],
        lambda: [Edge(e[0], e[1], f"{e}{k}", {"label": ""}) for k, e in enumerate(edges)],
    )  # fmt: skip


def draw(nodes: int, edges: int, seed: int) -> list[tuple[int, int]]:
    graph = networkx.gnm_random_graph(nodes, edges, seed=seed)
    return sorted((min(e), max(e)) for e in graph.edges())


def test_by_hand() -> None:
    # b lies on the only path between a and c; d stands alone. 3 pairs of others: 1/3.
    network = make("abcd", "ab", "bc", "cb", "aa")  # twice, and a loop
    assert read_pairs(network) == (4, [(0, 1), (1, 2)])
    nodes = {n.name: n.data for n in with_measures(network).nodes()}
    assert [nodes[n]["degree"] for n in "abcd"] == [1, 2, 1, 0]
    assert [nodes[n]["betweenness"] for n in "abcd"] == [0, round(1 / 3, 12), 0, 0]
    assert [nodes[n]["community"] for n in "abcd"] == [1, 1, 1, 2]


def test_two_cliques_are_two_communities() -> None:
    pairs = [(a, b) for start in (0, 4) for a in range(start, start + 4)
             for b in range(a + 1, start + 4)]  # fmt: skip
    pairs += [(8, 9), (3, 4)]
    assert find_communities(10, pairs) == [1] * 4 + [2] * 4 + [3] * 2


def test_nothing_to_measure() -> None:
    assert find_betweenness(0, []) == find_communities(0, []) == []
    for engine in ("networkx", "rustworkx"):
        assert find_betweenness(2, [(0, 1)], engine) == [0, 0]
    assert find_communities(3, []) == [1, 2, 3]
    assert list(with_measures(make("")).nodes()) == []


@pytest.mark.parametrize(
    ("nodes", "edges"), [(30, 40), (200, 600), (300, 250), (60, 1500), (400, 2000)]
)
def test_both_engines_give_the_same_betweenness(nodes: int, edges: int) -> None:
    pairs = draw(nodes, edges, seed=edges)
    one = find_betweenness(nodes, pairs, "networkx")
    assert find_betweenness(nodes, pairs, "rustworkx") == pytest.approx(one, rel=0, abs=1e-11)
    assert max(one) > 0
    graph: networkx.Graph = networkx.Graph(pairs)
    graph.add_nodes_from(range(nodes))
    known = networkx.betweenness_centrality(graph)
    assert one == pytest.approx([known[n] for n in range(nodes)], abs=1e-9)


def test_large_networks_are_given_to_rustworkx(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path: of 10,002 nodes, which networkx would take minutes for."""
    number = 10_002
    pairs = [(n, n + 1) for n in range(number - 1)]
    monkeypatch.setattr(networkx, "betweenness_centrality", None)
    found = find_betweenness(number, pairs)
    # Node n has n nodes on one side and number - 1 - n on the other.
    others = (number - 1) * (number - 2) / 2
    middle = number // 2
    assert found[middle] == pytest.approx(middle * (number - 1 - middle) / others, abs=1e-11)


def test_too_large_without_rustworkx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.networks.measure.find_spec", lambda name: None)
    pairs = [(0, n) for n in range(1, MOST_EDGES + 2)]
    with pytest.raises(UsageError, match=r"pip install 'collective-efficacy-kg\[networks\]'"):
        find_betweenness(len(pairs) + 1, pairs)


def test_communities_are_the_same_whatever_the_hashes() -> None:
    code = (
        "import random; from kg.networks.measure import find_communities\n"
        "draw = random.Random(3)\n"
        "pairs = sorted({tuple(sorted(draw.sample(range(120), 2))) for _ in range(400)})\n"
        "print(find_communities(120, pairs))"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "4242")
    ]  # fmt: skip
    assert printed[0] == printed[1]
    assert "4" in printed[0]


def test_order_of_edges_does_not_matter() -> None:
    pairs = draw(50, 120, seed=1)
    edges = [Edge(f"n{a}", f"n{b}", f"{a}-{b}", {"label": ""}) for a, b in pairs]
    shuffled = random.Random(1).sample(edges, len(edges))
    nodes = [Node(f"n{n}", {"label": ""}) for n in range(50)]

    def measure(edges: list[Edge]) -> list[Node]:
        network = Network("x", "x", True, LABEL, LABEL, lambda: nodes, lambda: edges)
        return list(with_measures(network).nodes())

    assert measure(edges) == measure(shuffled)
