"""What the rule says of a plan: the status of every transfer, and what each study holds up.

Written from the design (section 6), a second time and in another form than the queries under
``queries/carry/``: as sets of studies for, against and elsewhere. A study alone in a set is one
without which something changes, so that leave-one-out follows from counting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.plan import Plan, Strand

__all__ = ["find_changes", "find_statuses"]


@dataclass(frozen=True)
class _Held:
    """What holds a status up: who is for and against, who supports from elsewhere, what is needed.

    Attributes:
        needs: For each precondition: for it, against it, and the same of what is to substitute it.
    """

    pro: frozenset[str]
    contra: frozenset[str]
    support: frozenset[str]
    needs: tuple[tuple[frozenset[str], ...], ...]

    def sides(self) -> Iterator[frozenset[str]]:
        """Yield every set whose emptiness decides something."""
        yield from (self.pro, self.contra, self.support)
        for need in self.needs:
            yield from need


def find_statuses(plan: Plan) -> list[tuple[str, str]]:
    """Return (id of the transfer, status) of every strand in every target, sorted."""
    return sorted(
        (_name(plan, strand, place), _find_status(plan, strand, place, ""))
        for strand in plan.strands
        for place in range(len(plan.targets))
    )


def find_changes(plan: Plan) -> list[tuple[str, str, str, str]]:
    """Return (study or statement, transfer, status before, status without it), sorted."""
    found = []
    for strand in plan.strands:
        for place in range(len(plan.targets)):
            before = _find_status(plan, strand, place, "")
            held = _find_held(plan, strand, place)
            for lone in sorted({next(iter(s)) for s in held.sides() if len(s) == 1}):
                after = _find_status(plan, strand, place, lone)
                if after != before:
                    found.append((lone, _name(plan, strand, place), before, after))
    return sorted(found)


def _name(plan: Plan, strand: Strand, place: int) -> str:
    return f"{strand.key}--{plan.targets[place].id}"


def _find_held(plan: Plan, strand: Strand, place: int) -> _Held:
    pro, contra = _find_evidence(plan, strand.key, place)
    support = set(plan.sources.get(strand.key, ()))
    if strand.place == plan.targets[place].kind:
        support.clear()  # neither in the target nor elsewhere: the condition is not known
    if strand.key in plan.statements and place not in strand.without:
        support.add(plan.statements[strand.key])
    replaced, instead = plan.substituted.get((strand.topic, place), ("", ""))
    needs = []
    for need in strand.needs:
        own = _find_evidence(plan, need, place)
        other = _find_evidence(plan, instead, place) if need == replaced else ()
        needs.append((*own, *other))
    return _Held(pro, contra, frozenset(support), tuple(needs))


def _find_evidence(plan: Plan, subject: str, place: int) -> tuple[frozenset[str], frozenset[str]]:
    cells = [plan.cells[subject, leaf] for leaf in plan.targets[place].leaves]
    return (
        frozenset(study for cell in cells for study in cell.pro),
        frozenset(study for cell in cells for study in cell.contra),
    )


def _find_status(plan: Plan, strand: Strand, place: int, without: str) -> str:
    """Return the first status that holds, with one study or statement taken away."""
    if {(strand.topic, "", place), (strand.topic, strand.sense, place)} & plan.withdrawn:
        return "withdrawn"
    if plan.doubted & {strand.topic, *strand.needs}:
        return "undetermined"
    held = _find_held(plan, strand, place)
    pro, contra = held.pro - {without}, held.contra - {without}
    if pro or contra:
        return "observed in target" if not contra else "contested" if pro else (
            "contradicted in target")  # fmt: skip
    if not held.support - {without}:
        return "no basis"
    states = [_find_state(need, without) for need in held.needs]
    if "unmet" in states:
        return "blocked"
    if "contested" in states:
        return "preconditions contested"
    if "met" in states and "unknown" not in states:
        return "preconditions met"
    return "proposed"


def _find_state(need: tuple[frozenset[str], ...], without: str) -> str:
    pro, contra, *other = (bool(side - {without}) for side in need)
    if pro:
        return "contested" if contra else "met"
    if other == [True, False]:
        return "substituted"
    return "unmet" if contra else "unknown"
