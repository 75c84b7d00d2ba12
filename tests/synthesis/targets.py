"""Cases in which the target matters: narrow ones, one that names a population, statements on it.

The targets ``t`` and the ones here carry the same concepts; a case names its target.
"""

from tests.synthesis.cases import Book
from tests.synthesis.evidence import FROM_SOURCE, NOTHING, OBSERVED, add_sub_kinds

__all__ = ["add_targets"]


def add_targets(book: Book) -> None:
    """Add everything below."""
    add_sub_kinds(book)
    _add_limits(book)
    _add_narrow(book)
    _add_statements(book)
    _add_asked(book)
    _add_twin(book)


def _add_limits(book: Book) -> None:
    clause = "applies to fits T's population if T names one"
    asked = ["limit-fits", "limit-other", "limit-whole-sample", "limit-other-sample"]
    book.target("t-women", population="p-women", applies_to="p-women", asks_about=asked)
    for name, population, applies_to, status in (
        ("limit-fits", "p-ltc", "p-women", "observed in target"),
        ("limit-other", "p-ltc", "p-women-t2d", "no basis"),
        ("limit-whole-sample", "p-women", "", "observed in target"),
        ("limit-other-sample", "p-ltc", "", "no basis"),
    ):
        book.bearing(book.concept(name), population=population, applies_to=applies_to)
        counts = (1, 0) if status == "observed in target" else (0, 0)
        book.case(name, clause, f"{name}--t-women", status=status, target=counts)


def _add_narrow(book: Book) -> None:
    book.target("t-t2d", population="p-t2d")
    book.target("t-couple", setting="couple")
    for name, target, settings, population, label in (
        ("above-condition", "t-t2d", "pc", "p-diabetes", "broader condition"),
        ("above-two-conditions", "t-t2d", "pc", "p-ltc", "broader condition"),
        ("beside-condition", "t-t2d", "pc", "p-lupus", "setting only"),
        ("above-kind", "t-couple", "household", "p-ltc", "broader setting"),
        ("above-two-kinds", "t-couple", "pc", "p-ltc", "broader setting"),
    ):
        row = book.bearing(book.concept(name), settings=settings, population=population)
        book.case(name, "Near misses are labels on source evidence", f"{name}--{target}",
                  **FROM_SOURCE, near_miss=(f"{row}-finding", label))  # fmt: skip
        book.case(f"{name}-of-the-wider", "Near misses are labels on source evidence", f"{name}--t",
                  **OBSERVED, near_misses=set())  # fmt: skip
    for name, settings, population, target, labels in (
        ("near-beside", "pc", "p-lupus", "t-t2d", {"setting only"}),
        ("near-condition-only", "nb", "p-ltc", "t-couple", {"condition only"}),
        ("near-wider-condition", "nb", "p-diabetes", "t", {"condition only"}),
        ("near-wider-setting", "pc", "p-cold", "t", {"setting only"}),
    ):
        row = book.bearing(book.concept(name), settings=settings, population=population)
        book.case(name, "Near misses are labels on source evidence", f"{name}--{target}",
                  near_misses={(f"{row}-finding", label) for label in labels})  # fmt: skip
    for name, settings, population, target in (
        ("near-unsure-condition", "pc", "p-diabetes", "t-t2d"),
        ("near-unsure-setting", "household", "p-ltc", "t-couple"),
    ):
        row = book.bearing(book.concept(name), modality="conjecture", settings=settings,
                           population=population)  # fmt: skip
        book.case(name, "Conjecture is shown, never counted", f"{name}--{target}",
                  near_misses=set(), listed={"conjecture": {row}})  # fmt: skip
    for target, scope in (("t", "part of the target"), ("t-t2d", "whole target")):
        name = f"scope-in-{target}"
        book.bearing(book.concept(name), population="p-t2d")
        book.case(name, "scope whole, or part of the target", f"{name}--{target}", scope=scope)
    row = book.bearing(book.concept("near-here-only"), population="p-cold")
    book.case("near-here-only", "Near misses are labels on source evidence",
              near_misses={(f"{row}-finding", "setting only")})  # fmt: skip
    book.case("near-here-only-elsewhere", "Near misses are labels on source evidence",
              "near-here-only--t-elsewhere", **OBSERVED, near_misses=set())  # fmt: skip


