"""A faulty study before it is broken: a small sound chain through all parts of a synthesis.

Its study awaits decision, so that nothing of it counts, and what it bears on is a concept and a
precondition that are there to come into doubt.
"""

from __future__ import annotations

from bench.plan import Plan
from bench.study import CODER

__all__ = ["Cells", "Row", "build_victim"]

Cells = dict[str, str]
Row = tuple[str, str, Cells]
"""Table, id, cells."""

_REASON = "Synthetic: written to be faulty."
_DATE = "2026-03-01T00:00:00"
_BY = {"by": CODER}
_READ = {"interpreter": CODER, "reason": _REASON}


def build_victim(plan: Plan, v: str) -> dict[str, Row]:
    """Return a sound chain of rows by name; its study awaits decision, so that nothing counts."""
    concept = plan.spare
    sense = next(s.sense for s in plan.strands if s.topic == concept)
    return {
        **_build_study(v),
        **_build_evidence(v, concept, sense, plan.preconditions[-1]),
        **_build_synthesis(v, concept, sense, plan.targets[0].id),
        **_build_network(v),
    }


def _build_study(v: str) -> dict[str, Row]:
    report = {"title": f"Synthetic report {v}", "kind": "journal article",
              "author list": "not seen", "authors": "not reported", "year": "2001",
              "read": "abstract only"}  # fmt: skip
    study = {"label": f"Synthetic study {v}", "reports": f"{v}-report",
             "role": "awaiting decision", "found for": "source settings",
             "design": "qualitative", "method": "not reported", "sample": "not reported",
             "country": "Nowhere", "funding": "nobody",
             "settings": f"{v}-setting", "populations": f"{v}-population"}  # fmt: skip
    other = {"label": f"Synthetic study {v}-o", "reports": f"{v}-other-report"}
    label = {"label": f"synthetic {v}"}
    return {
        "person": ("people", f"{v}-person", {"name": f"{v}-person, who does not exist"}),
        "condition": ("conditions", f"{v}-condition", label),
        "narrower": ("conditions", f"{v}-narrower", {**label, "broader": f"{v}-condition"}),
        "setting": ("settings", f"{v}-setting", {**label, "kind": "organisation"}),
        "population": ("populations", f"{v}-population", {
            **label, "has condition": f"{v}-narrower"}),
        "report": ("reports", f"{v}-report", report),
        "other-report": ("reports", f"{v}-other-report", report),
        "study": ("studies", v, study),
        "other": ("studies", f"{v}-other", {**study, **other}),
        "page": ("pages", f"{v}-page", {"report": f"{v}-report",
                                        "address": "https://example.org/synthetic"}),
        "memo": ("memos", f"{v}-memo", {"about": v, "date": _DATE, "text": "A note.", **_BY}),
        "appraisal": ("appraisals", f"{v}-appraisal", {
            "study": v, "tool": "CASP", "item": "Is the aim clear?", "judgement": "no", **_BY}),
        "eligibility": ("eligibility", f"{v}-eligibility", {
            "study": v, "criterion": "criterion-1", "stage": "title and abstract",
            "decision": "met", **_BY}),
    }  # fmt: skip


def _build_evidence(v: str, concept: str, sense: str, need: str) -> dict[str, Row]:
    bearing = {"finding": f"{v}-f1", "polarity": "supports", "kind": "interpretive qualitative",
               **_READ}  # fmt: skip
    quoted = {"locator": "page not recorded", "check": "copied, not verifiable here"}
    return {
        "finding": ("findings", f"{v}-f1", {
            "study": v, "statement": "A synthetic finding.", "wording": "authors' words",
            "settings": f"{v}-setting", "modality": "asserted",
            "quotation": "Synthetic words, perhaps.", "quoted from": f"{v}-report", **quoted}),
        "quotation": ("quotations", f"{v}-q1", {
            "of": f"{v}-f1", "exact": "Synthetic words, too.", "report": f"{v}-report", **quoted}),
        "bearing": ("bearings", f"{v}-b1", {**bearing, "towards": concept, "sense": sense}),
        "need": ("bearings", f"{v}-b2", {**bearing, "towards": need}),
        "again": ("bearings", f"{v}-b3", {**bearing, "towards": need}),
        "judged": ("bearings", f"{v}-b4", {**bearing, "towards": need}),
    }  # fmt: skip


def _build_synthesis(v: str, concept: str, sense: str, target: str) -> dict[str, Row]:
    about = {"concept": concept, "sense": sense}
    construct = {"wording": f"synthetic construct of {v}", "order": "second-order construct",
                 "whose": "study authors", **about, "interpreter": CODER}  # fmt: skip
    return {
        "construct": ("constructs", f"{v}-c1", {
            **construct, "study": v, "findings": f"{v}-f1"}),
        "twin": ("constructs", f"{v}-c2", {**construct, "study": f"{v}-other"}),
        "translation": ("translations", f"{v}-t1", {
            "kind": "reciprocal translation", "constructs": f"{v}-c1;{v}-c2",
            "interpreter": CODER}),
        "relation": ("study-relations", f"{v}-relation", {
            "studies": f"{v};{v}-other", "relation": "comparable", **_READ}),
        "use": ("uses", f"{v}-use", {"in": v, **about, **_READ}),
        "review-finding": ("review-findings", f"{v}-rf", {
            "review": "synthesis", "statement": "A synthetic review finding.", "about": concept,
            "sense": sense, "interpreter": CODER}),
        "confidence": ("confidence", f"{v}-confidence", {
            "review finding": f"{v}-rf", "not assessed": _REASON, **_BY}),
        "decision": ("decisions", f"{v}-decision", {
            "kind": "directness", "what": concept, "target": target, "directness": "low directness",
            "reason": _REASON, "signed by": CODER, "date": _DATE}),
    }  # fmt: skip


def _build_network(v: str) -> dict[str, Row]:
    ego = {"label": f"{v}, who is made up", "origin": "synthetic"}
    label = {"label": "synthetic member", "relationship": "friend", "circle": "circle 1",
             "contact": "weekly"}  # fmt: skip
    return {
        "ego": ("egos", f"{v}-ego", ego),
        "other-ego": ("egos", f"{v}-other-ego", ego),
        "alter": ("alters", f"{v}-alter-1", {"ego": f"{v}-ego", **label}),
        "friend": ("alters", f"{v}-alter-2", {"ego": f"{v}-ego", **label}),
        "stranger": ("alters", f"{v}-alter-3", {**label, "ego": f"{v}-other-ego"}),
        "tie": ("ties", f"{v}-tie", {
            "from": f"{v}-alter-1", "to": f"{v}-alter-2", "strength": "2"}),
    }  # fmt: skip
