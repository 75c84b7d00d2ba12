"""Screening and the flow of records of a built workspace, as tables, text and figures."""

from __future__ import annotations

import json

from kg.appraisal.flow import Flow
from kg.appraisal.proposal import find_proposals, list_proposals
from kg.appraisal.screening import STAGES, list_decisions, read_screening
from kg.appraisal.tally import read_flow
from kg.errors import UnknownName
from kg.query import Rows
from kg.reports.flow import render_flow_text
from kg.terms import show_id
from kg.workspace.build import Built

__all__ = ["STAGES", "find_flow", "find_proposed", "find_screening", "find_unshown", "render_flow"]


def find_flow(built: Built) -> Flow:
    """Return the flow of records, in the numbers of PRISMA 2020."""
    return read_flow(built.store, built.review.title)


def render_flow(flow: Flow, form: str) -> str | bytes:
    """Return the flow as text, as JSON (null: not known), or as a figure (svg, png)."""
    if form == "json":
        return json.dumps(flow.as_dict(), ensure_ascii=False, indent=1)
    if form == "text":
        return render_flow_text(flow)
    from kg.reports.flowchart import render_flow_png, render_flow_svg

    return render_flow_svg(flow) if form == "svg" else render_flow_png(flow)


def find_unshown(flow: Flow) -> str:
    """Return the characters of the flow that the font of the PNG lacks, each once."""
    from kg.reports.font import find_missing

    return find_missing(render_flow_text(flow))


def find_screening(built: Built, stage: str = "", by: str = "") -> Rows:
    """Return one row per (record, stage): a verdict per criterion, and the verdict on the record.

    Args:
        built: The built workspace.
        stage: Only this stage; "" for all.
        by: Only the decisions of this person; "" for those of all.

    Raises:
        UnknownName: There is no such person, or nothing that this person decided.
    """
    screening = read_screening(built.store)
    if by:
        known = {d.by for d in screening.decisions}
        if by not in known:
            raise UnknownName("person with eligibility decisions", by, known)
        screening = screening.by(by)
    return list_decisions(screening, stage)


def find_proposed(built: Built, stage: str = "") -> Rows:
    """Return a row of the table eligibility, unsigned, for each verdict that a rule proposes.

    Args:
        built: The built workspace.
        stage: Stage to propose for; "" for the first.
    """
    taken = {show_id(iri) for iri in built.rows}
    return list_proposals(find_proposals(read_screening(built.store), taken, stage or STAGES[0]))
