"""Caveats: what a reader of the flow must know beside its numbers.

Layer: appraisal. Each is a sentence that holds for these tables; a flow without caveats has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.appraisal.flow import Flow
from kg.appraisal.screening import STAGES, Record, Screening

__all__ = ["find_caveats"]

_LISTED = 5
_ALTHOUGH = {
    "does not meet": "they do not meet the criteria",
    "undetermined": "rows that decide on them are left out",
    "unclear": "a criterion is unclear",
    "not assessed": "a criterion is not assessed",
}


def find_caveats(
    flow: Flow, screening: Screening, states: Mapping[str, str], reviews: Iterable[str]
) -> Iterator[str]:
    """Yield the caveats of a flow, in the order of the figure.

    Args:
        flow: The flow.
        screening: What the tables say on screening.
        states: State of each record by id.
        reviews: Titles of the source reviews.
    """
    yield from _left_out(screening)
    yield from _identification(flow)
    yield from _exclusion(flow)
    yield from _full_text(flow, screening, states)
    yield from _roles(flow, screening, states)
    yield from _target(flow)
    known = dict(flow.included).get("included by the source review", 0)
    for title in reviews:
        number = f"{known} recorded here" if known else "not known"
        yield f"Studies that the source review “{title}” included: {number}."


def _left_out(screening: Screening) -> Iterator[str]:
    if screening.left_out:
        tables = ", ".join(f"{n} of {t}" for t, n in sorted(screening.left_out.items()))
        yield f"Rows with faults are left out ({tables}), so that the numbers are not final."


def _identification(flow: Flow) -> Iterator[str]:
    linked = sum(s.linked for s in flow.sources)
    if flow.recorded and not linked:
        yield "No record names the search that found it."
    found, double = flow.identified, flow.duplicates
    exact = not (found.at_least or double.at_least)
    if exact and found.value is not None and double.value is not None:
        left = found.value - double.value
        if left != flow.recorded:
            yield (
                f"The numbers do not add up: {found} identified less {double} duplicates are "
                f"{left}, and {flow.recorded} records are in the tables."
            )


def _exclusion(flow: Flow) -> Iterator[str]:
    for excluded in (flow.excluded, flow.excluded_full):
        reasons = sum(n for _, n in excluded.reasons) if excluded else 0
        if excluded and reasons > excluded.records - excluded.no_reason:
            yield "A record may fail several criteria: the reasons add up to more than the records."
            break
    kept = sum(e.for_target for e in (flow.excluded, flow.excluded_full) if e)
    if kept:
        verb = "serves" if kept == 1 else "serve"
        yield f"Of the excluded records {kept} {verb} as evidence in a target context."


def _full_text(flow: Flow, screening: Screening, states: Mapping[str, str]) -> Iterator[str]:
    if flow.included_studies.value and flow.assessed.value is None:
        yield "No decision on full text is recorded."
    read = {r.read for s in screening.records if states[s.id] == "included" for r in s.reports}
    if read and "full text" not in read:
        yield f"Reports of included studies were read as: {'; '.join(sorted(read))}."
    contrary = [
        p.id for s in screening.records for p in s.reports
        if p.retrieval == "not retrieved" and p.read == "full text"
    ]  # fmt: skip
    if contrary:
        yield f"Not retrieved and yet read in full: {_list(contrary)}."


def _roles(flow: Flow, screening: Screening, states: Mapping[str, str]) -> Iterator[str]:
    if flow.included_unscreened:
        yield f"Included without a decision on any criterion: {flow.included_unscreened}."
    for verdict, words in _ALTHOUGH.items():
        found = [
            r.id
            for r in screening.records
            if states[r.id] == "included" and _last_verdict(screening, r) == verdict
        ]
        if found:
            yield f"Included although {words}: {_list(found)}."
    odd = [
        r.id
        for r in screening.records
        if r.role == "screened out" and _last_verdict(screening, r) != "does not meet"
    ]
    if odd:
        yield f"Screened out although no criterion excludes them: {_list(odd)}."


def _last_verdict(screening: Screening, record: Record) -> str:
    judged = [v for s in STAGES if (v := screening.judge(record.id, s))]
    return judged[-1] if judged else ""


def _target(flow: Flow) -> Iterator[str]:
    records = sum(n for _, n in flow.target)
    if records and not flow.target_screened:
        yield "Records found for a target context were not screened by the criteria."


def _list(ids: list[str]) -> str:
    more = f" and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
    return ", ".join(ids[:_LISTED]) + more
