"""Which evidence counts, where it counts and how often: design section 6, paragraphs 1 to 5."""

from tests.synthesis.cases import Book

__all__ = ["FROM_SOURCE", "NOTHING", "OBSERVED", "add_evidence", "add_sub_kinds"]

# The shipped kinds of settings are siblings; this workspace makes two of them sub-kinds.
EXTRA = """\
@prefix qes: <https://w3id.org/qes-kg/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

qes:Household rdfs:subClassOf qes:PersonalCommunity .
qes:Couple rdfs:subClassOf qes:Household .
"""

OBSERVED = {"status": "observed in target", "target": (1, 0), "studies": 0}
FROM_SOURCE = {"status": "proposed", "target": (0, 0), "studies": 1}
NOTHING = {"status": "no basis", "target": (0, 0), "studies": 0}


def add_evidence(book: Book) -> None:
    """Add everything below."""
    add_sub_kinds(book)
    _add_places(book)
    _add_samples_of_finding(book)
    _add_roll_up(book)
    _add_near_misses(book)
    _add_senses(book)
    _add_kinds(book)
    _add_roles(book)
    _add_counts(book)


def add_sub_kinds(book: Book) -> None:
    """Add settings of two sub-kinds of personal community, one below the other."""
    book.workspace.more["extra.ttl"] = EXTRA
    for kind in ("household", "couple"):
        book.workspace.add("settings", kind, label=f"one {kind}", kind=kind)


def _add_places(book: Book) -> None:
    clause = (
        "Target evidence: setting is a kind of T's exemplar's and the sample has a condition under "
        "T's. Source evidence: setting or condition is known and is not T's. If it can't be placed "
        "(setting or condition not known) it counts for nothing and is listed."
    )
    workspace = book.workspace
    workspace.add("populations", "p-empty")
    workspace.add("populations", "p-unseen", has_condition="not reported in the source seen")
    workspace.add("populations", "p-not-applicable", has_condition="not applicable")
    workspace.add("populations", "p-about", about_condition="ltc")
    workspace.add("populations", "p-some", some_have="ltc")
    workspace.add("populations", "p-two", has_condition=["t2d", "cold"])
    workspace.add("populations", "p-some-beside", has_condition="cold", some_have="ltc")
    workspace.add("conditions", "flu", label="flu")
    workspace.add("populations", "p-flu", has_condition="flu")
    workspace.add("settings", "unseen-kind", kind="not reported in the source seen")
    for name, settings, population, expect in (
        # setting and condition: T's, another, not known
        ("both-fit", "pc", "p-ltc", OBSERVED),
        ("fit-other", "pc", "p-cold", FROM_SOURCE),
        ("fit-unknown", "pc", "p-unknown", NOTHING),
        ("other-fit", "nb", "p-ltc", FROM_SOURCE),
        ("other-other", "nb", "p-cold", FROM_SOURCE),
        ("other-unknown", "nb", "p-unknown", FROM_SOURCE),
        ("unknown-fit", "unknown-kind", "p-ltc", NOTHING),
        ("unknown-other", "unknown-kind", "p-cold", FROM_SOURCE),
        ("unknown-unknown", "unknown-kind", "p-unknown", NOTHING),
        # other ways not to know
        ("no-setting", "", "p-ltc", NOTHING),
        ("no-setting-other", "", "p-cold", FROM_SOURCE),
        ("kind-not-seen", "unseen-kind", "p-ltc", NOTHING),
        ("condition-empty", "pc", "p-empty", NOTHING),
        ("condition-not-seen", "pc", "p-unseen", NOTHING),
        # "not applicable" is one of the three cells that say "not known" (section 4)
        ("condition-not-applicable", "pc", "p-not-applicable", NOTHING),
        ("condition-not-applicable-elsewhere", "nb", "p-not-applicable", FROM_SOURCE),
        # lived with, apart from what the topic is about (section 4)
        ("about-condition", "pc", "p-about", NOTHING),
        # part of the sample has it: the sample neither has T's condition nor is known not to
        ("some-have", "pc", "p-some", NOTHING),
        ("some-have-elsewhere", "nb", "p-some", FROM_SOURCE),
        # one of several conditions is under T's
        ("two-conditions", "pc", "p-two", {**OBSERVED, "parts": {"type 2 diabetes"}}),
        # everybody has another condition, part of them T's as well
        ("some-have-beside-another", "pc", "p-some-beside", NOTHING),
        # several settings of one finding; one that is seen in the target is not from elsewhere
        ("two-settings-elsewhere", "nb;org", "p-ltc", FROM_SOURCE),
        ("two-settings-one-fits", "nb;pc", "p-ltc", OBSERVED),
        # several populations: the sample is all of them
        ("two-samples-fit", "pc", "p-lupus;p-t2d", {**OBSERVED, "parts": {"lupus",
                                                                          "type 2 diabetes"}}),
        ("two-samples-one-fits", "pc", "p-ltc;p-cold", NOTHING),
        ("two-samples-one-unknown", "pc", "p-ltc;p-unknown", NOTHING),
        ("two-samples-other", "pc", "p-cold;p-flu", FROM_SOURCE),
        ("two-samples-other-and-unknown", "pc", "p-cold;p-unknown", NOTHING),
        ("no-sample", "pc", "", NOTHING),
    ):  # fmt: skip
        name = f"place-{name}"
        row = book.bearing(book.concept(name), settings=settings,
                           study_cells={"populations": population})  # fmt: skip
        listed = {"listed": {"not placed": {row}}} if expect is NOTHING else {}
        book.case(name, clause, **expect, **listed)
    book.concept("place-setting-of-study-only")
    row = book.bearing("place-setting-of-study-only", settings="", study_cells={"settings": "pc"})
    book.case("place-setting-of-study-only", "setting (of the finding) not known", **NOTHING,
              listed={"not placed": {row}})  # fmt: skip


