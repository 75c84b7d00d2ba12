"""A small workspace for what the shipped case does not have, and the answers to all questions.

Two settings of one kind, two theories, two conditions, verdicts that differ or are missing,
elements and links on which nothing bears, neighbours of the concept that must not be taken for
it. The answers are worked by hand from the rows here and from queries/questions/README.md.
"""

from tests.workspaces import Workspace, minimal

__all__ = ["ANSWERS", "LEFT_OUT_ANSWERS", "left_out", "small"]

CASE_BASE = (
    "https://w3id.org/collective-efficacy/id/"  # the questions name rows of the shipped case
)
CE = "collective-efficacy"

# The shipped kinds of settings are siblings; here a household is a kind of personal community.
EXTRA = """\
@prefix qes: <https://w3id.org/qes-kg/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

qes:Household rdfs:subClassOf qes:PersonalCommunity .
"""

Rows = tuple[tuple[str, ...], ...]


def small() -> Workspace:
    """Return the workspace; it has no fault."""
    workspace = minimal()
    workspace.base = CASE_BASE
    workspace.more["extra.ttl"] = EXTRA
    for table in ("studies", "findings", "bearings", "concepts", "preconditions", "targets"):
        workspace.tables[table].clear()
    workspace.add("people", "second-coder", name="second coder")
    for row, kind in (("pc", "personal community"), ("pc-2", "personal community"),
                      ("home", "household"), ("nb", "neighbourhood"), ("nb-2", "neighbourhood"),
                      ("pair", "couple"), ("unknown-kind", "not reported")):  # fmt: skip
        workspace.add("settings", row, label=row, kind=kind)
    for row, label, broader in (("long-term-condition", "long-term condition", ""),
                                ("lupus", "lupus", "long-term-condition"),
                                ("asthma", "asthma", "long-term-condition"),
                                ("cold", "common cold", "")):  # fmt: skip
        workspace.add("conditions", row, label=row if row in ("lupus", "asthma") else label,
                      broader=broader)  # fmt: skip
    for row, cells in (
        ("p-ltc", {"has_condition": "long-term-condition"}),
        ("p-two", {"has_condition": ["lupus", "asthma"]}),
        ("p-cold", {"has_condition": "cold"}),
        ("p-some", {"some_have": "lupus", "about_condition": "asthma"}),
    ):
        workspace.add("populations", row, label=f"people {row}", **cells)
    _add_settings(workspace)
    _add_personal_communities(workspace)
    _add_outcomes(workspace)
    _add_senses(workspace)
    _add_statements(workspace)
    _add_eligibility(workspace)
    _add_elements(workspace)
    _add_constructs(workspace)
    _add_ties(workspace)
    _add_path(workspace)
    _add_claims(workspace)
    _add_search_records(workspace)
    return workspace


def left_out() -> Workspace:
    """Return the same workspace with a translation that has a fault and stays out."""
    workspace = small()
    workspace.edit("translations", "t-only", kind="reciprocla")
    return workspace


ANSWERS: dict[str, Rows] = {}
LEFT_OUT_ANSWERS: dict[str, Rows] = {}


def _bearing(workspace: Workspace, row: str, towards: str, study: str, settings: str = "",
             polarity: str = "supports", **cells: str) -> None:  # fmt: skip
    """Add a bearing with a finding of its own, ``<row>-finding``."""
    finding = workspace.finding(f"{row}-finding", study=study, settings=settings)
    workspace.add("bearings", row, finding=finding, towards=towards, polarity=polarity, **cells)


