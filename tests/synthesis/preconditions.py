"""Preconditions, substitution and withdrawal: design section 6, paragraph 7 and the table."""

from tests.synthesis.cases import Book

__all__ = ["add_preconditions"]


def add_preconditions(book: Book) -> None:
    """Add everything below, and a second target for what must not touch the first."""
    book.target("t-other", population="p-cold", asks_about="states-none")
    _add_states(book)
    _add_requires(book)
    _add_substitution(book)
    _add_withdrawal(book)
    _add_configurations(book)


def _concept(book: Book, name: str) -> str:
    """Add a concept that evidence from elsewhere proposes."""
    book.bearing(book.concept(name), "source by both")
    return name


def _add_states(book: Book) -> None:
    clause = (
        "blocked: a precondition unmet. preconditions contested: one contested, none unmet. "
        "preconditions met: at least one, every one met or substituted, at least one met. "
        "proposed: otherwise"
    )
    for states, status in (
        (["unknown"], "proposed"),
        (["unknown", "unknown"], "proposed"),
        (["met", "met"], "preconditions met"),
        (["met", "unknown"], "proposed"),
        (["met", "unmet"], "blocked"),
        (["unmet", "unknown"], "blocked"),
        (["unmet", "contested"], "blocked"),
        (["met", "contested"], "preconditions contested"),
        (["contested", "unknown"], "preconditions contested"),
    ):
        name = _concept(book, f"states-{'-'.join(states)}")
        given = {book.requires(name, state): state for state in states}
        book.case(name, clause, status=status, states=given)
    book.case("state-not-carried", "What is carried: concept C … or mechanism M contributed to O",
              f"{book.precondition('bare', 'met')}--t", absent=True)  # fmt: skip
    name = _concept(book, "states-none")
    book.case(name, clause, status="proposed", states={})

    clause = "met (target evidence for only) · unmet (against only) · contested (both) · unknown"
    for name, bearings, state in (
        ("mixed", [("target", "mixed", "asserted")], "contested"),
        ("mixed-and-for", [("target", "mixed", "asserted"),
                           ("target", "supports", "asserted")], "contested"),
        ("absent", [("target", "reported absent", "hedged")], "unmet"),
        ("elsewhere", [("source by both", "supports", "asserted")], "unknown"),
        ("met-here-unmet-elsewhere", [("target", "supports", "asserted"),
                                      ("source by both", "refutes", "asserted")], "met"),
        ("conjecture", [("target", "supports", "conjecture")], "unknown"),
        ("for-and-conjecture-against", [("target", "supports", "asserted"),
                                        ("target", "refutes", "conjecture")], "met"),
    ):  # fmt: skip
        name = _concept(book, f"state-{name}")
        precondition = book.requires(name)
        for place, polarity, modality in bearings:
            book.bearing(precondition, place, polarity, modality)
        book.case(name, clause, states={precondition: state})

    clause = 'an unmet precondition is printed beside it: "observed although …"'
    book.bearing(book.concept("beside-unmet"))
    book.requires("beside-unmet", "unmet")
    book.case("beside-unmet", clause, status="observed in target", says="although")
    book.bearing(book.concept("beside-met"))
    book.requires("beside-met", "met")
    book.case("beside-met", clause, status="observed in target", unsaid="although")

    clause = "unknown (silent: searched on …, or not searched)"
    searched = book.requires(_concept(book, "searched"))
    book.workspace.add("searches", "search-1", purpose="target context", for_=searched, target="t")
    book.case("searched", clause, states={searched: "unknown"}, unsaid="not searched")
    book.requires(_concept(book, "not-searched"))
    book.case("not-searched", clause, says="not searched")
    elsewhere = book.requires(_concept(book, "searched-elsewhere"))
    book.workspace.add("searches", "search-2", purpose="target context", for_=elsewhere,
                       target="t-other")  # fmt: skip
    book.case("searched-elsewhere", clause, says="not searched")


def _add_requires(book: Book) -> None:
    clause = "Preconditions of the mechanism (or of the concept, by requires)"
    name = _concept(book, "requires-twice")
    once = book.requires(name, "met")
    book.requires(name, precondition=once)
    book.case(name, clause, states={once: "met"}, status="preconditions met")
    name = _concept(book, "requires-of-another")
    book.requires(_concept(book, "requires-of-its-own"), "unmet")
    book.case(name, clause, states={}, status="proposed")

    book.concept("requires-sense", ["a", "b"])
    for sense in ("a", "b"):
        book.bearing("requires-sense", "source by both", sense=f"requires-sense-{sense}")
    every = book.requires("requires-sense", "met")
    only_a = book.requires("requires-sense", "unmet", sense="requires-sense-a")
    book.case("requires-in-its-sense", clause, "requires-sense--requires-sense-a--t",
              status="blocked", states={every: "met", only_a: "unmet"})  # fmt: skip
    book.case("requires-in-another-sense", clause, "requires-sense--requires-sense-b--t",
              status="preconditions met", states={every: "met"})  # fmt: skip


