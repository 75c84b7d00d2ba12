"""Anchors: the studies that hold what the plan says.

Four studies in each leaf target, four elsewhere, and those that alone, or by their place, support
a strand. Nothing here is drawn that the plan has not decided, but for how firmly it is put.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bench.chance import Chance
from bench.idle import write_idle
from bench.plan import ELSEWHERE, SUBKINDS, Cell, Plan
from bench.study import (
    Place,
    Said,
    add_bearing,
    add_finding,
    add_place,
    add_report,
    add_study,
)
from bench.tables import Tables

__all__ = ["write_anchors"]

_AT_ONCE = 4  # bearings of one finding
_ROLES = {"1": "demonstration corpus", "2": "included by the source review"}
_MODALITIES = ("asserted", "hedged", "asserted")


def write_anchors(plan: Plan, tables: Tables, chance: Chance) -> None:
    """Write all anchors."""
    said = _gather(plan, chance)
    for number, (study, entries) in enumerate(sorted(said.items())):
        place = _find_place(plan, study)
        role = _find_role(study)
        concepts = set(plan.concepts)
        names = sorted({s.topic for s in entries} & concepts)
        setting, population = add_place(tables, study, place)
        add_report(tables, f"{study}-report", f"synthetic-author-{number % 5 + 1}", number)
        add_study(
            tables, study, role, f"{study}-report", setting, population, names=";".join(names)
        )
        for part in range(0, len(entries), _AT_ONCE):
            finding = f"{study}-f{part // _AT_ONCE + 1}"
            add_finding(
                tables,
                finding,
                study,
                setting,
                report=f"{study}-report" if part == 0 else "",
                modality=_MODALITIES[(number + part) % 3],
                limit=place.limit,
            )
            _add_bearings(tables, finding, entries[part : part + _AT_ONCE])
        if study.startswith("target-") and study.endswith("4"):
            write_idle(plan, tables, study, setting, place.limit, names, chance)


def _add_bearings(tables: Tables, finding: str, entries: Iterable[Said]) -> None:
    for number, said in enumerate(entries, start=1):
        add_bearing(tables, f"{finding}-b{number}", finding, said)


def _gather(plan: Plan, chance: Chance) -> dict[str, list[Said]]:
    """Return what each anchor says."""
    senses = {s.key: (s.topic, s.sense) for s in plan.strands}
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for leaf in plan.leaves:  # also those that hold nothing
        for number in range(1, 5):
            found[f"{plan.targets[leaf].id}-study-{number}"] = []
    for (subject, _), cell in plan.cells.items():
        topic, sense = senses.get(subject, (subject, ""))
        for study in sorted({*cell.pro, *cell.contra}):
            found[study].append(Said(topic, sense, _find_polarity(cell, study, chance)))
    for strand in plan.strands:
        for study in plan.sources.get(strand.key, ()):
            polarity = "mixed" if chance.hit(0.1) else "supports"
            found[study].append(Said(strand.topic, strand.sense, polarity))
    return found


def _find_polarity(cell: Cell, study: str, chance: Chance) -> str:
    if study in cell.pro:
        return "mixed" if study in cell.contra else "supports"
    return chance.pick(("refutes", "reported absent"))


def _find_role(study: str) -> str:
    """Return the role: in a target, the first two of four studies count elsewhere, too."""
    number = study.rpartition("-")[2]
    if study.startswith("target-"):
        return _ROLES.get(number, "target-context evidence")
    return _ROLES[str(int(number) % 2 + 1)]


def _find_place(plan: Plan, study: str) -> Place:
    first, number, *_ = study.split("-")
    if first == "target":
        target = plan.targets[int(number) - 1]
        # Every second study is of a narrower kind or condition, where there is one.
        narrow = study.endswith(("2", "4"))
        kind = SUBKINDS.get(target.kind, target.kind) if narrow else target.kind
        condition = target.condition + ("-mild" if narrow else "")
        return Place(kind, condition, limit=f"{target.id}-limit" if target.limited else "")
    if first == "placed":
        kinds = list(dict.fromkeys(t.kind for t in plan.targets))
        return Place(kinds[int(number) - 1], "")
    return Place(ELSEWHERE[int(number) % len(ELSEWHERE)], "condition-remote-1")