def _add_statements(book: Book) -> None:
    clause = (
        "statements of a source review about C outside T, which need no placement. Review "
        "statements alone can carry a concept as far as proposed or preconditions met; the "
        "sentence then says so. The review's hedged statement about T is what is carried, never "
        "its own evidence. Conjecture is shown, never counted; hedged counts."
    )
    one = {"status": "proposed", "statements": 1, "studies": 0, "says": "review statement"}
    none = {"status": "no basis", "statements": 0, "studies": 0}
    book.target("t-elsewhere", population="p-cold")
    asked = []
    for name, cells, expect in (
        ("asserted", {}, one),
        ("hedged", {"modality": "hedged"}, one),
        ("conjecture", {"modality": "conjecture"}, none),
        ("about-target", {"target": "t-asked"}, none),
        ("about-target-hedged", {"target": "t-asked", "modality": "hedged"}, none),
        ("about-target-and-other", {"target": "t-asked;t-elsewhere"}, none),
        ("about-other-target", {"target": "t-elsewhere"}, one),
        ("of-the-synthesis", {"review": "synthesis", "quoted_from": "synthesis-report"}, none),
        # what says nothing of C at work
        ("question", {"role": "question"}, none),
        ("aim", {"role": "aim"}, none),
        ("gap", {"role": "gap"}, none),
        ("eligibility", {"role": "eligibility"}, none),
    ):
        name = f"statement-{name}"
        asked.append(book.concept(name))
        book.workspace.statement(f"{name}-s", about=name, **cells)
        book.case(name, clause, f"{name}--t-asked", **expect)
    book.target("t-asked", asks_about=asked)

    book.concept("statement-two")
    book.workspace.statement("statement-two-s1", about="statement-two")
    book.workspace.statement("statement-two-s2", about="statement-two")
    book.case("statement-two", clause, status="proposed", statements=2, studies=0)
    book.concept("statement-beside-study")
    book.workspace.statement("statement-beside-study-s", about="statement-beside-study")
    book.bearing("statement-beside-study", "source by both")
    book.case("statement-beside-study", "Source support is shown apart by kind, never summed",
              status="proposed", statements=1, studies=1)  # fmt: skip
    for state, status in (("met", "preconditions met"), ("unmet", "blocked"),
                          ("contested", "preconditions contested"),
                          ("unknown", "proposed")):  # fmt: skip
        name = book.concept(f"statement-precondition-{state}")
        book.workspace.statement(f"{name}-s", about=name)
        book.requires(name, state)
        book.case(name, clause, status=status, says="review statement")


def _add_asked(book: Book) -> None:
    clause = "asks about: what is to be carried; empty means everything that evidence bears on"
    for name in ("asked-silent", "silent", "not-asked"):
        book.concept(name)
    book.bearing("not-asked")
    book.target("t-silent", asks_about="asked-silent")
    book.case("asked-silent", clause, "asked-silent--t-silent", **NOTHING)
    book.case("silent", clause, "silent--t", absent=True)
    book.case("not-asked", clause, "not-asked--t-silent", absent=True)
    book.case("not-asked-elsewhere", clause, "not-asked--t", **OBSERVED)


def _add_twin(book: Book) -> None:
    clause = "substituted: … P' does P's work in T, while P' is itself met"
    book.target("t-twin")
    name = book.concept("substitute-here")
    book.bearing(name, "source by setting")
    first, second = book.requires(name, "unmet"), book.requires(name, "met")
    book.decision(f"{name}-d", "substitution", name, precondition=first, by_precondition=second)
    book.case(name, clause, status="preconditions met", states={first: "substituted",
                                                                second: "met"})  # fmt: skip
    book.case(f"{name}-not-in-twin", clause, f"{name}--t-twin", status="blocked",
              states={first: "unmet", second: "met"})  # fmt: skip
    name = book.concept("substitute-met-elsewhere")
    book.bearing(name, "source by setting")
    first, second = book.requires(name, "unmet"), book.requires(name)
    book.bearing(second, population="p-cold")  # in t-elsewhere
    book.decision(f"{name}-d", "substitution", name, precondition=first, by_precondition=second)
    book.case(name, clause, status="blocked", states={first: "unmet", second: "unknown"})
    name = book.concept("withdrawn-here")
    book.bearing(name)
    book.decision(f"{name}-d", "withdrawal", name)
    clause = "withdrawn: a dated decision says so"
    book.case(name, clause, status="withdrawn")
    book.case(f"{name}-not-in-twin", clause, f"{name}--t-twin", status="observed in target")
