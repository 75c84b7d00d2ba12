"""The design of a plan: drawn from chance, so that every status of the rule is met.

Outcomes come first: for each strand and precondition it is drawn what a target shall hold, for
each strand what shall support it. Only then is it said which studies are to hold it.
"""

from __future__ import annotations

from bench.chance import Chance, Weights
from bench.plan import TARGET_KINDS, Cell, Plan, Size, Strand, Target

__all__ = ["MINIMUM", "build_plan"]

MINIMUM = {"studies": 60, "concepts": 6, "targets": 5, "preconditions": 2}

_SUPPORT = ("several", "several", "one study", "several", "statement", "placed", "none")
_SENSES = (slice(1), slice(1, 3), slice(1), slice(1, 4), slice(1))
_OUTCOMES = ("", "for", "against", "both")
_TOPIC_OUTCOMES = Weights((74, 12, 8, 6))
_NEED_OUTCOMES = Weights((30, 42, 16, 12))
_GROUP = 4  # conditions come in fours: two narrow ones, the one above them, one apart


def build_plan(size: Size, chance: Chance) -> Plan:
    """Decide everything that the evidence shall say."""
    concepts = tuple(f"concept-{n + 1}" for n in range(size.concepts))
    preconditions = tuple(f"precondition-{n + 1}" for n in range(size.preconditions))
    configurations = tuple(f"configuration-{n + 1}" for n in range(3))
    targets = tuple(_build_target(place) for place in range(size.targets))
    strands: list[Strand] = []
    for rank, concept in enumerate(concepts):
        senses = ("", *(f"{concept}-sense-{n + 1}" for n in range(3)))
        for sense in senses[1:3] if rank == size.concepts - 1 else senses[_SENSES[rank % 5]]:
            needs = _choose_needs(rank, size.concepts, preconditions, chance)
            strands.append(_build_strand(concept, sense, needs, len(strands), targets, chance))
    for rank, configuration in enumerate(configurations):
        needs = preconditions[:-1][: rank % 2 + 1]
        strands.append(_build_strand(configuration, "", needs, len(strands), targets, chance))
    plan = Plan(size, targets, concepts, configurations, preconditions, tuple(strands))
    for place in plan.leaves:
        _fill_target(plan, place, chance)
    _choose_sources(plan)
    _choose_decisions(plan, chance)
    return plan


def _build_target(place: int) -> Target:
    kinds = len(TARGET_KINDS)
    group, spot = divmod(place // kinds, _GROUP)
    condition = ("narrow-a", "narrow-b", "wide", "apart")[spot]
    leaves = (place - 2 * kinds, place - kinds) if spot == 2 else (place,)
    return Target(
        f"target-{place + 1}",
        TARGET_KINDS[place % kinds],
        f"condition-{group + 1}-{condition}",
        leaves,
        limited=spot == 3 and place % 2 == 1,
    )


def _choose_needs(
    rank: int, concepts: int, preconditions: tuple[str, ...], chance: Chance
) -> tuple[str, ...]:
    """Return what a strand needs; the last precondition is needed by the last concept but one."""
    if rank == concepts - 2:
        return preconditions[-1:]
    free = preconditions[:-1]
    return tuple(p for p in free if chance.hit(1.1 / len(free)))


def _build_strand(
    topic: str,
    sense: str,
    needs: tuple[str, ...],
    rank: int,
    targets: tuple[Target, ...],
    chance: Chance,
) -> Strand:
    support = _SUPPORT[rank % len(_SUPPORT)]
    place = chance.pick(TARGET_KINDS)
    spoken = frozenset(p for p in range(len(targets)) if chance.hit(0.3))
    return Strand(
        topic,
        sense,
        support,
        place if support == "placed" else "",
        spoken if support == "statement" else frozenset(),
        needs,
    )


def _fill_target(plan: Plan, place: int, chance: Chance) -> None:
    """Decide what one leaf target holds, from four studies: two count elsewhere, two don't."""
    both = tuple(f"{plan.targets[place].id}-study-{n}" for n in (1, 2))
    only_here = tuple(f"{plan.targets[place].id}-study-{n}" for n in (3, 4))
    for strand in plan.strands:
        # What counts as source evidence, too, would support the strand in all other targets.
        holders = both + only_here if strand.support == "several" else only_here
        cell = _choose_cell(_OUTCOMES[chance.weigh(_TOPIC_OUTCOMES)], holders, chance)
        plan.cells[strand.key, place] = cell
    for precondition in plan.preconditions:
        outcome = _OUTCOMES[chance.weigh(_NEED_OUTCOMES)]
        plan.cells[precondition, place] = _choose_cell(outcome, both + only_here, chance)


def _choose_cell(outcome: str, holders: tuple[str, ...], chance: Chance) -> Cell:
    lone = chance.hit(0.5)
    first = chance.below(len(holders))
    pair = (holders[first], holders[(first + 1) % len(holders)])
    if outcome == "for":
        return Cell(pair[:1] if lone else pair, (), lone)
    if outcome == "against":
        return Cell((), pair[:1] if lone else pair, lone)
    if outcome == "both":  # one study for and one against, or two that found both
        return Cell(pair[:1], pair[1:], lone) if lone else Cell(pair, pair, lone)
    return Cell()


def _choose_sources(plan: Plan) -> None:
    """Say which studies elsewhere support each strand, and which statement."""
    for number, strand in enumerate(plan.strands):
        if strand.support == "several":
            first = number % 4
            found = tuple(f"elsewhere-{n + 1}" for n in (first, (first + 1) % 4))
            plan.sources[strand.key] = found
            if number % 3 == 0:
                plan.statements[strand.key] = f"statement-{number + 1}"
        elif strand.support == "one study":
            plan.sources[strand.key] = (f"alone-{number + 1}",)
        elif strand.support == "placed":
            kind = TARGET_KINDS.index(strand.place) + 1
            plan.sources[strand.key] = tuple(f"placed-{kind}-{n}" for n in (1, 2))
        elif strand.support == "statement":
            plan.statements[strand.key] = f"statement-{number + 1}"


def _choose_decisions(plan: Plan, chance: Chance) -> None:
    """Withdraw some transfers, in one sense or in all, and substitute some preconditions."""
    for number, strand in enumerate(plan.strands):
        for place in range(len(plan.targets)):
            if chance.hit(0.015):
                plan.withdrawn.add((strand.topic, strand.sense if number % 2 else "", place))
            if strand.needs and chance.hit(0.1) and (strand.topic, place) not in plan.substituted:
                replaced = chance.pick(strand.needs)
                others = [p for p in plan.preconditions[:-1] if p != replaced]
                if others:
                    plan.substituted[strand.topic, place] = (replaced, chance.pick(others))
