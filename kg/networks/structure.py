"""The structure of many personal networks at once: counted in arrays, no loop over persons.

`kg.networks`. The formulas hold for what our tables record: one person who is tied to every
member, ties between members without direction, no weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["Structure", "count_values", "find_structure"]


@dataclass(frozen=True)
class Structure:
    """Measures of each personal network, one value a person; NaN where a measure is not defined.

    Attributes:
        size: Number of members, K.
        ties: Number of pairs of members who are tied, t.
        density: t / (K(K-1)/2): share of the pairs of members who are tied. Not defined for fewer
            than two members.
        effective_size: K - 2t/K: members less the mean number of ties that each has to the others.
            Not defined without members.
        constraint: Sum over members j of (p_j + sum over other members q of p_q p_qj) squared: p_j
            is the share of j in the person's ties, 1/K, and p_qj the share of j in the ties of q,
            1/(d_q + 1) if q and j are tied, d_q being the number of ties of q to members. Not
            defined without members.

    Source:
        Burt, Structural Holes (Harvard University Press 1992), chapter 2, for effective size and
        constraint; Borgatti, Structural holes: unpacking Burt's redundancy measures, Connections
        20 (1997) 35-38, for effective size as K - 2t/K where ties have no weights.
    """

    size: Integers
    ties: Integers
    density: Floats
    effective_size: Floats
    constraint: Floats


def find_structure(egos: int, ego_of: Integers, pairs: Integers) -> Structure:
    """Return the measures of all personal networks.

    Args:
        egos: Number of persons.
        ego_of: For each member the place of the person whose network it is in, from 0.
        pairs: Two rows: for each tie the places of its two members, from 0. A tie that is there
            twice, in either direction, counts once; one from a member to itself, or from one
            network to another, does not count.
    """
    import numpy as np

    members = len(ego_of)
    size = np.bincount(ego_of, minlength=egos)
    one, other = _find_ties(ego_of, pairs)
    ties = np.bincount(ego_of[one], minlength=egos)
    degree = np.bincount(one, minlength=members) + np.bincount(other, minlength=members)
    share = 1.0 / (degree + 1)
    through = np.bincount(one, share[other], members) + np.bincount(other, share[one], members)
    with np.errstate(divide="ignore", invalid="ignore"):
        density = np.where(size > 1, 2.0 * ties / (size * (size - 1)), np.nan)
        effective = np.where(size > 0, size - 2.0 * ties / size, np.nan)
    parts = ((1.0 + through) / size[ego_of]) ** 2
    constraint = np.where(size > 0, np.bincount(ego_of, parts, egos), np.nan)
    return Structure(size, ties, density, effective, constraint)


def _find_ties(ego_of: Integers, pairs: Integers) -> tuple[Integers, Integers]:
    """Return the two members of each tie, the first by place first, each tie once, sorted."""
    import numpy as np

    low, high = pairs.min(axis=0), pairs.max(axis=0)
    kept = (low != high) & (ego_of[low] == ego_of[high])
    members = max(1, len(ego_of))
    keys = np.sort(low[kept] * members + high[kept])
    # Not np.unique, which hashes: that takes twenty times as long as all the rest.
    keys = keys[np.diff(keys, prepend=-1) > 0]
    return keys // members, keys % members


def count_values(egos: int, ego_of: Integers, codes: Integers, values: int) -> Integers:
    """Return how many members of each network have each value: one row a person.

    Args:
        egos: Number of persons.
        ego_of: For each member the place of the person whose network it is in.
        codes: For each member the place of its value.
        values: Number of values.
    """
    import numpy as np

    found = np.bincount(ego_of * values + codes, minlength=egos * values)
    return found.reshape(egos, values)
