"""The bulk: studies as a large synthesis has them, none of which changes what the plan says.

Few concepts carry most bearings, few studies have many findings, settings are of few kinds, some
studies share a report, a sample or authors. Each bearing first draws what it is about and where,
and then only what may count there: evidence joins a side that at least two anchors hold up; what
would decide something is drawn as a kind that never counts.
"""

from __future__ import annotations

from typing import Protocol

from bench.chance import Chance, Weights, zipf
from bench.frame import REMOTE
from bench.plan import ELSEWHERE, SUBKINDS, Cell, Plan
from bench.record import Records
from bench.study import Place, Said, add_bearing, add_finding, add_place, add_report, add_study
from bench.tables import Tables

__all__ = ["Corpus", "Interrupter"]

_ROLES = (
    "demonstration corpus",
    "included by the source review",
    "target-context evidence",
    "awaiting decision",
    "screened out",
)
_ROLE_WEIGHTS = Weights((50, 14, 10, 14, 12))
_SOURCE_ROLES = _ROLES[:2]
_SPOTS = ("elsewhere", "target", "near", "unknown")
_SPOT_WEIGHTS = Weights((62, 14, 12, 12))
_KIND_WEIGHTS = zipf(len(ELSEWHERE), 2)
_FINDINGS = Weights((1.0, *(1 / (n * n) for n in range(1, 25))))
_BEARINGS = Weights((25, 50, 20, 5))
_POLARITIES = ("supports", "refutes", "mixed", "reported absent", "no effect seen")
_POLARITY_WEIGHTS = Weights((64, 12, 10, 6, 8))
_PRO = frozenset({"supports", "mixed"})
_CONTRA = frozenset({"refutes", "reported absent", "mixed"})
_MODALITIES = ("asserted", "hedged", "conjecture")
_MODALITY_WEIGHTS = Weights((60, 30, 10))
_OTHER_EVIDENCE = ("measured association", "instrument development", "theoretical")
_RECENT = 64  # places that later studies may share


class Interrupter(Protocol):
    """What writes studies of its own between those of the bulk."""

    count: int

    def plant(self, number: int) -> None:
        """Write the study of this number."""


