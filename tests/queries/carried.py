"""Cases of carrying that only show when one pattern of a stage is missing.

They stand beside the case table of tests/synthesis, in its form, and were found by deleting
patterns: what a bearing is *not* shown as, and what the carried graphs must not hold.
"""

from pyoxigraph import Store

from kg.query import run_query
from tests.synthesis.cases import Book
from tests.synthesis.evidence import add_sub_kinds

__all__ = ["find_misplaced", "get_more"]

NEAR = (
    "Near misses are labels on source evidence: setting only · condition only · broader setting · "
    "broader condition · different sense"
)
SHOWN = (
    "Shown beside and never counted: measured associations, evidence that presupposes the concept, "
    "studies awaiting decision, target-context evidence on a concept that its text does not name"
)

# The ontology's domains and ranges hold in the carried graphs; what rests on a precondition's
# state is evidence in the target, never from elsewhere.
_MISPLACED = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT DISTINCT ?node ?property ?value
WHERE {
  ?some a qes:TargetContext .
  VALUES ?end { "/carried" "/set-aside" }
  BIND (IRI(CONCAT(STR(?some), ?end)) AS ?graph)
  {
    ?property rdfs:domain ?domain .
    GRAPH ?graph { ?node ?property ?value }
    MINUS {
      GRAPH ?graph { ?node a ?class }
      ?domain (owl:unionOf/rdf:rest*/rdf:first)? ?class .
    }
  }
  UNION
  {
    ?property rdfs:range ?wanted .
    GRAPH ?graph { ?node ?property ?value }
    FILTER (isIRI(?value))
    MINUS {
      { ?value a ?class } UNION { GRAPH ?any { ?value a ?class } }
      ?class rdfs:subClassOf* ?wanted .
    }
  }
  UNION
  {
    GRAPH ?graph { ?node a qes:PreconditionState ; ?property ?value }
    FILTER (STRSTARTS(STR(?property), STR(qes:hasSource)))
  }
}
ORDER BY ?node ?property ?value
"""


def find_misplaced(store: Store) -> list[tuple[str, ...]]:
    """Return (node, property, value) of what stands in a carried graph and doesn't belong there."""
    return list(run_query(store, _MISPLACED).rows)


def get_more() -> Book:
    """Return a workspace with the cases; one row of it stays out."""
    book = Book()
    add_sub_kinds(book)
    book.target("t-t2d", population="p-t2d")
    book.target("t-couple", setting="couple")
    book.workspace.add("populations", "p-both", has_condition=["t2d", "diabetes"])
    _add_near(book)
    _add_other_sense(book)
    _add_shown(book)
    _add_rest(book)
    return book


def _add_near(book: Book) -> None:
    for name, settings, population, target, label in (
        # one of two settings, one of two conditions fits: what is broader beside it is no label
        ("near-kind-and-broader", "couple;household", "p-cold", "t-couple", "setting only"),
        ("near-condition-and-broader", "nb", "p-both", "t-t2d", "condition only"),
        # its setting is that of another target, and only broader than this one's
        ("near-kind-of-another", "pc", "p-cold", "t-couple", "broader setting"),
    ):
        row = book.bearing(book.concept(name), settings=settings, population=population)
        book.case(name, NEAR, f"{name}--{target}", near_misses={(f"{row}-finding", label)})


def _add_other_sense(book: Book) -> None:
    """Another sense is one label, wherever the evidence comes from."""
    for name, settings, population, target in (
        ("setting-only", "pc", "p-cold", "t"),
        ("condition-only", "nb", "p-ltc", "t"),
        ("broader-setting", "pc", "p-cold", "t-couple"),
        ("broader-condition", "pc", "p-diabetes", "t-t2d"),
    ):
        name = f"other-sense-{name}"
        book.concept(name, ["a", "b"])
        row = book.bearing(name, settings=settings, population=population, sense=f"{name}-a")
        book.case(name, NEAR, f"{name}--{name}-b--{target}",
                  near_misses={(f"{row}-finding", "different sense")})  # fmt: skip


def _add_shown(book: Book) -> None:
    awaiting = {"role": "awaiting decision"}
    for name, cells, listed in (
        ("awaiting-measured", {"kind": "measured association", **awaiting}, "other kind"),
        ("awaiting-presupposing", {"presupposes": True, **awaiting}, "presupposes"),
    ):
        row = book.bearing(book.concept(name), **cells)
        book.case(name, SHOWN, listed={"awaiting": {row}, listed: set()})
    row = book.bearing(book.concept("unnamed"), role="target-context evidence")
    book.case("unnamed", SHOWN, listed={"other kind": {row}, "not placed": set()})


def _add_rest(book: Book) -> None:
    book.bearing(book.concept("background-beside"))
    book.workspace.statement("background-beside-s", "hedged", role="background", target="t",
                             about="background-beside")  # fmt: skip
    book.case("background-beside", "never above the review's own statement about the target: what "
              "it gives as background is not its statement", status="observed in target",
              modality="asserted")  # fmt: skip
    book.concept("silent-concept")
    book.case("silent-concept", "asks about; empty means everything that evidence bears on",
              absent=True)  # fmt: skip
    # For find_misplaced: a state, unlike a transfer, has no evidence from elsewhere.
    book.bearing(book.precondition("elsewhere-p"), "source by both", "mixed")
    # ... and nothing is counted for it, nor is it said how much of its reports was read.
    book.precondition("counted-p", "contested")
    book.bearing("counted-p", "source by both")
    row = book.bearing(book.concept("only-left-out"), polarity="supprots")
    book.left_out("bearings", row)
    book.case("only-left-out", "undetermined: a left-out row names the concept",
              status="undetermined")  # fmt: skip
