"""Kinds of faults: the ways in which a sound chain of rows can be broken.

A kind is data: which cells change, and which faults must be reported for it, worked out by hand
from the shapes. ``{v}`` stands for the id of the study, to which the ids of all its rows add, and
``{need}`` for the precondition that is there to come into doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.victim import Cells

__all__ = ["DAMAGES", "KINDS", "Kind"]

_REASON = "Synthetic: written to be faulty."


@dataclass(frozen=True)
class Kind:
    """One way to break a chain.

    Attributes:
        name: Short name of the fault.
        faults: (row, column, rule) of every fault that must be reported.
        edits: Row → cells that change.
        left_out: Rows that stay out because of it: those with an error.
    """

    name: str
    faults: tuple[tuple[str, str, str], ...]
    edits: dict[str, Cells] = field(default_factory=dict, hash=False)
    left_out: tuple[str, ...] | None = None

    @property
    def wrong(self) -> tuple[str, ...]:
        """Return the rows that have an error, and not only a warning."""
        return self.left_out if self.left_out is not None else tuple(r for r, _, _ in self.faults)


def _cell(name: str, row: str, column: str, value: str, rule: str) -> Kind:
    """Return the kind of fault that one cell is, reported in that cell."""
    return Kind(name, ((row, column, rule),), {row: {column: value}})


_ONE_CELL = (
    _cell("study-role", "study", "role", "include", "studies-role"),
    _cell("study-label", "study", "label", "", "studies-label"),
    _cell("study-funding", "study", "funding", "", "studies-answered"),
    _cell("study-setting", "study", "settings", "{v}-nowhere", "studies-settings"),
    _cell("study-richness", "study", "richness", "plenty", "studies-richness"),
    _cell("study-own-sample", "study", "shares sample with", "{v}", "study-not-its-own-sample"),
    _cell("report-year", "report", "year", "20O1", "reports-year"),
    _cell("report-too-early", "report", "year", "1066", "reports-year"),
    _cell("report-doi", "report", "doi", "doi:10.5555/x", "reports-doi"),
    _cell("report-kind", "report", "kind", "not reported", "reports-kind"),
    _cell("report-read", "report", "read", "", "reports-read"),
    _cell("page-address", "page", "address", "example.org", "pages-address"),
    _cell("person-orcid", "person", "orcid", "0000", "people-orcid"),
    _cell("setting-kind", "setting", "kind", "castle", "settings-kind"),
    _cell("population-condition", "population", "has condition", "{v}-none",
          "populations-has-condition"),
    _cell("condition-mondo", "narrower", "mondo", "5148", "conditions-mondo"),
    _cell("memo-about", "memo", "about", "{v}-nothing", "memos-about"),
    _cell("memo-date", "memo", "date", "last week", "memos-date"),
    _cell("appraisal-judgement", "appraisal", "judgement", "", "appraisals-judgement"),
    _cell("finding-modality", "finding", "modality", "asserts", "findings-modality"),
    _cell("finding-setting", "finding", "settings", "{v}-report", "findings-settings"),
    _cell("bearing-polarity", "bearing", "polarity", "support", "bearings-polarity"),
    _cell("bearing-presupposes", "bearing", "presupposes", "perhaps", "bearings-presupposes"),
    _cell("bearing-reason", "need", "reason", "", "bearings-reason"),
    _cell("bearing-interpreter", "need", "interpreter", "{v}-nobody", "bearings-interpreter"),
    _cell("bearing-no-sense", "bearing", "sense", "", "bearings-sense-of-concept"),
    _cell("bearing-stray-sense", "bearing", "sense", "sense-group-belief",
          "bearings-sense-of-concept"),
    _cell("quotation-place", "quotation", "locator", "", "quotations-unverified"),
    _cell("quotation-report", "quotation", "report", "{v}-other-report",
          "findings-quoted-from-own-report"),
    _cell("construct-circle", "twin", "broader", "{v}-c2", "constructs-broader-acyclic"),
    _cell("translation-within", "translation", "constructs", "{v}-c1", "translations-two-studies"),
    _cell("relation-of-one", "relation", "studies", "{v}", "relations-two-studies"),
    _cell("use-sense", "use", "sense", "", "uses-sense-of-concept"),
    _cell("confidence-silent", "confidence", "not assessed", "", "confidence-explained"),
    _cell("alter-circle", "friend", "circle", "4", "alters-circle"),
    _cell("tie-leads-out", "tie", "to", "{v}-alter-3", "ties-one-network"),
    _cell("tie-strength", "tie", "strength", "9", "ties-strength"),
    _cell("decision-date", "decision", "date", "", "decisions-date"),
)  # fmt: skip

_SEVERAL = (
    Kind(
        "study-unsigned",
        (("study", "role reason", "role-signed"), ("study", "role by", "role-signed")),
        {"study": {"role": "target-context evidence"}},
    ),
    Kind(
        "study-screened-out",
        tuple((row, "finding", "bearings-screened-out")
              for row in ("bearing", "need", "again", "judged")),
        {"study": {"role": "screened out"}},
    ),
    Kind(
        "finding-no-cue",
        (("finding", "cue", "cue-needed"),),
        {"finding": {"modality": "hedged"}},
    ),
    Kind(
        "finding-other-cue",
        (("finding", "cue", "cue-verbatim"),),
        {"finding": {"modality": "hedged", "cue": "it may well be"}},
    ),
    Kind(
        "finding-unquoted",
        (("finding", "paraphrase only", "findings-quoted"),),
        {
            "finding": dict.fromkeys(("quotation", "quoted from", "locator", "check"), ""),
            "quotation": {"of": "{v}-c1"},
        },
    ),
    Kind(
        "finding-of-nobody",
        (("finding", "study", "findings-study"),
         ("finding", "quoted from", "findings-quoted-from-own-report"),
         ("quotation", "report", "findings-quoted-from-own-report")),
        {"finding": {"study": "{v}-nobody"}},
    ),
    Kind(
        "quotation-backwards",
        (("quotation", "end", "offsets-order"), ("quotation", "exact", "quotations-in-text")),
        {"quotation": {"start": "9", "end": "3", "check": "verified in shipped text",
                       "locator": ""}},
    ),
    Kind(
        "construct-owner",
        (("construct", "study", "constructs-owner"),
         ("translation", "constructs", "translations-two-studies")),
        {"construct": {"study": ""}},
    ),
    Kind(
        "construct-sense",
        (("twin", "sense", "constructs-sense-of-concept"),
         ("translation", "argument", "translations-across-senses")),
        {"twin": {"sense": "sense-group-belief"}},
        left_out=("twin",),
    ),
    Kind(
        "condition-circle",
        (("condition", "broader", "broader-acyclic"), ("narrower", "broader", "broader-acyclic")),
        {"condition": {"broader": "{v}-narrower"}},
    ),
    Kind(
        "eligibility-unexplained",
        (("eligibility", "reason", "eligibility-reason-given"),),
        {"eligibility": {"decision": "not met"}},
    ),
    Kind(
        "adjudicates-one",
        (("judged", "adjudicates", "adjudicates-between"),),
        {"judged": {"adjudicates": "{v}-b3", "adjudication reason": _REASON}},
    ),
    Kind(
        "adjudicates-unexplained",
        (("judged", "adjudication reason", "adjudicates-reason-given"),),
        {"judged": {"adjudicates": "{v}-b2;{v}-b3"}},
    ),
    Kind(
        "confidence-incomplete",
        (("confidence", "relevance", "confidence-components"),
         ("confidence", "adequacy reason", "components-reason-given")),
        {"confidence": {
            "not assessed": "", "level": "low confidence", "explanation": _REASON,
            "methodological limitations": "no or very minor concern",
            "coherence": "minor concern", "coherence reason": _REASON,
            "adequacy": "serious concern"}},
    ),
    Kind(
        "substitution-incomplete",
        (("decision", "by precondition", "decisions-substitution"),),
        {"decision": {"kind": "substitution", "precondition": "{need}", "directness": ""}},
    ),
    Kind(  # a warning: nothing stays out
        "translation-across-senses",
        (("translation", "argument", "translations-across-senses"),),
        {"twin": {"concept": "collective-efficacy", "sense": "sense-group-belief"}},
        left_out=(),
    ),
)  # fmt: skip

KINDS = _ONE_CELL + _SEVERAL

DAMAGES = (
    Kind(
        "id-twice",
        (("memo", "id", "id-duplicate"), ("memo-again", "id", "id-duplicate")),
        {"memo-again": {}},
    ),
    Kind(
        "id-in-two-tables",
        (("page", "id", "id-duplicate"), ("memo-again", "id", "id-duplicate")),
        {"memo-again": {}},
    ),
    Kind("no-id", (("memo", "id", "row-without-id"),)),
    Kind("shipped-id", (("memo", "id", "id-shipped"),)),
    Kind("ragged", (("memo", "", "row-ragged"),)),
    _cell("bearing-towards", "need", "towards", "{v}-nothing", "bearings-towards"),
)
"""Rows of which nobody can tell what they name: every transfer is undetermined then."""
