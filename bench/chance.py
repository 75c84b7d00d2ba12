"""Chance that is the same on every machine: one stream of numbers and exact arithmetic on it.

Only ``random()`` of the Mersenne Twister is used, whose stream Python promises to keep, and only
additions, multiplications and divisions, which IEEE 754 rounds in one way; no powers, no hashes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

__all__ = ["Chance", "Weights", "zipf"]

_Item = TypeVar("_Item")


class Weights:
    """Numbers 0, 1, 2 … with a weight each."""

    def __init__(self, weights: Iterable[float]) -> None:
        """Add the weights up, so that a number is found by bisection."""
        self.steps = tuple(accumulate(weights))


def zipf(size: int, power: int = 1) -> Weights:
    """Return weights in which the number k weighs 1 / (k + 1) ** power: few carry most."""
    weights = []
    for rank in range(1, size + 1):
        weight = 1.0
        for _ in range(power):
            weight /= rank
        weights.append(weight)
    return Weights(weights)


class Chance:
    """A stream of decisions; the same seed gives the same decisions."""

    def __init__(self, seed: int) -> None:
        """Begin the stream."""
        self._next = Random(seed).random

    def hit(self, share: float) -> bool:
        """Return True in this share of all calls."""
        return self._next() < share

    def below(self, size: int) -> int:
        """Return a number from 0 up to, and not including, the size."""
        return int(self._next() * size)

    def pick(self, items: Sequence[_Item]) -> _Item:
        """Return one of the items, each as often as any other."""
        return items[int(self._next() * len(items))]

    def weigh(self, weights: Weights) -> int:
        """Return a number by its weight."""
        steps = weights.steps
        return min(bisect_right(steps, self._next() * steps[-1]), len(steps) - 1)