def _add_settings(workspace: Workspace) -> None:
    """Add studies that name collective efficacy, or do not, with findings near it."""
    workspace.study("two-of-a-kind", names=CE, settings=["nb", "nb-2", "pair"])
    workspace.study("one-of-a-kind", names=[CE, "trust"], settings=["nb", "unknown-kind"])
    workspace.study("not-named", names="trust", settings="nb")
    workspace.add("preconditions", "p-bearing", label="a state")
    sense = {"sense": "sense-not-stated"}
    _bearing(workspace, "near-1", "trust", "two-of-a-kind", "nb")
    _bearing(workspace, "near-2", "trust", "one-of-a-kind", "nb")
    _bearing(workspace, "near-3", "social-capital", "one-of-a-kind", "nb")
    _bearing(workspace, "near-4", CE, "two-of-a-kind", "nb", **sense)
    _bearing(workspace, "near-5", "p-bearing", "two-of-a-kind", "nb")
    _bearing(workspace, "near-6", "stigma", "not-named", "nb")
    _bearing(workspace, "near-7", "stigma", "one-of-a-kind", "unknown-kind")
    # A construct is not tied to a setting: it counts under every kind that its study has.
    workspace.add("constructs", "of-two", study="two-of-a-kind", concept=[CE, "social-identity"])
    workspace.add("constructs", "of-not-named", study="not-named", concept="place-attachment")


ANSWERS["settings-studied"] = (
    ("couple", "1", "social identity"),
    ("household", "1", ""),
    ("neighbourhood", "2", "social capital; social identity; trust"),
)


def _add_personal_communities(workspace: Workspace) -> None:
    for row, settings, populations in (
        ("counts-twice", ["pc", "pc-2"], ["p-ltc", "p-two"]),
        ("counts-below", "home", "p-ltc"),
        ("elsewhere", "nb", "p-ltc"),
        ("other-condition", "pc", "p-cold"),
        ("some-only", "pc", "p-some"),
        ("nobody-known", "pc", ""),
    ):
        workspace.study(row, settings=settings, populations=populations)
    workspace.edit("studies", "counts-below", names=CE)
    workspace.edit("studies", "counts-twice", role="awaiting decision")


ANSWERS["personal-communities"] = (
    (
        "definition",
        "A setting that describes one person's whole set of valued ties.",
        "",
        "",
        "",
        "",
    ),
    ("record", "", "counts-below", "people p-ltc", "long-term condition", "demonstration corpus"),
    ("record", "", "counts-twice", "people p-ltc", "long-term condition", "awaiting decision"),
    ("record", "", "counts-twice", "people p-two", "asthma", "awaiting decision"),
    ("record", "", "counts-twice", "people p-two", "lupus", "awaiting decision"),
)


def _add_outcomes(workspace: Workspace) -> None:
    workspace.add("outcomes", "mood", label="Mood")
    workspace.add("outcomes", "joining", label="Joining in", level="collective process")
    workspace.add("outcomes", "not-looked-at", label="Nobody looks at this")
    workspace.study("looks-at-two", outcomes=["mood", "joining"], intervention="A course.")
    workspace.study("looks-at-one", outcomes="mood", role="screened out",
                    intervention="not applicable")  # fmt: skip


ANSWERS["outcomes-individual-or-collective"] = (
    ("looks-at-one", "", "Mood", "individual outcome"),
    ("looks-at-two", "A course.", "Joining in", "collective process"),
    ("looks-at-two", "A course.", "Mood", "individual outcome"),
)


def _add_senses(workspace: Workspace) -> None:
    workspace.add("concepts", "other", label="another concept")
    workspace.add("senses", "other-sense", concept="other", label="a sense of its own")
    workspace.add("uses", "u-other", in_="not-named", concept="other", sense="other-sense")
    workspace.add("theories", "theory-a", label="Theory A")
    workspace.add("theories", "theory-b", label="Theory B")
    for row, user, sense, theory in (
        ("u-1", "two-of-a-kind", "sense-group-belief", ["theory-b", "theory-a"]),
        ("u-2", "two-of-a-kind", "sense-cohesion-and-willingness", []),
        ("u-3", "source-review", "sense-not-stated", ["theory-a"]),
    ):
        workspace.add("uses", row, in_=user, concept=CE, sense=sense, theory=theory,
                      reason=f"Because of {row}.")  # fmt: skip