def _add_samples_of_finding(book: Book) -> None:
    workspace = book.workspace
    workspace.add("populations", "p-carers", label="carers", has_condition="cold")
    sample = {"populations": ["p-some", "p-women", "p-carers"]}
    for name, applies_to, expect in (
        ("narrows-into", "p-women", OBSERVED),
        ("narrows-to-part", "p-women-t2d", {**OBSERVED, "scope": "part of the target"}),
        ("narrows-out", "p-carers", FROM_SOURCE),
        ("narrows-to-unknown", "p-unknown", NOTHING),
    ):
        name = f"applies-to-{name}"
        book.bearing(book.concept(name), applies_to=applies_to, study_cells=sample)
        book.case(name, "applies to (a population; empty = whole sample)", **expect)


def _add_roll_up(book: Book) -> None:
    clause = "Roll-up over settings (subclasses) and conditions (broader)"
    part = {**OBSERVED, "scope": "part of the target"}
    for name, settings, population, expect in (
        ("one-condition-below", "pc", "p-lupus", {**part, "parts": {"lupus"}}),
        ("two-conditions-below", "pc", "p-t2d", {**part, "parts": {"type 2 diabetes"}}),
        ("one-kind-below", "household", "p-ltc", part),
        ("two-kinds-below", "couple", "p-ltc", part),
    ):
        book.bearing(book.concept(f"under-{name}"), settings=settings, population=population)
        book.case(f"under-{name}", clause, **expect)


def _add_near_misses(book: Book) -> None:
    clause = (
        "Near misses are labels on source evidence: setting only · condition only · broader "
        "setting · broader condition · different sense"
    )
    for name, settings, population, label in (
        ("setting-only", "pc", "p-cold", "setting only"),
        ("condition-only", "nb", "p-ltc", "condition only"),
        ("condition-below-only", "nb", "p-t2d", "condition only"),
        ("neither", "nb", "p-cold", ""),
        ("condition-unknown", "nb", "p-unknown", ""),
        ("in-target", "pc", "p-ltc", ""),
        ("not-placed", "pc", "p-unknown", ""),
    ):
        name = f"near-{name}"
        row = book.bearing(book.concept(name), settings=settings, population=population)
        misses = {(f"{row}-finding", label)} if label else set[tuple[str, str]]()
        book.case(name, clause, near_misses=misses)


