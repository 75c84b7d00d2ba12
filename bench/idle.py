"""Idle evidence: findings in a target that look like evidence there and count for nothing.

Each would change a status if the rule forgot one of its conditions: modality, kind of evidence,
what presupposes the concept, what was adjudicated, a concept that the text does not name.
"""

from __future__ import annotations

from bench.chance import Chance
from bench.plan import Plan
from bench.study import Said, add_bearing, add_finding
from bench.tables import Tables

__all__ = ["write_idle"]


def write_idle(
    plan: Plan,
    tables: Tables,
    study: str,
    setting: str,
    limit: str,
    names: list[str],
    chance: Chance,
) -> None:
    """Write idle findings of a study that is target-context evidence.

    Args:
        plan: The plan.
        tables: Where the rows go.
        study: Id of the study.
        setting: Its setting, which is in the target.
        limit: Population that its findings apply to, "" for the whole sample.
        names: Concepts that its text names.
        chance: What the strands are drawn from.
    """
    named = [s for s in plan.strands if s.topic in names] or list(plan.strands)
    strand = chance.pick(named)
    conjecture, counted, judged = (f"{study}-idle-{n}" for n in (1, 2, 3))
    add_finding(tables, conjecture, study, setting, modality="conjecture", limit=limit)
    add_bearing(tables, f"{conjecture}-b1", conjecture, Said(strand.topic, strand.sense, "mixed"))
    add_finding(tables, counted, study, setting, limit=limit)
    unnamed = [s for s in plan.strands if s.topic in plan.concepts and s.topic not in names]
    said = [
        Said(strand.topic, strand.sense, "mixed", "measured association"),
        Said(strand.topic, strand.sense, "no effect seen"),
        Said(strand.topic, strand.sense, "supports", presupposes=True),
    ]
    if unnamed:
        other = chance.pick(unnamed)
        said.append(Said(other.topic, other.sense, "mixed"))
    for number, one in enumerate(said, start=1):
        add_bearing(tables, f"{counted}-b{number}", counted, one)
    add_finding(tables, judged, study, setting, limit=limit)
    for number, polarity in enumerate(("supports", "refutes"), start=1):
        one = Said(strand.topic, strand.sense, polarity)
        add_bearing(tables, f"{judged}-b{number}", judged, one)
    add_bearing(
        tables,
        f"{judged}-b3",
        judged,
        Said(strand.topic, strand.sense, "no effect seen"),
        adjudicates=f"{judged}-b1;{judged}-b2",
        adjudication_reason="Synthetic: neither stands in the text.",
    )