class Corpus:
    """Writes the bulk, one study at a time."""

    def __init__(self, plan: Plan, tables: Tables, chance: Chance) -> None:
        """Begin with no study."""
        self._plan = plan
        self._tables = tables
        self._chance = chance
        self._records = Records(tables, chance, plan)
        self._strand_weights = zipf(len(plan.strands))
        self._recent: dict[Place, tuple[str, str]] = {}
        self._last = ("", "")  # report and study before this one

    def write(self, studies: int, planter: Interrupter) -> None:
        """Write the studies, those of the planter spread evenly among them."""
        planted = planter.count
        for number in range(1, studies + 1):
            if number * planted // studies > (number - 1) * planted // studies:
                planter.plant(number)
            else:
                self._write_study(number)

    def _write_study(self, number: int) -> None:
        chance, tables, row = self._chance, self._tables, f"study-{number}"
        role = _ROLES[chance.weigh(_ROLE_WEIGHTS)]
        place, leaf = self._draw_place()
        findings = [self._draw_finding(place, leaf, role) for _ in range(chance.weigh(_FINDINGS))]
        setting, population = self._find_place(row, place)
        reports, report = self._write_reports(row, number)
        add_study(
            tables,
            row,
            role,
            reports,
            setting,
            population,
            names=self._name_concepts(findings, role),
            shares_sample_with=self._last[1] if self._last[1] and chance.hit(0.04) else "",
            **self._records.describe_study(number),
        )
        for count, (modality, quoted, entries) in enumerate(findings, start=1):
            finding = f"{row}-f{count}"
            add_finding(
                tables,
                finding,
                row,
                setting,
                report=report if quoted else "",
                modality=modality,
                limit=place.limit,
            )
            for place_of, said in enumerate(entries, start=1):
                add_bearing(tables, f"{finding}-b{place_of}", finding, said)
        said_first = findings[0][2][0] if findings and findings[0][2] else None
        self._records.write(number, row, report, said_first, bool(findings), role)
        self._last = (report, row)

    def _draw_place(self) -> tuple[Place, int | None]:
        """Draw where a study was done, and the leaf target in which its findings are, if any."""
        chance = self._chance
        spot = _SPOTS[chance.weigh(_SPOT_WEIGHTS)]
        if spot == "unknown":
            return Place("", ""), None
        if spot == "elsewhere":
            kind = ELSEWHERE[chance.weigh(_KIND_WEIGHTS)]
            return Place(kind, chance.pick(REMOTE) if chance.hit(0.6) else ""), None
        leaf = chance.pick(self._plan.leaves)
        target = self._plan.targets[leaf]
        if spot == "near":
            near = (
                Place(target.kind, chance.pick(REMOTE)),
                Place(target.kind, "", partly=target.condition),
                Place(target.kind, "condition-any"),
                Place(ELSEWHERE[chance.weigh(_KIND_WEIGHTS)], target.condition),
            )
            return chance.pick(near), None
        if target.limited and chance.hit(0.3):  # people for whom the target doesn't ask
            return Place(target.kind, target.condition), None
        narrow = chance.hit(0.5)
        kind = SUBKINDS.get(target.kind, target.kind) if narrow else target.kind
        condition = target.condition + ("-mild" if narrow else "")
        return Place(kind, condition, limit=f"{target.id}-limit" if target.limited else ""), leaf

    def _find_place(self, row: str, place: Place) -> tuple[str, str]:
        """Return setting and population: those of an earlier study of the same kind, or new."""
        found = self._recent.get(place)
        if found is None or self._chance.hit(0.45):
            found = add_place(self._tables, row, place)
            self._recent[place] = found
        return found

    def _draw_finding(
        self, place: Place, leaf: int | None, role: str
    ) -> tuple[str, bool, list[Said]]:
        """Draw modality, whether it is quoted, and what it bears on."""
        chance = self._chance
        modality = _MODALITIES[chance.weigh(_MODALITY_WEIGHTS)]
        quoted = chance.hit(0.35)
        if role == "screened out":
            return modality, quoted, []
        counts = modality != "conjecture" and role != "awaiting decision" and place.kind != ""
        entries: dict[str, Said] = {}
        for _ in range(chance.weigh(_BEARINGS)):
            said = self._draw_said(leaf, role, counts)
            entries.setdefault(f"{said.topic} {said.sense}", said)
        return modality, quoted, list(entries.values())

    def _draw_said(self, leaf: int | None, role: str, counts: bool) -> Said:
        """Draw a bearing; ``counts`` says whether interpretive evidence would count at all."""
        chance, plan = self._chance, self._plan
        polarity = _POLARITIES[chance.weigh(_POLARITY_WEIGHTS)]
        if chance.hit(0.12):
            topic, sense, several = chance.pick(plan.preconditions), "", True
            cell = plan.cells[topic, leaf] if leaf is not None else None
        else:
            strand = plan.strands[chance.weigh(self._strand_weights)]
            topic, sense, several = strand.topic, strand.sense, strand.support == "several"
            cell = plan.cells[strand.key, leaf] if leaf is not None else None
        if chance.hit(0.12) or (counts and not _fits(polarity, several, role, cell)):
            return Said(topic, sense, polarity, chance.pick(_OTHER_EVIDENCE))
        return Said(topic, sense, polarity)

    def _name_concepts(self, findings: list[tuple[str, bool, list[Said]]], role: str) -> str:
        """Return the concepts that the text names: most of those it bears on."""
        if role != "target-context evidence" and self._chance.hit(0.6):
            return ""
        topics = {said.topic for _, _, entries in findings for said in entries}
        return ";".join(c for c in sorted(topics) if c.startswith("concept-"))

    def _write_reports(self, row: str, number: int) -> tuple[str, str]:
        """Write the reports of a study, and return the cell that names them, and one of them."""
        chance, last = self._chance, self._last[0]
        if last and chance.hit(0.06):  # the report of two studies
            return last, last
        report = f"{row}-report"
        add_report(self._tables, report, self._records.find_authors(number), number)
        if not chance.hit(0.05):
            return report, report
        add_report(self._tables, f"{report}-2", "", number + 1)
        return f"{report};{report}-2", report


def _fits(polarity: str, several: bool, role: str, cell: Cell | None) -> bool:
    """Return whether evidence may count: no side may begin, or cease to hang on one study."""
    pro, contra = polarity in _PRO, polarity in _CONTRA
    if pro and not several and role in _SOURCE_ROLES:
        return False
    if cell is None or not (pro or contra):
        return True
    return not cell.lone and bool(cell.pro or not pro) and bool(cell.contra or not contra)