def _add_senses(book: Book) -> None:
    clause = (
        'The whole concept has no status of its own. Another sense is a near miss ("different '
        'sense"); not stated matches only not stated. Roll-up never over concepts.'
    )
    book.concept("word", ["a", "b", "not-stated"])
    for sense, place in (("a", "target"), ("not-stated", "source by both")):
        book.bearing("word", place, row=f"word-in-{sense}", sense=f"word-{sense}")
    in_a = ("word-in-a-finding", "different sense")
    not_stated = ("word-in-not-stated-finding", "different sense")
    book.case("sense-same", clause, "word--word-a--t", **OBSERVED, near_misses={not_stated})
    book.case("sense-not-stated", clause, "word--word-not-stated--t", **FROM_SOURCE,
              near_misses={in_a})  # fmt: skip
    book.case("sense-other", clause, "word--word-b--t", **NOTHING,
              near_misses={in_a, not_stated})  # fmt: skip
    book.case("sense-none", clause, "word--t", absent=True)

    book.concept("against-sense", ["a", "b"])
    book.bearing("against-sense", "source by both", "refutes", sense="against-sense-a")
    row = book.bearing("against-sense", "source by both", "refutes", sense="against-sense-b")
    book.case("sense-against", clause, "against-sense--against-sense-b--t",
              listed={"elsewhere against": {row}})  # fmt: skip
    book.concept("unsure-sense", ["a", "b"])
    book.bearing("unsure-sense", "source by both", sense="unsure-sense-a")
    book.bearing("unsure-sense", modality="conjecture", sense="unsure-sense-b")
    book.case("sense-other-conjecture", "Near misses are labels on source evidence",
              "unsure-sense--unsure-sense-a--t", near_misses=set())  # fmt: skip

    book.concept("statement-sense", ["a", "b"])
    book.workspace.statement(
        "statement-sense-s", about="statement-sense", sense="statement-sense-a"
    )
    for sense in ("a", "b"):
        book.bearing("statement-sense", polarity="no effect seen", sense=f"statement-sense-{sense}")
    book.case("statement-same-sense", clause, "statement-sense--statement-sense-a--t",
              statements=1, status="proposed")  # fmt: skip
    book.case("statement-other-sense", clause, "statement-sense--statement-sense-b--t",
              statements=0, status="no basis")  # fmt: skip


def _add_kinds(book: Book) -> None:
    clause = (
        "Only interpretive qualitative bearings decide a status; measured associations are shown "
        "beside it."
    )
    status = {
        ("target", "supports"): ("observed in target", "met"),
        ("target", "refutes"): ("contradicted in target", "unmet"),
        ("source by setting", "supports"): ("proposed", "unknown"),
        ("source by setting", "refutes"): ("no basis", "unknown"),
    }
    for kind in ("interpretive qualitative", "measured association", "instrument development",
                 "theoretical"):  # fmt: skip
        for (place, polarity), (of_concept, of_precondition) in status.items():
            decides = kind == "interpretive qualitative"
            name = f"kind-{kind}-{place}-{polarity}".replace(" ", "-")
            row = book.bearing(book.concept(name), place, polarity, kind=kind)
            book.case(name, clause, status=of_concept if decides else "no basis",
                      listed={"other kind": set() if decides else {row}})  # fmt: skip
            needed = f"{name}-p"
            book.bearing(book.concept(needed), "source by setting")
            state = book.requires(needed)
            book.bearing(state, place, polarity, kind=kind)
            book.case(needed, clause, states={state: of_precondition if decides else "unknown"})
    # One finding is read in two ways: what it decides elsewhere decides nothing here.
    book.bearing(book.concept("kind-beside"), row="kind-beside-b")
    measured = book.workspace.add("bearings", "kind-of-the-same-b", finding="kind-beside-b-finding",
                                  towards=book.concept("kind-of-the-same"),
                                  kind="measured association")  # fmt: skip
    book.case("kind-beside", clause, **OBSERVED)
    book.case("kind-of-the-same", clause, **NOTHING, listed={"other kind": {measured}})

    clause = "Evidence that presupposes the concept never supports it in the target (section 5, 7)"
    row = book.bearing(book.concept("presupposes"), presupposes=True)
    book.case("presupposes", clause, **NOTHING, listed={"presupposes": {row}})
    book.bearing(book.concept("presupposes-beside"), presupposes=True)
    book.bearing("presupposes-beside")
    book.case("presupposes-beside", clause, **OBSERVED)
    book.bearing(book.concept("presupposes-mixed"), polarity="mixed", presupposes=True)
    book.case("presupposes-mixed", clause, status="contradicted in target", target=(0, 1))
    book.bearing(book.concept("presupposes-against"), polarity="refutes", presupposes=True)
    book.case("presupposes-against", clause, status="contradicted in target", target=(0, 1))
    book.bearing(book.concept("presupposes-false"), presupposes=False)
    book.case("presupposes-false", clause, **OBSERVED)
    book.bearing(book.concept("presupposes-elsewhere"), "source by both", presupposes=True)
    book.case("presupposes-elsewhere", clause, **FROM_SOURCE)


