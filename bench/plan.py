"""A plan: what shall be carried where, decided before a single row of evidence is written.

For every strand (a topic in one sense) and every precondition the plan says, target by target,
what evidence the target shall hold and who shall hold it, and how the strand is supported from
elsewhere. ``bench.design`` draws it, ``bench.anchor`` makes rows of it, and ``bench.outcome`` works
out, without looking at any row, which statuses the rule of the design (section 6) gives to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "ELSEWHERE",
    "SUBKINDS",
    "TARGET_KINDS",
    "Cell",
    "Plan",
    "Size",
    "Strand",
    "Target",
]

TARGET_KINDS = (
    "personal community", "household", "support group", "online community", "couple",
)  # fmt: skip
ELSEWHERE = ("neighbourhood", "organisation", "community", "supporting pair")
SUBKINDS = {"support group": "synthetic-walking-group", "household": "synthetic-shared-flat"}
"""Kinds of this workspace under a shipped one: what is observed there is observed in the wider."""


@dataclass(frozen=True)
class Size:
    """How much is to be made."""

    studies: int
    concepts: int = 30
    targets: int = 20
    preconditions: int = 5
    faults: int = 0
    damaged: int = 0


@dataclass(frozen=True)
class Target:
    """One target context.

    Attributes:
        id: Id of its row.
        kind: Kind of its exemplar setting.
        condition: What its exemplar population lives with.
        leaves: Places of the narrower targets whose evidence lies in it, too; its own place if
            there are none.
        limited: Whether it names the population that findings must apply to.
    """

    id: str
    kind: str
    condition: str
    leaves: tuple[int, ...]
    limited: bool = False


@dataclass(frozen=True)
class Strand:
    """What is carried: a topic in one sense.

    Attributes:
        topic: Id of the concept or configuration.
        sense: Id of the sense, "" if the topic has none.
        support: How it is supported from elsewhere: "several" studies in settings of no target,
            "one study" there, one "statement" of the source review that does not hold for
            some targets, studies "placed" in a kind of setting with a condition not known, or
            "none".
        place: Kind of setting in which the studies of a "placed" strand are.
        without: Places of the targets that the statement speaks about: there it is no support.
        needs: Ids of the preconditions.
    """

    topic: str
    sense: str
    support: str
    place: str
    without: frozenset[int]
    needs: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the id of the strand, as transfers begin with it."""
        return f"{self.topic}--{self.sense}" if self.sense else self.topic


@dataclass(frozen=True)
class Cell:
    """Who holds evidence on one subject in one target: ids of studies for and against it.

    Attributes:
        lone: Whether one study alone holds a side up; nothing may join it later.
    """

    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()
    lone: bool = False


@dataclass
class Plan:
    """Everything that is decided beforehand.

    Attributes:
        cells: (strand key or precondition, place of a leaf target) → who holds evidence there.
        sources: Strand key → ids of the studies elsewhere that support it.
        statements: Strand key → id of the statement of the source review that supports it.
        withdrawn: (topic, sense or "" for all, place of the target).
        substituted: (topic, place of the target) → precondition replaced, and what does its work.
        doubted: Topics that a left-out row names; filled while faults are planted.
    """

    size: Size
    targets: tuple[Target, ...]
    concepts: tuple[str, ...]
    configurations: tuple[str, ...]
    preconditions: tuple[str, ...]
    strands: tuple[Strand, ...]
    cells: dict[tuple[str, int], Cell] = field(default_factory=dict)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    withdrawn: set[tuple[str, str, int]] = field(default_factory=set)
    substituted: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)

    @property
    def leaves(self) -> tuple[int, ...]:
        """Return the places of the targets that have no narrower one."""
        return tuple(p for p, t in enumerate(self.targets) if t.leaves == (p,))

    @property
    def anchors(self) -> int:
        """Return how many studies hold what is planned."""
        elsewhere = {study for studies in self.sources.values() for study in studies}
        return 4 * len(self.leaves) + len(elsewhere)

    @property
    def spare(self) -> str:
        """Return the concept that faulty rows may name."""
        return self.concepts[-1]