ANSWERS["senses-and-theories"] = (
    ("source-review", "sense not stated", "Theory A", "Because of u-3."),
    ("two-of-a-kind", "cohesion and willingness", "", "Because of u-2."),
    ("two-of-a-kind", "group belief", "Theory A", "Because of u-1."),
    ("two-of-a-kind", "group belief", "Theory B", "Because of u-1."),
)


def _add_statements(workspace: Workspace) -> None:
    sense = {"about": CE, "sense": "sense-not-stated"}
    for row, quotation, cells in (
        ("s-page", "Networks may give support.", {"locator": "p. 3", "modality": "hedged"}),
        ("s-management", "Condition management improves.", {"role": "background"}),
        ("s-networks", "Networks matter.", {}),
        ("s-support", "Support matters.", {}),
    ):
        workspace.statement(row, quotation=quotation, **sense, **cells)


ANSWERS["social-network-support"] = (
    ("s-management", "background", "Condition management improves.", "source-review-report",
     "page not recorded", "asserted"),
    ("s-page", "finding", "Networks may give support.", "source-review-report", "p. 3", "hedged"),
)  # fmt: skip


def _add_eligibility(workspace: Workspace) -> None:
    criteria = {"dates": "published-1998-2018", "focus": "examines-collective-efficacy",
                "health": "health-and-well-being", "design": "qualitative-or-mixed"}  # fmt: skip
    workspace.add("reviews", "other-review", title="Another review")
    for row in criteria.values():
        workspace.add("criteria", row, label=row)
    workspace.add("criteria", "another", label="another", review="other-review")
    for study, verdicts in (
        ("meets-all", {"dates": "met", "focus": "met", "health": "met", "design": "met"}),
        ("misses-one", {"dates": "not met"}),
        ("half-asked", {"dates": "met", "focus": "met"}),
        ("read-by-two", {"dates": "met", "focus": "met", "health": "met", "design": "not met"}),
        ("read-twice", {"dates": "met", "focus": "unclear", "health": "met", "design": "met"}),
    ):
        workspace.study(study)
        for column, verdict in verdicts.items():
            workspace.add("eligibility", f"{study}-{column}", study=study, decision=verdict,
                          criterion=criteria[column], reason="So it is.")  # fmt: skip
    workspace.add("eligibility", "by-two", study="read-by-two", criterion="qualitative-or-mixed",
                  by="second-coder")  # fmt: skip
    workspace.add("eligibility", "agreed-by-two", study="meets-all", by="second-coder",
                  criterion="qualitative-or-mixed")  # fmt: skip
    workspace.add("eligibility", "twice", study="read-twice", stage="full text",
                  criterion="examines-collective-efficacy")  # fmt: skip
    workspace.add("eligibility", "meets-another", study="meets-all", criterion="another",
                  decision="not met", reason="Not for that review.")  # fmt: skip


ANSWERS["eligibility"] = (
    ("half-asked", "met", "met", "", "", "unclear"),
    ("meets-all", "met", "met", "met", "met", "meets"),
    ("misses-one", "not met", "", "", "", "does not meet"),
    ("read-by-two", "met", "met", "met", "met; not met", "unclear"),
    ("read-twice", "met", "met; unclear", "met", "met", "unclear"),
)


def _add_elements(workspace: Workspace) -> None:
    workspace.add("elements", "e-other", label="of another concept", concept="other",
                  statement="s-page")  # fmt: skip
    workspace.add("elements", "e-alone", label="alone", concept=CE, statement="s-page")
    workspace.add("elements", "e-silent", label="silent", concept=CE, statement="s-page")
    workspace.add("elements", "e-spoken", label="spoken of", concept=CE, statement="s-networks")
    workspace.add("preconditions", "p-other", label="state of another", element="e-other")
    workspace.add("preconditions", "p-silent", label="silent state", element="e-silent")
    workspace.add("preconditions", "p-spoken", label="spoken state", element="e-spoken")
    workspace.study("waiting", role="awaiting decision")
    _bearing(workspace, "on-other", "p-other", "waiting", "nb")
    _bearing(workspace, "spoken-1", "p-spoken", "waiting", "nb")
    _bearing(workspace, "spoken-2", "p-spoken", "two-of-a-kind", "nb", "refutes",
             kind="measured association")  # fmt: skip
    # Towards the element itself, not its precondition: not what was asked.
    _bearing(workspace, "on-element", "e-silent", "waiting", "nb")


