"""The full table: polarity × modality × role × placement, for a concept and for a precondition.

One bearing alone decides each case. The small tables say what design section 6 says of each value;
a case is a row of their product.
"""

from collections.abc import Iterator
from itertools import product

from tests.synthesis.cases import LISTS, Book

__all__ = ["CELLS", "SIZE", "add_screened_out", "add_table"]

CLAUSE = (
    "supports → for; refutes, reported absent → against; mixed → both; no effect seen → neither, "
    "counted apart. Conjecture is shown, never counted; hedged counts. Source evidence from "
    "included and demonstration studies; target evidence from these and target-context evidence. "
    "If it can't be placed it counts for nothing and is listed."
)

FOR_AGAINST = {
    "supports": (1, 0),
    "refutes": (0, 1),
    "reported absent": (0, 1),
    "mixed": (1, 1),
    "no effect seen": (0, 0),
}
COUNTED = {"asserted": True, "hedged": True, "conjecture": False}
# Role of the study → where its evidence counts. A screened-out study bears on nothing: its
# bearing is a fault, see add_screened_out.
COUNTS_IN = {
    "included by the source review": ("target", "source"),
    "demonstration corpus": ("target", "source"),
    "target-context evidence": ("target",),
    "awaiting decision": (),
}
PLACE = {
    "target": "target",
    "source by setting": "source",
    "source by condition": "source",
    "source by both": "source",
    "not placed": "",
}

# What one bearing makes of a transfer without preconditions: (for, against) → status.
IN_TARGET = {
    (1, 0): "observed in target",
    (0, 1): "contradicted in target",
    (1, 1): "contested",
    (0, 0): "no basis",
}
FROM_SOURCE = {(1, 0): "proposed", (1, 1): "proposed", (0, 1): "no basis", (0, 0): "no basis"}
COUNTED_LISTS = ("here for", "here against", "elsewhere for", "elsewhere against")
STATE = {(1, 0): "met", (0, 1): "unmet", (1, 1): "contested", (0, 0): "unknown"}

CELLS = tuple(product(FOR_AGAINST, COUNTED, COUNTS_IN, PLACE))
SIZE = 5 * 3 * 4 * 5


def add_table(book: Book) -> None:
    """Add the table, once for a concept each and once for a precondition each."""
    concepts = [_name("c", cell) for cell in CELLS]
    for role, place in product(COUNTS_IN, PLACE):
        names = concepts if role == "target-context evidence" else ""
        book.study(_name("study", (role, place)), place, role=role, names=names)
        for modality in COUNTED:
            book.workspace.finding(
                _name("finding", (modality, role, place)),
                modality,
                study=_name("study", (role, place)),
                settings=book.PLACES[place][0],
            )
    book.concept("p-table")
    book.bearing("p-table", "source by setting")
    for cell in CELLS:
        polarity, modality, role, place = cell
        finding = _name("finding", (modality, role, place))
        concept, precondition = _name("c", cell), _name("p", cell)
        book.concept(concept)
        book.workspace.add("bearings", f"{concept}-b", finding=finding, towards=concept,
                           polarity=polarity)  # fmt: skip
        book.workspace.add("preconditions", precondition, label=precondition)
        book.workspace.add("bearings", f"{precondition}-b", finding=finding, towards=precondition,
                           polarity=polarity)  # fmt: skip
        book.requires("p-table", precondition=precondition)
        book.case(concept, CLAUSE, **dict(_expect_of_concept(cell, f"{concept}-b")))
        book.case(precondition, CLAUSE, "p-table--t", state=(precondition, _state(cell)))


def add_screened_out(book: Book) -> None:
    """Add the rows of the table for screened-out studies: the bearing is a fault and stays out.

    Each concept has sound source evidence beside it: without the bearing it would be *proposed*.
    """
    clause = "undetermined: a left-out row names the concept or a precondition"
    book.study("sound-study", "source by setting")
    book.workspace.finding("sound-finding", study="sound-study", settings="nb")
    for place in PLACE:
        book.study(_name("out", (place,)), place, role="screened out")
        for modality in COUNTED:
            book.workspace.finding(_name("out-finding", (modality, place)), modality,
                                   study=_name("out", (place,)),
                                   settings=book.PLACES[place][0])  # fmt: skip
    for polarity, modality, place in product(FOR_AGAINST, COUNTED, PLACE):
        finding = _name("out-finding", (modality, place))
        for kind in ("c", "p"):
            concept = topic = _name(f"out-{kind}", (polarity, modality, place))
            book.concept(concept)
            book.workspace.add("bearings", f"{concept}-sound", finding="sound-finding",
                               towards=concept)  # fmt: skip
            if kind == "p":
                topic = book.requires(concept)
            book.workspace.add("bearings", f"{concept}-b", finding=finding, towards=topic,
                               polarity=polarity)  # fmt: skip
            book.left_out("bearings", f"{concept}-b")
            book.case(concept, clause, status="undetermined")


def _name(prefix: str, cell: tuple[str, ...]) -> str:
    return "-".join([prefix, *cell]).replace(" ", "-")


def _counts(cell: tuple[str, str, str, str]) -> tuple[str, tuple[int, int]]:
    """Return where the bearing of a cell counts ("" for nowhere), and (for, against)."""
    polarity, modality, role, place = cell
    where = PLACE[place]
    if not COUNTED[modality] or where not in COUNTS_IN[role]:
        return "", (0, 0)
    return where, FOR_AGAINST[polarity]


def _state(cell: tuple[str, str, str, str]) -> str:
    where, sides = _counts(cell)
    return STATE[sides] if where == "target" else "unknown"


def _expect_of_concept(
    cell: tuple[str, str, str, str], bearing: str
) -> Iterator[tuple[str, object]]:
    where, sides = _counts(cell)
    yield "target", sides if where == "target" else (0, 0)
    yield "independent", 1 if where == "target" and sides != (0, 0) else 0
    yield "studies", sides[0] if where == "source" else 0
    status = {"target": IN_TARGET, "source": FROM_SOURCE}.get(where, {}).get(sides, "no basis")
    yield "status", status
    yield "carried", status != "no basis"
    yield "scope", "whole target" if status == "observed in target" else ""
    if status == "observed in target":
        yield "modality", cell[1]  # a whole target, one chain: the finding's own
    if status == "proposed":
        yield "modality", "hedged"  # unless observed in the whole target never above hedged
    counted = {key: set[str]() for key in COUNTED_LISTS}
    side = "here" if where == "target" else "elsewhere"
    counted |= {f"{side} for": {bearing}} if sides[0] else {}
    counted |= {f"{side} against": {bearing}} if sides[1] else {}
    others = {key: set[str]() for key in LISTS if key not in COUNTED_LISTS}
    if cell[2] == "awaiting decision":  # shown apart, whatever else there is to say of it
        others["awaiting"] = {bearing}
    elif sides == (0, 0):  # what is counted is in no other list
        reason = _only_reason(cell)
        others = others | {reason: {bearing}} if reason else {}
    yield "listed", counted | others


def _only_reason(cell: tuple[str, str, str, str]) -> str:
    """Return under which name a bearing is shown that isn't counted.

    "" where there are several reasons, or where the design doesn't say that it is shown: evidence
    found for the target context that turns out to lie outside it.
    """
    polarity, modality, role, place = cell
    if role == "target-context evidence" and place != "target":
        return ""
    reasons = [
        *(["conjecture"] if modality == "conjecture" else []),
        *(["no effect"] if polarity == "no effect seen" else []),
        *(["not placed"] if place == "not placed" else []),
    ]
    return reasons[0] if len(reasons) == 1 else ""
