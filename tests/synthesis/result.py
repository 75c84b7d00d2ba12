"""What is said with a status: modality, scope, sentence, reading depth, confidence, kind."""

from tests.synthesis.cases import Book

__all__ = ["add_results"]


def add_results(book: Book) -> None:
    """Add everything below."""
    _add_modality(book)
    _add_scope(book)
    _add_read(book)
    _add_confidence(book)
    _add_generalisation(book)


def _add_modality(book: Book) -> None:
    clause = (
        "Along one chain the weakest modality holds, between independent chains the strongest; "
        "unless observed in the whole target never above hedged; a carried statement of a source "
        "review never above that statement's own (section 5, 6)"
    )
    here, part, elsewhere = "p-ltc", "p-t2d", "p-cold"
    for name, bearings, statements, modality in (
        # (population, modality of the finding) …, (modality of the statement, target) …
        ("whole-asserted", [(here, "asserted")], [], "asserted"),
        ("whole-hedged", [(here, "hedged")], [], "hedged"),
        ("whole-strongest", [(here, "hedged"), (here, "asserted")], [], "asserted"),
        ("whole-strongest-other-order", [(here, "asserted"), (here, "hedged")], [], "asserted"),
        ("part-asserted", [(part, "asserted")], [], "hedged"),
        ("part-hedged", [(part, "hedged")], [], "hedged"),
        ("elsewhere-asserted", [(elsewhere, "asserted")], [], "hedged"),
        ("elsewhere-hedged", [(elsewhere, "hedged")], [], "hedged"),
        ("elsewhere-does-not-lift", [(here, "hedged"), (elsewhere, "asserted")], [], "hedged"),
        ("conjecture-does-not-lower", [(here, "asserted"), (here, "conjecture")], [], "asserted"),
        ("statement-asserted", [], [("asserted", "")], "hedged"),
        ("statement-hedged", [], [("hedged", "")], "hedged"),
        # a statement about T is what is carried: never above its own
        ("cap-hedged", [(here, "asserted")], [("hedged", "t")], "hedged"),
        ("cap-conjecture", [(here, "asserted")], [("conjecture", "t")], "conjecture"),
        ("cap-conjecture-elsewhere", [(elsewhere, "asserted")], [("conjecture", "t")],
         "conjecture"),
        ("cap-asserted", [(here, "asserted")], [("asserted", "t")], "asserted"),
        ("cap-of-another-target", [(here, "asserted")], [("conjecture", "t-other")],
         "asserted"),
    ):  # fmt: skip
        name = book.concept(f"modality-{name}")
        for population, modality_of_finding in bearings:
            book.bearing(name, modality=modality_of_finding, population=population)
        for modality_of_statement, target in statements:
            book.workspace.statement(f"{name}-s", modality_of_statement, about=name, target=target,
                                     role="transfer" if target else "finding")  # fmt: skip
        book.case(name, clause, modality=modality)

    clause = "The review's hedged statement about T is what is carried"
    book.workspace.add("configurations", "link-hedged", mechanism="plain", modality="hedged",
                       cue="may", statements="link-hedged-s")  # fmt: skip
    book.workspace.statement("link-hedged-s", "hedged", role="transfer", about="link-hedged",
                             target="t")  # fmt: skip
    book.bearing("link-hedged")
    book.case("link-hedged", clause, status="observed in target", modality="hedged", statements=0)

    book.workspace.add("configurations", "link-hedged-by-itself", mechanism="plain",
                       modality="hedged", cue="may")  # fmt: skip
    book.bearing("link-hedged-by-itself")
    book.case("link-hedged-by-itself", "Along one chain the weakest modality holds",
              status="observed in target", modality="hedged")  # fmt: skip

    clause = "a carried statement of a source review never above that statement's own"
    book.concept("cap-sense", ["a", "b"])
    for sense, modality in (("a", "hedged"), ("b", "asserted")):
        book.bearing("cap-sense", sense=f"cap-sense-{sense}")
        book.case(f"modality-cap-in-sense-{sense}", clause, f"cap-sense--cap-sense-{sense}--t",
                  modality=modality)  # fmt: skip
    book.workspace.statement("cap-sense-s", "hedged", about="cap-sense", sense="cap-sense-a",
                             target="t", role="transfer")  # fmt: skip
    book.bearing(book.concept("cap-finding"))
    book.workspace.statement("cap-finding-s", "hedged", about="cap-finding", target="t")
    book.case("cap-finding", clause, modality="hedged")

    clause = "One generated sentence per carried claim keeps the hedge"
    book.bearing(book.concept("says-may"), "source by both")
    book.case("says-may", clause, says="may")
    book.bearing(book.concept("says-may-in-target"), modality="hedged")
    book.case("says-may-in-target", clause, says="may")
    book.bearing(book.concept("says-depth"), "source by both")
    book.case("says-depth", clause, says="1 study elsewhere (abstract only)")