ANSWERS["central-elements"] = (
    ("alone", "s-page", "Networks may give support.", "", "", "", "", "", ""),
    ("silent", "s-page", "Networks may give support.", "silent state", "", "", "", "", ""),
    ("spoken of", "s-networks", "Networks matter.", "spoken state", "spoken-2-finding",
     "two-of-a-kind", "refutes", "measured association", "demonstration corpus"),
    ("spoken of", "s-networks", "Networks matter.", "spoken state", "spoken-1-finding", "waiting",
     "supports", "interpretive qualitative", "awaiting decision"),
)  # fmt: skip


def _add_constructs(workspace: Workspace) -> None:
    ours = {"order": "third-order construct", "whose": "this synthesis", "study": "",
            "review": "synthesis"}  # fmt: skip
    theirs = {**ours, "whose": "source reviewers", "review": "source-review"}
    workspace.add("constructs", "top", wording="Ours", **ours)
    workspace.add("constructs", "top-2", wording="Ours, too", **ours)
    workspace.add("constructs", "top-of-review", wording="Theirs", statement="s-page", **theirs)
    quoted = {"quotation": "we did", "quoted_from": "two-of-a-kind-report",
              "check": "copied, not verifiable here", "locator": "p. 1",
              "paraphrase_only": ""}  # fmt: skip
    workspace.finding("f-quoted", study="two-of-a-kind", **quoted)
    workspace.add("quotations", "f-quoted-q2", of="f-quoted", exact="we did it again",
                  report="two-of-a-kind-report")  # fmt: skip
    workspace.finding("f-told", study="one-of-a-kind", statement="They did.")
    for row, study, findings in (
        ("c-quoted", "two-of-a-kind", ["f-quoted"]),
        ("c-told", "one-of-a-kind", ["f-told"]),
        ("c-bare", "not-named", []),
        ("c-apart", "not-named", []),
    ):
        workspace.add("constructs", row, wording=row, study=study, findings=findings)
    # A statement of the review beside a second-order construct does not make it third-order.
    workspace.edit("constructs", "c-apart", statement="s-page")
    for row, constructs, into, cells in (
        ("t-argued", ["c-quoted", "c-bare"], "top", {"argument": "They say the same."}),
        ("t-bare", ["c-quoted", "c-told"], "top", {}),
        ("t-only", ["c-told", "c-bare"], "top-2", {}),
        ("t-apart", ["c-quoted", "c-apart"], "", {"kind": "refutational translation"}),
    ):
        workspace.add("translations", row, constructs=constructs, into=into, **cells)


_OURS = (
    ("Ours", "this synthesis", "translation", "t-argued", "top", "They say the same."),
    ("Ours", "this synthesis", "translation", "t-bare", "top", ""),
    ("Ours", "this synthesis", "second-order construct", "c-bare", "t-argued", "c-bare"),
    ("Ours", "this synthesis", "second-order construct", "c-quoted", "t-argued", "c-quoted"),
    ("Ours", "this synthesis", "second-order construct", "c-quoted", "t-bare", "c-quoted"),
    ("Ours", "this synthesis", "second-order construct", "c-told", "t-bare", "c-told"),
    ("Ours", "this synthesis", "finding", "f-quoted", "c-quoted", "we did"),
    ("Ours", "this synthesis", "finding", "f-told", "c-told", "paraphrase only: They did."),
)
_THEIRS = (
    ("Theirs", "source reviewers", "statement", "s-page", "top-of-review",
     "Networks may give support."),
)  # fmt: skip
ANSWERS["third-order-constructs"] = (
    *_OURS,
    ("Ours, too", "this synthesis", "translation", "t-only", "top-2", ""),
    ("Ours, too", "this synthesis", "second-order construct", "c-bare", "t-only", "c-bare"),
    ("Ours, too", "this synthesis", "second-order construct", "c-told", "t-only", "c-told"),
    ("Ours, too", "this synthesis", "finding", "f-told", "c-told", "paraphrase only: They did."),
    *_THEIRS,
)
# A construct whose chain was left out is shown without one, and not passed over.
LEFT_OUT_ANSWERS["third-order-constructs"] = (
    *_OURS,
    ("Ours, too", "this synthesis", "", "", "", ""),
    *_THEIRS,
)