def _add_substitution(book: Book) -> None:
    clause = (
        "substituted: a signed, dated argument that P' does P's work in T, while P' is itself met; "
        "replaces unmet or unknown, never contested"
    )
    for p, by, state, status in (
        ("unmet", "met", "substituted", "preconditions met"),
        ("unknown", "met", "substituted", "preconditions met"),
        ("contested", "met", "contested", "preconditions contested"),
        ("met", "met", "met", "preconditions met"),
        ("unmet", "unknown", "unmet", "blocked"),
        ("unmet", "unmet", "unmet", "blocked"),
        ("unmet", "contested", "unmet", "blocked"),
        ("unknown", "unknown", "unknown", "proposed"),
        ("unknown", "unmet", "unknown", "blocked"),
        ("unknown", "contested", "unknown", "preconditions contested"),
    ):
        name = _concept(book, f"substitute-{p}-by-{by}")
        first, second = book.requires(name, p), book.requires(name, by)
        _substitute(book, name, first, second)
        book.case(name, clause, status=status, states={first: state, second: by})

    name = _concept(book, "substitute-not-required")
    first, second = book.requires(name, "unmet"), book.precondition(f"{name}-other", "met")
    _substitute(book, name, first, second)
    book.case(name, "preconditions met: … at least one met", status="proposed",
              states={first: "substituted"})  # fmt: skip

    name = _concept(book, "substitute-by-substituted")
    first, second = book.requires(name, "unmet"), book.requires(name, "unmet")
    third = book.requires(name, "met")
    _substitute(book, name, first, second)
    _substitute(book, name, second, third)
    book.case(name, clause, status="blocked",
              states={first: "unmet", second: "substituted", third: "met"})  # fmt: skip

    for name, cells in (("target", {"target": "t-other"}), ("concept", {"what": "states-none"})):
        name = _concept(book, f"substitute-for-another-{name}")
        first, second = book.requires(name, "unmet"), book.requires(name, "met")
        _substitute(book, name, first, second, **cells)
        book.case(name, clause, status="blocked", states={first: "unmet", second: "met"})

    concept = book.concept("substitute-sense", ["a", "b"])
    for sense in ("a", "b"):
        book.bearing(concept, "source by both", sense=f"{concept}-{sense}")
    first, second = book.requires(concept, "unmet"), book.requires(concept, "met")
    _substitute(book, concept, first, second, sense=f"{concept}-a")
    book.case("substitute-in-its-sense", clause, f"{concept}--{concept}-a--t",
              status="preconditions met")  # fmt: skip
    book.case("substitute-in-another-sense", clause, f"{concept}--{concept}-b--t", status="blocked")


def _substitute(book: Book, name: str, first: str, second: str, **cells: str) -> None:
    book.decision(f"{name}-{first}-d", "substitution", **{
        "what": name, "precondition": first, "by_precondition": second, **cells})  # fmt: skip


def _add_withdrawal(book: Book) -> None:
    clause = "withdrawn: a dated decision says so (later evidence flagged new since decision)"
    name = _concept(book, "withdrawn-then-new")
    book.decision(f"{name}-d", "withdrawal", name, date="2025-03-01T00:00:00Z")
    book.bearing(name, row=f"{name}-before", date="2025-02-28T23:59:59Z")
    book.bearing(name, row=f"{name}-after", date="2025-03-01T00:00:01Z")
    book.bearing(name, row=f"{name}-undated")
    book.case(name, clause, status="withdrawn", target=(3, 0), listed={"new": {f"{name}-after"}})
    name = _concept(book, "withdrawn-elsewhere")
    book.decision(f"{name}-d", "withdrawal", name, target="t-other")
    book.bearing(name, row=f"{name}-after", date="2025-03-01T00:00:01Z")
    book.case(name, clause, status="observed in target", listed={"new": set()})
    name = book.concept("withdrawn-sense", ["a", "b"])
    for sense in ("a", "b"):
        book.bearing(name, "source by both", sense=f"{name}-{sense}")
    book.decision(f"{name}-d", "withdrawal", name, sense=f"{name}-a")
    book.case("withdrawn-in-its-sense", clause, f"{name}--{name}-a--t", status="withdrawn")
    book.case("withdrawn-in-another-sense", clause, f"{name}--{name}-b--t", status="proposed")
    name = book.concept("withdrawn-every-sense", ["a", "b"])
    for sense in ("a", "b"):
        book.bearing(name, "source by both", sense=f"{name}-{sense}")
        book.case(f"withdrawn-every-sense-{sense}", clause, f"{name}--{name}-{sense}--t",
                  status="withdrawn")  # fmt: skip
    book.decision(f"{name}-d", "withdrawal", name)
    for kind, cells in (("transfer factor", {"factor": "climate", "asked": "true"}),
                        ("directness", {"directness": "low directness"})):  # fmt: skip
        name = _concept(book, f"not-withdrawn-by-{kind.replace(' ', '-')}")
        book.decision(f"{name}-d", kind, name, **cells)
        book.case(name, clause, status="proposed")


def _add_configurations(book: Book) -> None:
    clause = "What is carried: … or mechanism M contributed to outcome O in S"
    workspace = book.workspace
    workspace.add("outcomes", "outcome")
    workspace.add("mechanisms", "plain", concept="states-none")
    for state in ("met", "unmet"):
        workspace.add("mechanisms", f"needs-{state}", concept="states-none")
        book.requires(f"needs-{state}", state)
    for name, mechanism, bearings, needs, expect in (
        ("observed", "plain", ["target"], "", {"status": "observed in target"}),
        ("proposed", "plain", ["source by both"], "", {"status": "proposed"}),
        ("both", "plain", ["target", "source by both"], "", {"target": (1, 0), "studies": 1}),
        ("mechanism-met", "needs-met", ["source by both"], "", {"status": "preconditions met"}),
        ("mechanism-unmet", "needs-unmet", ["source by both"], "", {"status": "blocked"}),
        ("own-unmet", "plain", ["source by both"], "unmet", {"status": "blocked"}),
    ):
        name = f"link-{name}"
        workspace.add("configurations", name, label=name, mechanism=mechanism)
        for place in bearings:
            book.bearing(name, place)
        if needs:
            book.requires(name, needs)
        book.case(name, clause, **expect)