def _add_roles(book: Book) -> None:
    clause = (
        "target evidence from these and target-context evidence (for C only if its text names C)"
    )
    role = "target-context evidence"
    for name, polarity, named, status in (
        ("named", "supports", True, "observed in target"),
        ("not-named", "supports", False, "no basis"),
        ("named-against", "refutes", True, "contradicted in target"),
        ("not-named-against", "refutes", False, "no basis"),
    ):
        name = f"context-{name}"
        book.concept(name)
        book.bearing(name, polarity=polarity, role=role,
                     study_cells={"names": name if named else "both-named"})  # fmt: skip
        book.case(name, clause, status=status, listed={"not placed": set()})
    book.concept("both-named")
    book.bearing("both-named", role=role, study_cells={"names": ["context-named", "both-named"]})
    book.case("both-named", clause, **OBSERVED)
    book.bearing(book.concept("context-precondition"), "source by both")
    state = book.requires("context-precondition")
    book.bearing(state, role=role)
    book.case("context-precondition", clause, states={state: "met"}, status="preconditions met")


def _add_counts(book: Book) -> None:
    clause = "reports of one sample count once (section 5, 7)"
    for name, shares, place, expect in (
        ("two-samples", {}, "target", {"target": (2, 0), "independent": 2}),
        ("one-sample", {2: [1]}, "target", {"target": (1, 0), "independent": 1}),
        ("one-sample-other-way", {1: [2]}, "target", {"target": (1, 0), "independent": 1}),
        ("one-sample-in-steps", {1: [2], 2: [3]}, "target", {"target": (1, 0)}),
        ("two-samples-elsewhere", {}, "source by both", {"studies": 2}),
        ("one-sample-elsewhere", {2: [1]}, "source by both", {"studies": 1}),
    ):
        name = f"count-{name}"
        book.concept(name)
        for _ in range(3 if "steps" in name else 2):
            book.bearing(name, place)
        for number, others in shares.items():
            studies = [f"{name}-b{other}-study" for other in others]
            book.workspace.edit("studies", f"{name}-b{number}-study", shares_sample_with=studies)
        book.case(name, clause, **expect)
    book.concept("count-two-findings")
    book.bearing("count-two-findings")
    book.bearing("count-two-findings", study="count-two-findings-b1-study")
    book.case("count-two-findings", clause, target=(1, 0))
    book.concept("count-for-and-against")
    book.bearing("count-for-and-against")
    book.bearing("count-for-and-against", polarity="refutes",
                 study_cells={"shares_sample_with": "count-for-and-against-b1-study"})  # fmt: skip
    book.case("count-for-and-against", clause, status="contested", target=(1, 1), independent=1)

    clause = "independent target evidence (not sharing authors): n"
    for row in ("reviewer", "coauthor", "synthesist", "stranger"):
        book.workspace.add("authors", row, name=row)
    reports = book.workspace.tables["reports"]
    reports["source-review-report"]["authors"] = "reviewer;coauthor"
    reports["synthesis-report"]["authors"] = "synthesist"
    for name, authors, independent in (
        ("shared", ["coauthor"], 0),
        ("one-of-many", ["stranger;reviewer"], 0),
        ("strangers", ["stranger"], 1),
        ("of-the-synthesis", ["synthesist"], 1),  # not a source review
        ("one-of-two", ["coauthor", "stranger"], 1),
    ):
        name = f"authors-{name}"
        book.concept(name)
        for each in authors:
            book.bearing(name, authors=each)
        book.case(name, clause, target=(len(authors), 0), independent=independent)
    book.concept("authors-against")
    book.bearing("authors-against", authors="coauthor")
    book.bearing("authors-against", polarity="refutes", authors="stranger")
    book.case("authors-against", clause, target=(1, 1), independent=1)
