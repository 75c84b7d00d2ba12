"""The parts that the page and its diagrams are divided into, in reading order.

Which class and which closed list stands in which part is decided here, for readers; a property
goes with the classes that have it. A term that no part names is shown in the last part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.reports.vocabulary import Term, Vocabulary
from kg.terms import QES, SKOS

__all__ = ["CASE", "OTHER", "PARTS", "Part", "find_part"]


@dataclass(frozen=True)
class Part:
    """One part of the ontology.

    Attributes:
        name: Short name; that of its diagram.
        title: Heading.
        lead: What the part is about.
        classes: Local names of its classes.
        lists: Local names of its closed lists.
        properties: Local names of properties that none of its own classes has.
    """

    name: str
    title: str
    lead: str
    classes: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()


PARTS = (
    Part(
        "research",
        "Reviews, studies and reports",
        "What was done, by whom and on whom, and where it can be read. Everything that is kept as "
        "a row of a table is a record.",
        ("Author", "Condition", "InformationEntity", "Investigation", "Page", "Population",
         "Quotation", "Record", "Report", "Review", "Study"),
        ("author-list", "match-kind", "reading-depth", "report-kind", "review-kind", "richness",
         "study-design", "study-role", "verification", "found-for"),
        ("rank",),
    ),
    Part(
        "screening",
        "Searching, screening and appraising",
        "What was looked for, which records met which criteria, how a study was judged, and who "
        "the people are that judge.",
        ("Appraisal", "Criterion", "EligibilityDecision", "Interpreter", "Memo", "Search",
         "Stance"),
        ("retrieval", "screening-stage", "search-purpose", "source-kind", "verdict"),
    ),
    Part(
        "settings",
        "Settings",
        "The kinds of social surroundings. They are siblings: none is a kind of another, and "
        "evidence is carried from one to another.",
        ("Community", "Couple", "Household", "Neighbourhood", "OnlineCommunity", "Organisation",
         "PersonalCommunity", "Setting", "SettingKind", "SupportGroup", "SupportingPair"),
    ),
    Part(
        "findings",
        "Findings and what they bear on",
        "A finding reports what one study found; a bearing says what it means for a topic. "
        "Concepts are used in senses that are kept apart.",
        ("Bearing", "BearingTopic", "Concept", "ConceptUse", "Element", "Finding",
         "ReviewStatement", "Sense", "Theory"),
        ("evidence-kind", "modality", "polarity", "statement-role", "wording"),
    ),
    Part(
        "synthesis",
        "Constructs, translations and review findings",
        "How reviewers get from what studies say to what they state together: constructs of "
        "three orders, translations between studies, lines of argument.",
        ("Construct", "FirstOrderConstruct", "LineOfArgument", "ReciprocalTranslation",
         "RefutationalTranslation", "ReviewFinding", "SecondOrderConstruct", "StudyRelation",
         "SynthesisStep", "ThirdOrderConstruct", "Translation"),
        ("interpretation-source", "relation-kind"),
    ),
    Part(
        "mechanisms",
        "Mechanisms and preconditions",
        "What is claimed to lead to what, and what must hold for that. A mechanism is a claim "
        "that somebody makes; nothing here asserts a cause.",
        ("Configuration", "Mechanism", "Outcome", "Precondition", "Requirement"),
        ("outcome-level",),
    ),
    Part(
        "confidence",
        "Confidence",
        "How sure reviewers are of one review finding, with four components. A level belongs to "
        "one review finding and is never pooled.",
        ("ComponentAssessment", "ConfidenceAssessment"),
        ("concern", "confidence-level"),
    ),
    Part(
        "carry",
        "Carrying to a target context",
        "Whether a claim can be carried to another context: what is asked, what was decided by "
        "people, what is computed, and what was left out or is not known.",
        ("CarryRun", "Decision", "LeftOutRow", "NotKnown", "PreconditionState", "SourceText",
         "TargetContext", "Transfer"),
        ("decision-kind", "directness", "generalisation", "not-known", "precondition-state",
         "scope", "transfer-status"),
    ),
    Part(
        "personal-network",
        "Personal networks",
        "One person, the people, pets and groups that matter to that person, and the work they "
        "do.",
        ("Alter", "AlterTie", "Ego"),
        ("circle", "contact-frequency", "data-origin", "relationship", "support-work"),
    ),
)  # fmt: skip
"""In the order in which a reader meets them."""

CASE = Part(
    "collective-efficacy",
    "Concepts and senses of the first case",
    "Collective efficacy, the senses in which it is used, and the concepts that stand beside it. "
    "Senses and concepts are in no hierarchy, match or part with one another: evidence in one "
    "sense never counts for another.",
)
"""Concepts and senses; they are individuals, and belong to a case and not to the core."""

OTHER = Part("other", "Further terms", "Terms that belong to none of the parts above.")


def find_part(vocabulary: Vocabulary, term: Term) -> Part:
    """Return the part in which a term is shown.

    A property goes with the part that has most of the classes of its domain, or of its range if
    it has no domain; the earlier part if two have as many.
    """
    if term.kind in ("concept", "sense"):
        return CASE
    if term.kind == "value":
        schemes = vocabulary.objects(term.iri, SKOS + "inScheme")
        return find_part(vocabulary, vocabulary.own[schemes[0]])
    named = [
        p
        for p in PARTS
        if term.iri == QES + term.name and term.name in p.classes + p.lists + p.properties
    ]
    if named or term.kind in ("class", "closed list"):
        return named[0] if named else OTHER
    ends = vocabulary.ends(term.iri, "domain") or vocabulary.ends(term.iri, "range")
    best = max(PARTS, key=lambda p: _shared(p, ends))
    return best if _shared(best, ends) else OTHER


def _shared(part: Part, classes: Iterable[str]) -> int:
    return sum(c == QES + name for c in classes for name in part.classes)