def _add_ties(workspace: Workspace) -> None:
    about = {"review": "source-review", "about": CE, "sense": "sense-not-stated"}
    workspace.add("review-findings", "vassilev2019-rf-loose-ties", **about,
                  statements=["s-networks"])  # fmt: skip
    workspace.add("review-findings", "rf-other", **about, statements=["s-support"])
    for row in ("vassilev2019-rf-loose-ties", "rf-other"):
        workspace.add("confidence", f"{row}-c", review_finding=row)
    workspace.add("bearings", "ties-quoted", finding="f-quoted", polarity="refutes",
                  towards="vassilev2019-rf-loose-ties")  # fmt: skip
    workspace.add("bearings", "ties-told", finding="f-told", polarity="no effect seen",
                  towards="vassilev2019-rf-loose-ties", kind="theoretical")  # fmt: skip
    workspace.add("bearings", "ties-other", finding="f-told", towards="rf-other")


ANSWERS["non-intense-ties"] = (
    ("s-networks", "review statement", "", "", "Networks matter."),
    ("f-told", "theoretical", "no effect seen", "one-of-a-kind", "paraphrase only: They did."),
    ("f-quoted", "interpretive qualitative", "refutes", "two-of-a-kind", "we did"),
)


def _add_path(workspace: Workspace) -> None:
    for number in (1, 2, 3):
        workspace.add("mechanisms", f"m-{number}", label=f"mechanism {number}", concept="")
        workspace.add("outcomes", f"o-{number}", label=f"outcome {number}")
    for row, number, cells in (
        ("before", 1, {"leads_to": "connections-to-practice", "statements": "s-page"}),
        ("connections-to-practice", 1, {"leads_to": "z-middle", "statements": "s-page",
                                        "modality": "hedged", "cue": "may"}),
        ("z-middle", 2, {"leads_to": "a-last", "statements": ["s-support", "s-networks"]}),
        ("a-last", 3, {}),
        ("apart", 3, {"statements": "s-page"}),
    ):  # fmt: skip
        workspace.add("configurations", row, label=row, mechanism=f"m-{number}",
                      outcome=f"o-{number}", **cells)  # fmt: skip
    for number, polarity in enumerate(
        ("supports", "supports", "mixed", "refutes", "reported absent", "reported absent",
         "no effect seen")
    ):  # fmt: skip
        _bearing(workspace, f"on-middle-{number}", "z-middle", "two-of-a-kind", "nb", polarity)
    _bearing(workspace, "on-last", "a-last", "waiting", "nb", "no effect seen")


ANSWERS["management-path"] = (
    ("1", "mechanism 1", "outcome 1", "hedged", "may", "s-page", "Networks may give support.",
     "0", "0"),
    ("2", "mechanism 2", "outcome 2", "asserted", "", "s-networks", "Networks matter.", "3", "4"),
    ("2", "mechanism 2", "outcome 2", "asserted", "", "s-support", "Support matters.", "3", "4"),
    ("3", "mechanism 3", "outcome 3", "asserted", "", "", "", "0", "0"),
)  # fmt: skip