def _add_scope(book: Book) -> None:
    clause = "scope whole, or part of the target: … (named)"
    for name, populations, scope, parts in (
        ("whole", ["p-ltc"], "whole target", set()),
        ("part", ["p-lupus"], "part of the target", {"lupus"}),
        ("two-parts", ["p-lupus", "p-t2d"], "part of the target", {"lupus", "type 2 diabetes"}),
        ("part-and-whole", ["p-lupus", "p-ltc"], "whole target", set()),
    ):
        name = book.concept(f"scope-{name}")
        for population in populations:
            book.bearing(name, population=population)
        words = {"says": "lupus"} if "lupus" in parts else {}
        book.case(name, clause, status="observed in target", scope=scope, parts=parts, **words)
    book.bearing(book.concept("scope-of-what-is-against"), population="p-lupus", polarity="refutes")
    book.case("scope-of-what-is-against", clause, status="contradicted in target", scope="")


def _add_read(book: Book) -> None:
    clause = 'the least reading depth on its chain ("abstract only")'
    depths = ("full text", "abstract only", "abstract or record page only", "record page only",
              "not read")  # fmt: skip
    for number, depth in enumerate(depths):
        name = book.concept(f"read-{depth.replace(' ', '-')}")
        book.bearing(name, "source by both", read=depth)
        book.case(name, clause, read=depth)
        for less in depths[number + 1 :]:
            name = book.concept(f"read-{depth}-and-{less}".replace(" ", "-"))
            book.bearing(name, "source by both", read=depth)
            book.bearing(name, "target", read=less)
            book.case(name, clause, read=less)
    book.bearing(book.concept("read-off-the-chain"), "source by both", read="full text")
    book.bearing("read-off-the-chain", "not placed", read="not read")
    book.case("read-off-the-chain", clause, read="full text")
    book.bearing(book.concept("read-of-statement"), "source by both", read="full text")
    book.workspace.statement("read-of-statement-s", about="read-of-statement")
    book.case("read-of-statement", clause, read="abstract only")


def _add_confidence(book: Book) -> None:
    clause = "the review findings it rests on, each with its own level or not assessed: why"
    workspace = book.workspace
    level = {
        "not_assessed": "",
        "explanation": "Four concerns weighed.",
        **{c: "minor concern" for c in ("methodological_limitations", "coherence", "adequacy",
                                        "relevance")},
        **{f"{c}_reason": "few" for c in ("methodological_limitations", "coherence", "adequacy",
                                          "relevance")},
    }  # fmt: skip
    book.bearing(book.concept("level"), "source by both")
    for row, cells in (
        ("high", {"level": "high confidence", **level}),
        ("low", {"level": "low confidence", **level}),
        ("none", {"not_assessed": "studies unknown"}),
    ):
        workspace.add("review-findings", f"level-{row}", about="level")
        workspace.add("confidence", f"level-{row}-c", **{
            "review_finding": f"level-{row}", **cells})  # fmt: skip
    book.case("level", clause, confidence={
        "level-high": "high confidence",
        "level-low": "low confidence",
        "level-none": "not assessed: studies unknown",
    })  # fmt: skip
    book.bearing(book.concept("level-of-nothing"), "source by both")
    book.case("level-of-nothing", clause, confidence={})

    book.concept("level-sense", ["a", "b"])
    for sense in ("a", "b"):
        book.bearing("level-sense", "source by both", sense=f"level-sense-{sense}")
    workspace.add("review-findings", "rf-sense", about="level-sense",
                  sense="level-sense-a")  # fmt: skip
    workspace.add("confidence", "rf-sense-c", review_finding="rf-sense")
    book.case("level-in-its-sense", clause, "level-sense--level-sense-a--t",
              confidence={"rf-sense": "not assessed: nobody asked"})  # fmt: skip
    book.case("level-in-another-sense", clause, "level-sense--level-sense-b--t",
              confidence={})  # fmt: skip


def _add_generalisation(book: Book) -> None:
    clause = "kind of generalisation (theoretical / empirical)"
    for name, bearings, kind in (
        ("for", [("target", "supports")], "empirical"),
        ("against", [("target", "refutes")], "empirical"),
        ("contested", [("target", "mixed")], "empirical"),
        ("elsewhere", [("source by both", "supports")], "theoretical"),
        ("no-effect", [("source by both", "supports"), ("target", "no effect seen")],
         "theoretical"),
    ):  # fmt: skip
        name = book.concept(f"generalisation-{name}")
        for place, polarity in bearings:
            book.bearing(name, place, polarity)
        book.case(name, clause, generalisation=kind)
