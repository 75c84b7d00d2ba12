"""One case for each SPARQL rule and each branch of one: the cell that breaks it, and the fault."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.workspaces import Workspace

__all__ = ["CONSEQUENCES", "RULES", "Report", "RuleCase"]

Cell = tuple[str, str, str]
Edit = tuple[str, str, str, str]
Report = tuple[str, str, str, str]


@dataclass(frozen=True)
class RuleCase:
    """A few changed cells, and where the rule must say so.

    Attributes:
        rule: Name of the rule.
        edits: (table, row, column, new text), in most cases one.
        reports: (table, row, column, rule) of everything that must be reported.
    """

    rule: str
    edits: tuple[Edit, ...]
    reports: frozenset[Report]

    def __str__(self) -> str:
        table, row, column, text = self.edits[0]
        return f"{self.rule}/{table}/{row}/{column}={text}".replace(" ", "-")

    def apply(self, workspace: Workspace) -> None:
        """Change the cells of a workspace."""
        for table, row, column, text in self.edits:
            workspace.tables[table][row][column] = text


RULES: list[RuleCase] = []


def _case(rule: str, *edits: Edit, at: Iterable[Cell] = (), also: Iterable[Report] = ()) -> None:
    """Add a case; the fault stands in the cell of the first edit unless others are named."""
    cells = tuple(at) or (edits[0][:3],)
    RULES.append(RuleCase(rule, edits, frozenset([*((*cell, rule) for cell in cells), *also])))


for _column in ("relationship", "circle", "contact"):
    _case("alters-answered", ("alters", "spare-alter", _column, ""))
for _column in ("title", "authors", "year"):
    _case("reports-answered", ("reports", "spare-report", _column, ""))
for _column in ("source", "string", "date", "results"):
    _case("searches-answered", ("searches", "search", _column, ""))
_case("setting-kinds-acyclic", ("setting-kinds", "spare-kind", "under", "spare-kind"))
_case("setting-kinds-acyclic", ("setting-kinds", "school", "under", "boarding"),
      at=[("setting-kinds", "school", "under"), ("setting-kinds", "boarding", "under")],
)  # fmt: skip
_case("setting-kinds-named-once", ("setting-kinds", "spare-kind", "label", "Couple"))
_case("setting-kinds-named-once", ("setting-kinds", "spare-kind", "label", "Setting"))
_case("setting-kinds-named-once", ("setting-kinds", "spare-kind", "label", "Place of learning"),
      at=[("setting-kinds", "school", "label"), ("setting-kinds", "spare-kind", "label")],
)  # fmt: skip
_case("settings-answered", ("settings", "spare-setting", "kind", ""))
for _column in ("design", "method", "sample", "country", "funding"):
    _case("studies-answered", ("studies", "spare-study", _column, ""))

_both = "bearings-one;bearings-two"
_case("adjudicated-relied-on", ("lines-of-argument", "line", "joins", "translations-one"))
_case("adjudicated-relied-on", ("review-findings", "review-finding", "steps", "translations-one"))
_case("adjudicates-acyclic",
      ("bearings", "bearings-decided", "adjudicates", f"{_both};bearings-decided"))  # fmt: skip
_case("adjudicates-acyclic", ("bearings", "bearings-one", "adjudicates",
      "bearings-decided;bearing-plain"), ("bearings", "bearings-one", "adjudication reason", "So."),
      at=[("bearings", "bearings-one", "adjudicates"),
          ("bearings", "bearings-decided", "adjudicates")])  # fmt: skip
_case("adjudicates-between", ("bearings", "bearings-decided", "adjudicates", "bearings-one"))
_case("adjudicates-once", ("bearings", "bearing-plain", "adjudicates", _both),
      ("bearings", "bearing-plain", "adjudication reason", "So."),
      at=[("bearings", "bearing-plain", "adjudicates"),
          ("bearings", "bearings-decided", "adjudicates")])  # fmt: skip
_case("adjudicates-reason-given", ("bearings", "bearings-decided", "adjudication reason", ""))
for _table, _column, _other in (
    ("appraisals", "study", "study-b"), ("appraisals", "tool", "another"),
    ("appraisals", "item", "2"),
    ("bearings", "finding", "found-a"), ("bearings", "towards", "plain-concept"),
    ("confidence", "review finding", "review-finding-2"),
    ("decisions", "kind", "transfer factor"), ("decisions", "what", "plain-concept"),
    ("decisions", "sense", "sense"), ("decisions", "target", "spare-target"),
    ("decisions", "factor", "time"),
    ("eligibility", "study", "study-out"), ("eligibility", "criterion", "spare-criterion"),
    ("eligibility", "stage", "title and abstract"),
    ("study-relations", "studies", "study-a;study-b;study-out"),
    ("translations", "constructs", "second-a;second-b"),
    ("uses", "in", "study-b"),
):  # fmt: skip
    _case("adjudicates-same-question", (_table, f"{_table}-decided", _column, _other),
          at=[(_table, f"{_table}-decided", "adjudicates")])  # fmt: skip
_case("adjudicates-same-question", ("uses", "uses-decided", "concept", "concept"),
      ("uses", "uses-decided", "sense", "sense"),
      at=[("uses", "uses-decided", "adjudicates")])  # fmt: skip

_case("bearings-screened-out", ("bearings", "bearing-plain", "finding", "found-out"))
_case("bearings-sense-of-concept", ("bearings", "bearing", "sense", ""))
_case("bearings-sense-of-concept", ("bearings", "bearing", "sense", "other-sense"))
_case("broader-acyclic", ("conditions", "condition", "broader", "condition"))
_case("broader-acyclic", ("conditions", "condition", "broader", "narrower-condition"),
      at=[("conditions", "condition", "broader"), ("conditions", "narrower-condition", "broader")],
)  # fmt: skip
_case("components-reason-given", ("components", "component", "reason", ""))
for _part in ("methodological limitations", "adequacy", "relevance"):
    _case("components-reason-given", ("confidence", "confident", f"{_part} reason", ""))
for _part in ("methodological limitations", "coherence", "adequacy", "relevance"):
    _case("confidence-components", ("confidence", "confident", _part, ""),
          ("confidence", "confident", f"{_part} reason", ""))  # fmt: skip
_case("confidence-explained", ("confidence", "confident", "explanation", ""))
_case("confidence-explained", ("confidence", "confident", "not assessed", "Nobody asked."))
_case("confidence-explained", ("confidence", "not-confident", "not assessed", ""))
_case("constructs-broader-acyclic", ("constructs", "spare-construct", "broader", "spare-construct"))
_case("constructs-broader-acyclic", ("constructs", "second-b", "broader", "spare-construct"),
      at=[("constructs", "second-b", "broader"), ("constructs", "spare-construct", "broader")],
)  # fmt: skip
_case("constructs-owner", ("constructs", "first", "study", ""))
_case("constructs-owner", ("constructs", "spare-construct", "study", ""))
_case("constructs-owner", ("constructs", "third-of-source", "review", ""))
_case("constructs-sense-of-concept", ("constructs", "spare-construct", "sense", "other-sense"))
_case("constructs-third-order-source", ("constructs", "third-of-source", "statement", ""))
_case("constructs-third-order-source", ("constructs", "third-of-source", "review", "synthesis"))
_case("criteria-years-order", ("criteria", "spare-criterion", "to year", "1997"))
_case("criteria-years-order", ("criteria", "spare-criterion", "from year", "2019"),
      at=[("criteria", "spare-criterion", "to year")])  # fmt: skip
_case("cue-needed", ("findings", "found-a", "cue", ""))
_case("cue-needed", ("statements", "said", "cue", ""))
_case("cue-needed", ("configurations", "configuration", "cue", ""))
_case("cue-verbatim", ("findings", "found-a", "cue", "perhaps"))
_case("cue-verbatim", ("findings", "found-b", "cue", "perhaps"))
_case("cue-verbatim", ("statements", "said", "cue", "perhaps"))
_case("cue-verbatim", ("configurations", "configuration", "cue", "lead"))
_case("decisions-sense-of-concept", ("decisions", "factor", "sense", "other-sense"))
_case("decisions-substitution", ("decisions", "substituted", "precondition", ""))
_case("decisions-substitution", ("decisions", "substituted", "by precondition", ""))
_case("decisions-substitution", ("decisions", "substituted", "by precondition", "precondition"))
_case("decisions-substitution", ("decisions", "direct", "precondition", "precondition"))
_case("decisions-substitution", ("decisions", "direct", "by precondition", "precondition"))
_case("eligibility-once", ("eligibility", "judged-again", "stage", "title and abstract"),
      at=[("eligibility", "judged", "study"), ("eligibility", "judged-again", "study")],
)  # fmt: skip
_case("eligibility-reason-given", ("eligibility", "judged", "reason", ""))
_case("eligibility-reason-given", ("eligibility", "judged-again", "decision", "unclear"),
      at=[("eligibility", "judged-again", "reason")])  # fmt: skip
_case("findings-quoted", ("findings", "found-b", "paraphrase only", ""))
_case("findings-quoted", ("findings", "found-b", "paraphrase only", "false"))
_case("findings-quoted-from-own-report", ("findings", "found-a", "quoted from", "report-b"))
_case("findings-quoted-from-own-report", ("quotations", "more-words", "report", "report-b"))
_case("offsets-order", ("quotations", "more-words", "end", "3"),
      ("quotations", "more-words", "start", "3"),
      # Offsets that are in order for once have no place in a copied quotation either.
      also=[("quotations", "more-words", c, "quotations-unverified") for c in ("start", "end")],
)  # fmt: skip
_case("quotations-copied-from-text", ("statements", "said-plainly", "quotation", "They often did."))
_case("quotations-in-text", ("quotations", "checked-words", "exact", "Neighbours may help."))
_case("quotations-in-text",
      ("quotations", "checked-words", "check", "verified in shipped text, layout apart"),
      ("quotations", "checked-words", "exact", "Neighbours may help."),
      at=[("quotations", "checked-words", "exact")])  # fmt: skip
_case("quotations-in-text", ("quotations", "checked-words", "start", "11"),
      at=[("quotations", "checked-words", "exact")])  # fmt: skip
_case("quotations-in-text", ("findings", "spare-finding", "end", ""),
      at=[("findings", "spare-finding", "quotation")])  # fmt: skip
_case("quotations-unverified", ("quotations", "more-words", "locator", ""))
_case("quotations-unverified", ("quotations", "more-words", "start", "3"))
_case("quotations-unverified", ("quotations", "more-words", "end", "5"))
_case("relations-two-studies", ("study-relations", "relation", "studies", "study-a"))
_case("requires-sense-of-concept", ("requires", "requirement", "sense", "other-sense"))
_case("review-findings-sense-of-concept",
      ("review-findings", "review-finding", "sense", "other-sense"))  # fmt: skip
_case("role-signed", ("studies", "spare-study", "role reason", ""))
_case("role-signed", ("studies", "spare-study", "role by", ""))
_case("statements-quoted", *(("statements", "said-plainly", _column, "")
      for _column in ("quotation", "quoted from", "locator", "check")))  # fmt: skip
_case("statements-quoted-from-own-report",
      ("statements", "said-plainly", "quoted from", "report-a"))  # fmt: skip
_case("statements-quoted-from-own-report",
      ("quotations", "checked-words", "of", "said-elsewhere"),
      at=[("quotations", "checked-words", "report")])  # fmt: skip
_case("statements-sense-of-concept", ("statements", "said", "sense", ""))
_case("statements-sense-of-concept", ("statements", "said", "sense", "other-sense"))
_case("study-not-its-own-sample",
      ("studies", "spare-study", "shares sample with", "spare-study"))  # fmt: skip
_case("targets-condition", ("targets", "target", "population", "population"))
_case("targets-condition", ("targets", "target", "setting", "setting-unknown"))
_case("ties-one-network", ("ties", "tie", "to", "alter"))
_case("ties-one-network", ("ties", "tie", "to", "other-alter"))
_case("translations-across-senses", ("translations", "translation", "argument", ""))
_case("translations-two-studies",
      ("translations", "spare-translation", "constructs", "second-a;second-again"))  # fmt: skip
_case("uses-sense-of-concept", ("uses", "use", "sense", ""))
_case("uses-sense-of-concept", ("uses", "use", "sense", "other-sense"))


# What must be reported besides the broken constraint itself: constraint → (table, row, column,
# rule). Everything else that is reported is a failure.
CONSEQUENCES: dict[str, frozenset[Report]] = {}


def _consequence(rule: str, constraints: str, *cells: Cell) -> None:
    for constraint in constraints.split():
        known = CONSEQUENCES.get(constraint, frozenset())
        CONSEQUENCES[constraint] = known | {(*cell, rule) for cell in cells}


# A sense is a sense of the concept beside it: no longer, if either of the two is gone.
_consequence("bearings-sense-of-concept",
             "bearings/sense/Class bearings/towards/Class bearings/towards/MinCount",
             ("bearings", "bearing", "sense"))  # fmt: skip
_consequence("constructs-sense-of-concept", "constructs/sense/Class",
             ("constructs", "spare-construct", "sense"))  # fmt: skip
_consequence("decisions-sense-of-concept",
             "decisions/sense/Class decisions/what/Class decisions/what/MinCount",
             ("decisions", "substituted", "sense"))  # fmt: skip
_consequence("requires-sense-of-concept",
             "requires/sense/Class requires/what/Class requires/what/MinCount",
             ("requires", "requirement", "sense"))  # fmt: skip
_consequence("review-findings-sense-of-concept", "review-findings/sense/Class",
             ("review-findings", "review-finding", "sense"))  # fmt: skip
_consequence("statements-sense-of-concept", "statements/sense/Class",
             ("statements", "said", "sense"))  # fmt: skip
_consequence("uses-sense-of-concept",
             "uses/sense/Class uses/concept/Class uses/concept/MinCount",
             ("uses", "use", "sense"))  # fmt: skip

# A level needs a concern in all four components; one that is empty leaves three.
for _part in ("methodological limitations", "coherence", "adequacy", "relevance"):
    _consequence("confidence-components", f"confidence/{_part.replace(' ', '-')}/MinCount",
                 ("confidence", "confident", _part))  # fmt: skip

# A year beyond the years that may stand there is beyond the other year, too.
_consequence("criteria-years-order",
             "criteria/from-year/MaxInclusive criteria/to-year/MinInclusive",
             ("criteria", "spare-criterion", "to year"))  # fmt: skip

# A cue in another language tag, and a second cue, stand in no quotation.
_consequence("cue-verbatim", "configurations/cue/Datatype",
             ("configurations", "configuration", "cue"))  # fmt: skip
_consequence("cue-verbatim", "findings/cue/Datatype findings/cue/MaxCount",
             ("findings", "found-a", "cue"))  # fmt: skip
_consequence("cue-verbatim", "statements/cue/Datatype", ("statements", "said", "cue"))
# The second modality is a conjecture, which needs a cue.
_consequence("cue-needed", "findings/modality/MaxCount", ("findings", "found-out", "cue"))
_consequence("cue-needed", "statements/modality/MaxCount", ("statements", "said-plainly", "cue"))

# A verified quotation rests on words, offsets, a report and its text; without any one of them
# nothing is verified. An end of 0 is not after the start either.
_consequence("quotations-copied-from-text", "quotations/report/MaxCount",
             ("quotations", "more-words", "exact"))  # fmt: skip
_consequence("quotations-in-text",
             "findings/start/Datatype findings/start/MinInclusive findings/end/Datatype "
             "findings/end/MinInclusive findings/quotation/Datatype findings/quoted-from/Class "
             "findings/quoted-from/MinCount",
             ("findings", "spare-finding", "quotation"))  # fmt: skip
_consequence("quotations-in-text",
             "quotations/start/Datatype quotations/start/MinInclusive quotations/end/Datatype "
             "quotations/end/MinInclusive",
             ("quotations", "checked-words", "exact"))  # fmt: skip
_consequence("quotations-in-text",
             "statements/start/Datatype statements/start/MinInclusive statements/end/Datatype "
             "statements/end/MinInclusive",
             ("statements", "said", "quotation"))  # fmt: skip
_consequence("quotations-in-text", "reports/text/Datatype",
             ("quotations", "checked-words", "exact"),
             ("statements", "said", "quotation"))  # fmt: skip
_consequence("offsets-order", "findings/end/MinInclusive", ("findings", "spare-finding", "end"))
_consequence("offsets-order", "quotations/end/MinInclusive", ("quotations", "checked-words", "end"))
_consequence("offsets-order", "statements/end/MinInclusive", ("statements", "said", "end"))
# The second answer to how a quotation was checked asks for what the first one does without.
_consequence("quotations-unverified", "findings/check/MaxCount",
             ("findings", "spare-finding", "start"),
             ("findings", "spare-finding", "end"))  # fmt: skip
_consequence("quotations-in-text", "quotations/check/MaxCount",
             ("quotations", "more-words", "exact"))  # fmt: skip
_consequence("quotations-in-text", "statements/check/MaxCount",
             ("statements", "said-plainly", "quotation"))  # fmt: skip

# A quotation comes from a report of whoever says it: not from an unknown or a second report, not
# for a second speaker, and not if the speaker has no reports or belongs to somebody else.
_consequence("findings-quoted-from-own-report",
             "findings/quoted-from/Class findings/quoted-from/MaxCount",
             ("findings", "spare-finding", "quoted from"))  # fmt: skip
_consequence("findings-quoted-from-own-report",
             "quotations/report/Class quotations/report/MaxCount quotations/of/MaxCount",
             ("quotations", "more-words", "report"))  # fmt: skip
_consequence("findings-quoted-from-own-report", "studies/reports/MinCount",
             ("findings", "found-a", "quoted from"),
             ("quotations", "more-words", "report"))  # fmt: skip
_consequence("statements-quoted-from-own-report",
             "statements/quoted-from/Class statements/quoted-from/MaxCount "
             "statements/review/Class statements/review/MaxCount",
             ("statements", "said-plainly", "quoted from"))  # fmt: skip
# "perhaps" is not true, so nothing says that the finding is a paraphrase only.
_consequence("findings-quoted", "findings/paraphrase-only/Datatype",
             ("findings", "found-out", "paraphrase only"))  # fmt: skip

# The second order is third-order, which needs a review; the second review is this synthesis,
# whose third-order constructs come from translations.
_consequence("constructs-owner", "constructs/order/MaxCount", ("constructs", "first", "review"))
_consequence("constructs-third-order-source", "constructs/review/MaxCount",
             ("constructs", "third-of-source", "review"))  # fmt: skip

# A substitution replaces one precondition by another: not by itself, and no other kind does.
_consequence("decisions-substitution",
             "decisions/precondition/MaxCount decisions/by-precondition/MaxCount "
             "decisions/kind/In decisions/kind/MaxCount",
             ("decisions", "substituted", "by precondition"))  # fmt: skip
_consequence("decisions-substitution", "decisions/kind/In decisions/kind/MaxCount",
             ("decisions", "substituted", "precondition"))  # fmt: skip

# The second stage is the one at which another row judges the same.
_consequence("eligibility-once", "eligibility/stage/MaxCount",
             ("eligibility", "judged", "study"),
             ("eligibility", "judged-again", "study"))  # fmt: skip
# The second role is "screened out".
_consequence("bearings-screened-out", "studies/role/MaxCount", ("bearings", "bearing", "finding"))

# What isn't there has no condition and no kind; the second population has no condition.
_consequence("targets-condition", "targets/population/Class targets/population/MaxCount",
             ("targets", "target", "population"))  # fmt: skip
_consequence("targets-condition", "targets/setting/Class", ("targets", "target", "setting"))
# Nobody unknown belongs to a network, and nobody is tied to themselves.
_consequence("ties-one-network",
             "ties/from/Class ties/from/MaxCount ties/to/Class ties/to/MaxCount",
             ("ties", "tie", "to"))  # fmt: skip
