"""Size, density, effective size and constraint: by hand, and equal to networkx."""

import random
from collections.abc import Iterator
from itertools import combinations

import networkx
import numpy as np
import pytest

from kg.networks.structure import Structure, count_values, find_structure

Tie = tuple[int, int]
Network = tuple[int, list[Tie]]  # members, ties between them


def find(networks: list[Network]) -> Structure:
    """Return the structure of networks that are given one by one."""
    starts = np.cumsum([0, *(size for size, _ in networks)])
    pairs = [
        (start + a, start + b)
        for start, (_, ties) in zip(starts[:-1], networks, strict=True)
        for a, b in ties
    ]
    ego_of = np.repeat(np.arange(len(networks)), [size for size, _ in networks])
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return find_structure(len(networks), ego_of, ends)


def list_networks() -> Iterator[Network]:
    """Yield the cases where a formula may break, and 400 random networks."""
    yield 0, []
    yield 1, []
    yield 2, []
    yield 2, [(0, 1)]
    yield 9, []  # isolates only
    yield 7, list(combinations(range(7), 2))  # complete
    yield 12, [(0, other) for other in range(1, 12)]  # a star among the members
    chance = random.Random(20261125)
    for _ in range(400):
        size = chance.choice((0, 1, 2, 3, 5, 8, 14, 30))
        share = chance.choice((0.0, 0.1, 0.3, 0.7, 1.0))
        yield size, [pair for pair in combinations(range(size), 2) if chance.random() < share]


def measure(network: Network) -> tuple[float, float, float]:
    """Return density, effective size and constraint as networkx has them; NaN: not defined."""
    size, ties = network
    members: networkx.Graph = networkx.empty_graph(size)
    members.add_edges_from(ties)
    density = networkx.density(members) if size > 1 else np.nan
    whole = members.copy()
    whole.add_edges_from(("ego", member) for member in range(size))
    if not size:
        return density, np.nan, np.nan
    effective = networkx.effective_size(whole, nodes=["ego"])["ego"]
    return density, effective, networkx.constraint(whole, nodes=["ego"])["ego"]


def test_measures_are_those_of_networkx() -> None:
    networks = list(list_networks())
    assert len(networks) == 407
    found = find(networks)
    assert found.size.tolist() == [size for size, _ in networks]
    assert found.ties.tolist() == [len(ties) for _, ties in networks]
    wanted = np.array([measure(network) for network in networks])
    ours = np.column_stack([found.density, found.effective_size, found.constraint])
    assert np.isnan(wanted).any(axis=0).all()
    np.testing.assert_allclose(ours, wanted, rtol=0, atol=1e-9, equal_nan=True)


def test_three_members_by_hand() -> None:
    # Members 0, 1, 2; 0 and 1 are tied. Each has a third of the person's ties.
    found = find([(3, [(0, 1)])])
    assert found.density[0] == pytest.approx(1 / 3)
    assert found.effective_size[0] == pytest.approx(3 - 2 / 3)
    # 0 and 1: (1/3 + 1/3 * 1/2)^2 = 1/4 each; 2: (1/3)^2.
    assert found.constraint[0] == pytest.approx(1 / 4 + 1 / 4 + 1 / 9)


def test_one_member_is_all_constraint_and_has_no_density() -> None:
    found = find([(1, [])])
    assert np.isnan(found.density[0])
    assert (found.effective_size[0], found.constraint[0]) == (1, 1)


def test_nothing_is_defined_without_members() -> None:
    found = find([(0, []), (2, [(0, 1)]), (0, [])])
    assert found.size.tolist() == [0, 2, 0]
    for values in (found.density, found.effective_size, found.constraint):
        assert np.isnan(values).tolist() == [True, False, True]


def test_no_network_at_all() -> None:
    found = find([])
    assert [len(v) for v in (found.size, found.density, found.constraint)] == [0, 0, 0]


def test_a_tie_counts_once_and_only_within_its_network() -> None:
    ego_of = np.array([0, 0, 0, 1])
    #                 twice, in both directions; to itself; to another network
    pairs = np.array([[0, 1, 0, 2, 2], [1, 0, 1, 2, 3]])
    found = find_structure(2, ego_of, pairs)
    assert found.ties.tolist() == [1, 0]
    once = find([(3, [(0, 1)]), (1, [])])
    assert found.constraint.tolist() == once.constraint.tolist()


def test_order_of_members_and_ties_does_not_matter() -> None:
    one = find([(4, [(0, 1), (1, 2)])])
    other = find([(4, [(3, 2), (2, 0)])])  # 0→3, 1→2, 2→0, 3→1
    assert one.constraint == pytest.approx(other.constraint)


def test_values_are_counted_by_network() -> None:
    ego_of, codes = np.array([0, 0, 2, 2, 2]), np.array([1, 1, 0, 2, 2])
    counted = count_values(4, ego_of, codes, 3)
    assert counted.tolist() == [[0, 2, 0], [0, 0, 0], [1, 0, 2], [0, 0, 0]]
