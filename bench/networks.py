"""How fast the statistics of personal networks are, and the writer of GraphML, beside networkx.

    python -m bench.networks                     100,000 persons, 200 of them by networkx
    python -m bench.networks --persons 10000

Every round measures both once, so that what disturbs the machine disturbs both; the ratio is the
median over the rounds of the ratio in one round, by processor time (user and system) for one
person, or for the whole file. Before anything is timed both are compared: they must agree to 1e-9.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from bench.table import HEAD, Goal, Line, show_line
from bench.timing import time_job, time_pair
from kg.networks import Attribute, Edge, Network, Node, to_networkx, write_graphml
from kg.networks.structure import Structure, find_structure

ROUNDS = 5
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Persons:
    """Members and ties of many personal networks, as :func:`find_structure` takes them."""

    number: int
    ego_of: Integers
    pairs: Integers

    def measure(self) -> Structure:
        """Return the statistics of all."""
        return find_structure(self.number, self.ego_of, self.pairs)

    def split(self, number: int) -> list[tuple[int, list[tuple[int, int]]]]:
        """Return (members, ties) of the first networks, one by one."""
        ties: list[list[tuple[int, int]]] = [[] for _ in range(number)]
        starts = np.searchsorted(self.ego_of, np.arange(number + 1))
        for one, other in self.pairs[:, self.pairs[0] < starts[-1]].T.tolist():
            ego = int(self.ego_of[one])
            ties[ego].append((one - int(starts[ego]), other - int(starts[ego])))
        return list(zip(np.diff(starts).tolist(), ties, strict=True))


def draw_persons(number: int, seed: int = 1) -> Persons:
    """Return networks of 0 to some 40 members, 14 in the middle, and two ties a member."""
    draw = np.random.default_rng(seed)
    sizes = draw.negative_binomial(5, 5 / 19, number)
    ego_of = np.repeat(np.arange(number), sizes)
    starts = np.cumsum(sizes) - sizes
    one = np.repeat(np.arange(len(ego_of)), 2)
    ego = ego_of[one]
    other = starts[ego] + (draw.random(len(one)) * sizes[ego]).astype(np.int64)
    kept = one != other
    return Persons(number, ego_of, np.stack([one[kept], other[kept]]))


def measure_by_networkx(networks: list[tuple[int, list[tuple[int, int]]]]) -> Iterator[list[float]]:
    """Yield density, effective size and constraint of each network; NaN: not defined."""
    for size, ties in networks:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(size))
        graph.add_edges_from(ties)
        density = nx.density(graph) if size > 1 else float("nan")
        graph.add_node(-1)
        graph.add_edges_from((-1, member) for member in range(size))
        effective = nx.effective_size(graph, nodes=[-1])[-1]
        yield [density, effective, nx.constraint(graph, nodes=[-1])[-1]]


def draw_network(edges: int) -> Network:
    """Return a network with two texts and a number at each edge."""
    draw = np.random.default_rng(1)
    number = edges // 5
    ends = np.sort(draw.integers(0, number, (edges, 2)), axis=0).tolist()
    return Network(
        "drawn",
        "Drawn at random.",
        True,
        (Attribute("label", ""),),
        (Attribute("label", ""), Attribute("through", ""), Attribute("weight", "", "integer")),
        lambda: (Node(f"n{n}", {"label": f"node {n}"}) for n in range(number)),
        lambda: (
            Edge(f"n{a}", f"n{b}", f"e{k}", {"label": "bears on", "through": f"b{k}", "weight": 1})
            for k, (a, b) in enumerate(ends)
        ),
    )


def compare_statistics(number: int, sample: int) -> tuple[float, float, float]:
    """Return processor seconds for one person, ours and networkx's, and their ratio.

    Raises:
        SystemExit: They do not agree.
    """
    persons = draw_persons(number)
    networks = persons.split(sample)
    found = persons.measure()
    ours = np.column_stack([found.density, found.effective_size, found.constraint])[:sample]
    theirs = np.array(list(measure_by_networkx(networks)))
    if not np.allclose(ours, theirs, rtol=0, atol=1e-9, equal_nan=True):
        sys.exit("The statistics differ from those of networkx.")
    return time_pair(
        lambda: time_job(persons.measure) / number,
        lambda: time_job(lambda: list(measure_by_networkx(networks))) / sample,
        ROUNDS,
    )


def compare_graphml(edges: int) -> tuple[float, float, float]:
    """Return processor seconds for a file, ours and those of networkx, and their ratio."""
    network = draw_network(edges)
    graph = to_networkx(network)

    def write() -> bytes:
        content = io.BytesIO()
        nx.write_graphml_xml(graph, content)
        return content.getvalue().rstrip() + b"\n"

    if "".join(write_graphml(network)).encode() != write():
        sys.exit("The GraphML differs from that of networkx.")
    ours = partial(time_job, lambda: sum(map(len, write_graphml(network))))
    return time_pair(ours, lambda: time_job(write), ROUNDS)


def measure(persons: int = 100_000, sample: int = 200, edges: int = 100_000) -> Iterator[Line]:
    """Yield the statistics for one person, and a file of GraphML, beside networkx."""
    for job, size, times, bound in (
        ("statistics of one personal network", f"{persons:,} persons",
         compare_statistics(persons, sample), 500),
        ("GraphML", f"{edges:,} edges", compare_graphml(edges), None),
    ):  # fmt: skip
        goal = Goal(bound, "faster") if bound else None
        yield Line(job, size, times[0], "networkx", times[1], times[2], goal)


def main() -> None:
    """Print one line a job."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--edges", type=int, default=100_000)
    wanted = parser.parse_args()
    print(show_line(HEAD))
    for line in measure(wanted.persons, wanted.sample, wanted.edges):
        print(show_line(line.cells()), flush=True)


if __name__ == "__main__":
    main()