def _add_claims(workspace: Workspace) -> None:
    asked = ["whole", "parts", "proposed", "refuted"]
    for row in asked:
        workspace.add("concepts", row, label=row)
    workspace.add("targets", "t", setting="pc", population="p-ltc", asks_about=asked)
    workspace.add("populations", "p-lupus", has_condition="lupus")
    workspace.study("of-all", populations="p-ltc")
    workspace.study("of-lupus", populations="p-lupus")
    workspace.study("of-several", populations="p-two")
    _bearing(workspace, "for-whole", "whole", "of-all", "pc")
    _bearing(workspace, "for-part", "parts", "of-lupus", "pc")
    _bearing(workspace, "for-parts", "parts", "of-several", "pc")
    _bearing(workspace, "elsewhere-1", "proposed", "of-all", "nb")
    _bearing(workspace, "elsewhere-2", "refuted", "of-all", "nb", "refutes")


ANSWERS["carried-claims"] = (
    ("parts--t", "observed in target", "hedged", "part of the target: asthma; lupus"),
    ("proposed--t", "proposed", "hedged", ""),
    ("refuted--t", "no basis", "", ""),
    ("whole--t", "observed in target", "asserted", "whole"),
)


def _add_search_records(workspace: Workspace) -> None:
    """Add searches, relations, a stance, notes and appraisals; last, because they name the rest."""
    workspace.add("searches", "s-known", source="a database", string="a AND b", results=12,
                  date="2026-01-02T00:00:00Z", for_=["trust", CE], target="t")  # fmt: skip
    workspace.add("searches", "s-unknown", purpose="disconfirming cases", string="not applicable",
                  date="not reported in the source seen")  # fmt: skip
    workspace.add("study-relations", "r-1", studies=["two-of-a-kind", "one-of-a-kind"])
    workspace.add("study-relations", "r-2", studies=["waiting", "not-named"], relation="opposing",
                  interpreter="second-coder", reason="One denies it.")  # fmt: skip
    workspace.add("stances", "stance-1", background="A trade.", relation="Wrote it.")
    workspace.add("stances", "stance-2", interests="A cause.")
    workspace.add("people", "third-coder", name="third coder")
    workspace.add("memos", "memo-2", about="two-of-a-kind", date="2026-01-02T00:00:00Z")
    workspace.add("memos", "memo-1", about="s-known", by="second-coder", text="Again.")
    workspace.study("of-review", role="included by the source review")
    workspace.add("appraisals", "ap-1", study="two-of-a-kind", item="2")
    workspace.add("appraisals", "ap-2", study="two-of-a-kind", by="second-coder", judgement="no")
    workspace.add("appraisals", "ap-3", study="waiting")


ANSWERS["searches"] = (
    ("s-known", "studies", "a database", "a AND b", "2026-01-02T00:00:00Z", "12",
     "collective efficacy; trust", "t"),
    ("s-unknown", "disconfirming cases", "not reported", "not applicable",
     "not reported in the source seen", "not reported", "", ""),
)  # fmt: skip
ANSWERS["study-relations"] = (
    ("r-1", "comparable", "one-of-a-kind; two-of-a-kind", "Both look at the same.", "coder"),
    ("r-2", "opposing", "not-named; waiting", "One denies it.", "second coder"),
)
ANSWERS["stances"] = (
    ("coder", "stance-1", "A trade.", "", "Wrote it."),
    ("coder", "stance-2", "", "A cause.", ""),
    ("second coder", "", "", "", ""),
    ("third coder", "", "", "", ""),
)
ANSWERS["memos"] = (
    ("memo-1", "s-known", "", "second coder", "Again."),
    ("memo-2", "two-of-a-kind", "2026-01-02T00:00:00Z", "coder", "A note."),
)
_NOT_APPRAISED = (
    "counts-below", "elsewhere", "half-asked", "looks-at-two", "meets-all", "misses-one",
    "nobody-known", "not-named", "of-all", "of-lupus", "of-review", "of-several", "one-of-a-kind",
    "other-condition", "read-by-two", "read-twice", "some-only",
)  # fmt: skip
ANSWERS["appraisals"] = (
    *((study, "", "", "", "") for study in _NOT_APPRAISED),
    ("two-of-a-kind", "CASP", "1", "no", "second coder"),
    ("two-of-a-kind", "CASP", "2", "yes", "coder"),
    ("waiting", "CASP", "1", "yes", "coder"),
)
