"""Counting the flow: every record is in one state, so that the numbers add up.

Layer: appraisal. Read from the store by ``queries/screening``; the states are decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.appraisal.caveat import find_caveats
from kg.appraisal.flow import Excluded, Flow, Number, Source
from kg.appraisal.screening import STAGES, Record, Report, Screening, ask, read_screening
from kg.store import Store

__all__ = ["build_flow", "find_state", "read_flow"]

_INCLUDED = ("included by the source review", "demonstration corpus")
_TARGET = "target-context evidence"
_FIRST, _LAST = STAGES

Row = Mapping[str, str]


def read_flow(store: Store, title: str) -> Flow:
    """Return the flow of a built store, with the caveats that its reader needs."""
    screening = read_screening(store)
    searches = [r for r in ask(store, "searches") if r["review"] == "review-kind-this-synthesis"]
    flow = build_flow(screening, searches, title)
    states = {r.id: find_state(screening, r) for r in screening.records}
    reviews = [r["title"] for r in ask(store, "reviews")]
    return replace(flow, notes=tuple(find_caveats(flow, screening, states, reviews)))


def build_flow(screening: Screening, searches: Iterable[Row], title: str) -> Flow:
    """Return the flow without caveats.

    Args:
        screening: What the tables say on screening.
        searches: Rows of ``queries/screening/searches.rq``, of this synthesis.
        title: Title of the review.
    """
    records = [r for r in screening.records if r.found_for == "source settings"]
    target = [r for r in screening.records if r.found_for != "source settings"]
    states = {r.id: find_state(screening, r) for r in records}
    decided = [r for r in records if _is_decided(screening, r)]
    included = [r for r in records if states[r.id] == "included"]
    assessed = [r for r in records if screening.judge(r.id, _LAST)]
    sources, target_sources = _sources(searches, screening.records)
    sought, not_retrieved = _retrieval(screening, _gone_on(records, states))
    return Flow(
        title=title,
        sources=sources,
        identified=_add(s.results for s in sources),
        duplicates=_duplicates(sources, records),
        recorded=len(records),
        not_screened=len(records) - len(decided),
        screened=Number(len(decided) or None),
        excluded=_excluded(screening, records, states, _FIRST) if decided else None,
        sought=sought,
        not_retrieved=not_retrieved,
        assessed=Number(len(_reports(assessed, got=True)) if assessed else None),
        assessed_records=len(assessed),
        excluded_full=_excluded(screening, records, states, _LAST) if assessed else None,
        waiting=_count(s[8:] for s in states.values() if s.startswith("waiting ")),
        included=_count(r.role for r in included),
        included_unscreened=sum(r not in decided for r in included),
        included_studies=Number(len(included) if records else None),
        included_reports=Number(len(_reports(included)) if records else None),
        target_sources=target_sources,
        target=_count(r.role for r in target),
        target_screened=sum(_is_decided(screening, r) for r in target),
    )


def find_state(screening: Screening, record: Record) -> str:
    """Return the one state of a record: what the synthesis does with it, else what was decided.

    "included", "not screened", "excluded" with the stage, or "waiting" with the verdict of the
    last stage. The role comes first, because bearings count by it.
    """
    if record.role in _INCLUDED:
        return "included"
    judged = [(s, v) for s in STAGES if (v := screening.judge(record.id, s))]
    stage, verdict = judged[-1] if judged else (_FIRST, "")
    if record.role == "screened out" or verdict == "does not meet":
        return f"excluded {stage}"
    return f"waiting {verdict}" if verdict else "not screened"


def _is_decided(screening: Screening, record: Record) -> bool:
    judged = any(screening.judge(record.id, stage) for stage in STAGES)
    return judged or record.role == "screened out"


def _gone_on(records: Iterable[Record], states: Mapping[str, str]) -> list[Record]:
    """Return the records whose reports were to be read: neither unscreened nor excluded first."""
    return [r for r in records if states[r.id] not in ("not screened", f"excluded {_FIRST}")]


def _count(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items()))


def _reports(records: Iterable[Record], *, got: bool = False) -> set[str]:
    """Return the ids of the reports of records; only those that could be got, if asked."""
    return {p.id for r in records for p in r.reports if not got or p.retrieval != "not retrieved"}


def _excluded(
    screening: Screening, records: Iterable[Record], states: Mapping[str, str], stage: str
) -> Excluded:
    found = [r for r in records if states[r.id] == f"excluded {stage}"]
    failed = Counter(c.label for r in found for c in screening.failed(r.id, stage))
    order = dict.fromkeys(c.label for c in screening.criteria)
    return Excluded(
        records=len(found),
        reports=len(_reports(found)),
        reasons=tuple((label, failed[label]) for label in order if label in failed),
        no_reason=sum(not screening.failed(r.id, stage) for r in found),
        for_target=sum(r.role == _TARGET for r in found),
    )


def _sources(
    searches: Iterable[Row], records: Iterable[Record]
) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """Return the searches for studies, and those in target contexts."""
    linked = Counter(s for r in records for s in r.found_by)
    found: tuple[list[Source], list[Source]] = ([], [])
    for row in searches:
        source = Source(
            row["search"],
            row["source"],
            row["kind"].removeprefix("source-kind-").replace("other", "other method"),
            _number(row["results"]),
            _number(row["duplicates"]),
            linked[row["search"]],
        )
        found[row["purpose"] == "search-purpose-target-context"].append(source)
    return tuple(found[0]), tuple(found[1])


def _number(text: str) -> Number:
    return Number(int(text) if text else None)


def _add(numbers: Iterable[Number]) -> Number:
    """Return the sum of the known ones, which is at least so much if one is not known."""
    listed = list(numbers)
    known = [n.value for n in listed if n.value is not None]
    return Number(sum(known) if known else None, bool(known) and len(known) < len(listed))


def _duplicates(sources: tuple[Source, ...], records: Iterable[Record]) -> Number:
    """Return what the searches say; else, if every result is a row, how often rows were found."""
    said = _add(s.duplicates for s in sources)
    if said.value is not None or not sources:
        return said
    if any(s.results.value != s.linked for s in sources):
        return said
    names = {s.id for s in sources}
    rows = sum(bool(names & set(r.found_by)) for r in records)
    return Number(sum(s.linked for s in sources) - rows)


def _retrieval(screening: Screening, records: Iterable[Record]) -> tuple[Number, Number]:
    """Return how many reports were sought, and how many of these could not be got."""
    told: dict[str, bool | None] = {}
    for record in records:
        read = bool(screening.judge(record.id, _LAST))
        for report in record.reports:
            told[report.id] = told.get(report.id) or _is_got(report, read=read)
    sought = [got for got in told.values() if got is not None]
    open_ones = len(sought) < len(told)
    if not sought:
        return Number(None), Number(None)
    return Number(len(sought), open_ones), Number(sought.count(False), open_ones)


def _is_got(report: Report, *, read: bool) -> bool | None:
    """Return whether a report could be got; None if no table says so."""
    if report.retrieval == "not retrieved":
        return False
    return True if report.retrieval or report.read == "full text" or read else None
