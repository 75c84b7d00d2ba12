"""Proposals: verdicts that follow from a rule in the criteria table, for a person to decide on.

Layer: appraisal. A rule reads the year, the design and the language of a record. Where one of
them is not known, or the reports of a record differ, nothing is proposed; and a proposal decides
nothing, because its row names nobody until a person signs it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from kg.appraisal.screening import STAGES, Criterion, Record, Screening
from kg.query import Rows

__all__ = ["Proposal", "find_proposals", "list_proposals"]


@dataclass(frozen=True)
class Proposal:
    """A verdict that a rule gives for an undecided record; the columns are those of eligibility."""

    id: str
    study: str
    criterion: str
    stage: str
    decision: str
    reason: str


def find_proposals(
    screening: Screening, taken: Container[str], stage: str = STAGES[0]
) -> tuple[Proposal, ...]:
    """Return a proposal for each undecided record and criterion with a rule that gives a verdict.

    Undecided is a record that was found for source settings and neither meets the criteria at the
    stage nor fails them there or before; and of it, a criterion by which nobody has judged it.

    Args:
        screening: What the tables say.
        taken: Ids of all rows; a proposal has the id of the row that says "not assessed", or a
            new one.
        stage: Stage to propose for.
    """
    return tuple(
        proposal
        for record in screening.records
        if record.found_for == "source settings" and _is_open(screening, record.id, stage)
        for criterion in screening.criteria
        if (proposal := _propose(screening, record, criterion, stage, taken))
    )


def _is_open(screening: Screening, study: str, stage: str) -> bool:
    before = STAGES[: STAGES.index(stage)]
    if any(screening.judge(study, s) == "does not meet" for s in before):
        return False
    return screening.judge(study, stage) not in ("does not meet", "undetermined")


def _propose(
    screening: Screening, record: Record, criterion: Criterion, stage: str, taken: Container[str]
) -> Proposal | None:
    if screening.verdicts(record.id, stage, criterion.id) not in ((), ("not assessed",)):
        return None
    verdicts = list(_apply(record, criterion))
    failed = [reason for met, reason in verdicts if not met]
    rules = sum((criterion.years != (None, None), bool(criterion.designs),
                 bool(criterion.languages)))  # fmt: skip
    if not verdicts or (not failed and len(verdicts) < rules):
        return None
    reasons = failed or [reason for _, reason in verdicts]
    return Proposal(
        _name(screening, record, criterion, stage, taken),
        record.id,
        criterion.id,
        stage,
        "not met" if failed else "met",
        f"By rule: {'; '.join(reasons)}.",
    )


def _apply(record: Record, criterion: Criterion) -> Iterator[tuple[bool, str]]:
    """Yield for each rule of a criterion whether it is met and why, where that can be told."""
    first, last = criterion.years
    years = {r.year for r in record.reports}
    if (first or last) and years and None not in years:
        known = sorted(y for y in years if y is not None)
        met = {(first or y) <= y <= (last or y) for y in known}
        # From a later year to an earlier one: a slip that would exclude everything.
        slip = first is not None and last is not None and first > last
        if len(met) == 1 and not slip:
            span = f"{first or 'any year'} to {last or 'any year'}"
            yield met.pop(), f"published {' and '.join(map(str, known))}, asked for {span}"
    if criterion.designs and record.design not in ("", "unclear"):
        wanted = " or ".join(sorted(criterion.designs))
        yield record.design in criterion.designs, f"design {record.design}, asked for {wanted}"
    languages = {r.language for r in record.reports}
    if criterion.languages and languages and "" not in languages:
        met = {language in criterion.languages for language in languages}
        if len(met) == 1:
            wanted = " or ".join(sorted(criterion.languages))
            yield met.pop(), f"language {' and '.join(sorted(languages))}, asked for {wanted}"


def _name(
    screening: Screening, record: Record, criterion: Criterion, stage: str, taken: Container[str]
) -> str:
    for decision in screening.decisions:
        if (decision.study, decision.criterion, decision.stage) == (record.id, criterion.id, stage):
            return decision.id
    name = f"{record.id}-{criterion.id}" + ("" if stage == STAGES[0] else "-full-text")
    number = 1
    while (name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return name if number == 1 else f"{name}-{number}"


def list_proposals(proposals: tuple[Proposal, ...]) -> Rows:
    """Return proposals as rows of the table eligibility, with nobody who decided."""
    return Rows(
        ("id", "study", "criterion", "stage", "decision", "reason", "by"),
        tuple((p.id, p.study, p.criterion, p.stage, p.decision, p.reason, "") for p in proposals),
    )
