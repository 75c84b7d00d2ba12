"""Which status holds where the conditions of two hold: the pairs of the ten, in design's order.

Each status has an ingredient: the rows that by themselves would make it. A case mixes two.
"""

from itertools import combinations

from tests.synthesis.cases import Book

__all__ = ["ORDER", "PAIRS", "add_pairs", "add_single", "add_undetermined_pairs"]

CLAUSE = "Status, first that holds"

ORDER = (
    "withdrawn",
    "undetermined",
    "contested",
    "contradicted in target",
    "observed in target",
    "no basis",
    "blocked",
    "preconditions contested",
    "preconditions met",
    "proposed",
)
PAIRS = tuple(combinations(ORDER, 2))

# The earlier of two holds, but for this pair: evidence for beside evidence against is neither.
OTHERWISE = {("contradicted in target", "observed in target"): "contested"}


def _mix(book: Book, concept: str, statuses: tuple[str, ...]) -> None:
    """Add a concept with the ingredients of some statuses."""
    book.concept(concept)
    if "no basis" in statuses:
        book.bearing(concept, "source by setting", "refutes")
    else:
        book.bearing(concept, "source by setting")
    for status in statuses:
        match status:
            case "withdrawn":
                book.decision(f"{concept}-d", "withdrawal", concept)
            case "undetermined":
                row = book.bearing(concept, polarity="supprots", row=f"{concept}-misspelt")
                book.left_out("bearings", row)
            case "contested":
                book.bearing(concept)
                book.bearing(concept, polarity="refutes")
            case "contradicted in target":
                book.bearing(concept, polarity="refutes")
            case "observed in target":
                book.bearing(concept)
            case "blocked":
                book.requires(concept, "unmet")
            case "preconditions contested":
                book.requires(concept, "contested")
            case "preconditions met":
                book.requires(concept, "met")


def add_single(book: Book) -> None:
    """Add each status by itself, but *undetermined*, which needs a fault."""
    for status in ORDER:
        if status != "undetermined":
            name = f"only-{status.replace(' ', '-')}"
            _mix(book, name, (status,))
            book.case(name, CLAUSE, status=status, carried=status != "no basis")


def add_pairs(book: Book) -> None:
    """Add the pairs without *undetermined*."""
    _add(book, [pair for pair in PAIRS if "undetermined" not in pair])


def add_undetermined_pairs(book: Book) -> None:
    """Add the pairs with *undetermined*: a misspelt bearing beside everything else."""
    _add(book, [pair for pair in PAIRS if "undetermined" in pair])


def _add(book: Book, pairs: list[tuple[str, str]]) -> None:
    for pair in pairs:
        name = "-over-".join(pair).replace(" ", "-")
        _mix(book, name, pair)
        book.case(name, CLAUSE, status=OTHERWISE.get(pair, pair[0]))
