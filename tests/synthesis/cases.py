"""What a case of the carry rule is, and how a store is compared with it.

A case is one transfer (or its absence) and what design section 6 says about it. Expected values
are written by hand beside the clause they come from; nothing here works the rule out again.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from pyoxigraph import NamedNode, Store

from kg.synthesis import carry, read_transfers
from kg.synthesis.carry import Transfer
from tests.workspaces import Workspace, minimal

__all__ = ["LISTS", "Book", "Case", "Seen", "compare", "find_failing", "look", "open_copy"]

QES = "https://w3id.org/qes-kg/"

# The bearings that a transfer shows, counted or not: name in a case → property of the transfer.
LISTS = {
    "conjecture": "showsConjecture",
    "no effect": "showsNoEffect",
    "other kind": "showsBeside",
    "awaiting": "showsAwaiting",
    "presupposes": "showsPresupposing",
    "not placed": "cannotPlace",
    "new": "newSinceDecision",
    # what is counted
    "here for": "hasTargetEvidenceFor",
    "here against": "hasTargetEvidenceAgainst",
    "elsewhere for": "hasSourceEvidenceFor",
    "elsewhere against": "hasSourceEvidenceAgainst",
}


@dataclass(frozen=True)
class Case:
    """One transfer and what is to be said of it.

    Attributes:
        id: Readable, unique.
        clause: The words of design section 6 that decide it.
        transfer: Id of the transfer.
        expect: Name of what is looked at → the value by hand; see :func:`compare`.
    """

    id: str
    clause: str
    transfer: str
    expect: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass
class Book:
    """A workspace under construction, with the cases that it holds.

    The furniture is the same in every workspace: conditions, settings and populations with the
    ids below, and the target ``t``: personal communities of people with the condition ``ltc``.
    """

    workspace: Workspace = field(default_factory=Workspace)
    cases: list[Case] = field(default_factory=list)
    expected_out: set[tuple[str, str]] = field(default_factory=set)  # (table, row) left out

    # Where evidence can come from: (settings, population) as seen from the target t.
    PLACES: ClassVar[dict[str, tuple[str, str]]] = {
        "target": ("pc", "p-ltc"),
        "source by setting": ("nb", "p-ltc"),
        "source by condition": ("pc", "p-cold"),
        "source by both": ("nb", "p-cold"),
        "not placed": ("pc", "p-unknown"),
    }

    def __post_init__(self) -> None:
        """Add the furniture."""
        self.workspace = workspace = minimal()
        for table in ("bearings", "findings", "studies", "concepts", "preconditions", "targets"):
            workspace.tables[table].clear()
        for row, label, broader in (
            ("ltc", "long-term condition", ""),
            ("diabetes", "diabetes", "ltc"),
            ("t2d", "type 2 diabetes", "diabetes"),
            ("lupus", "lupus", "ltc"),
            ("cold", "common cold", ""),
        ):
            workspace.add("conditions", row, label=label, broader=broader)
        for row, kind in (
            ("pc", "personal community"),
            ("nb", "neighbourhood"),
            ("org", "organisation"),
            ("unknown-kind", "not reported"),
        ):
            workspace.add("settings", row, label=row, kind=kind)
        for condition in ("ltc", "diabetes", "t2d", "lupus", "cold"):
            workspace.add("populations", f"p-{condition}", label=f"people with {condition}",
                          has_condition=condition)  # fmt: skip
        workspace.add("populations", "p-unknown", has_condition="not reported")
        workspace.add("populations", "p-women", label="women with ltc", has_condition="ltc")
        workspace.add("populations", "p-women-t2d", label="women with t2d", has_condition="t2d")
        workspace.add("reports", "synthesis-report")
        workspace.edit("reviews", "synthesis", report="synthesis-report")
        self.target("t")

    def target(self, row: str, setting: str = "pc", population: str = "p-ltc",
               **cells: str | Collection[str]) -> None:  # fmt: skip
        """Add a target: personal communities of people with ltc unless said otherwise."""
        self.workspace.add("targets", row, label=f"target {row}", setting=setting,
                           population=population, **cells)  # fmt: skip

    def concept(self, row: str, senses: Collection[str] = ()) -> str:
        """Add a concept; its senses are ``<concept>-<sense>``."""
        self.workspace.add("concepts", row, label=f"concept {row}")
        for sense in senses:
            self.workspace.add("senses", f"{row}-{sense}", concept=row, label=f"{row} {sense}")
        return row

    def study(self, row: str, place: str = "target", **cells: str | Collection[str]) -> str:
        """Add a study whose sample is that of the place."""
        return self.workspace.study(row, **{"populations": self.PLACES[place][1], **cells})

    def bearing(self, towards: str, place: str = "target", polarity: str = "supports",
                modality: str = "asserted", *, row: str = "", role: str = "demonstration corpus",
                study: str = "", settings: str | Collection[str] = "?", population: str = "",
                applies_to: str = "", read: str = "abstract only", authors: str = "not reported",
                study_cells: Mapping[str, str | Collection[str]] | None = None,
                **cells: str | bool) -> str:  # fmt: skip
        """Add study, finding and bearing, ``<row>-study``, ``<row>-finding``, ``<row>``.

        Args:
            towards: Topic that the finding bears on.
            place: One of PLACES.
            polarity: Polarity towards the topic.
            modality: Modality of the finding.
            row: Id of the bearing; ``<towards>-b<n>`` if none is given.
            role: Role of the study.
            study: A study that is there already.
            settings: Settings of the finding, if not the place's.
            population: Sample of the study, if not the place's.
            applies_to: Population that the finding applies to.
            read: Reading depth of the study's report.
            authors: Authors of the study's report.
            study_cells: Further cells of the study.
            cells: Further cells of the bearing.
        """
        rows = self.workspace.tables["bearings"]
        row = row or f"{towards}-b{1 + sum(r['towards'] == towards for r in rows.values())}"
        if not study:
            study = self.study(f"{row}-study", place, role=role, read=read, authors=authors,
                               **({"populations": population} if population else {}),
                               **(study_cells or {}))  # fmt: skip
        settings = self.PLACES[place][0] if settings == "?" else settings
        finding = self.workspace.finding(f"{row}-finding", modality, study=study,
                                         settings=settings, applies_to=applies_to)  # fmt: skip
        return self.workspace.add("bearings", row, finding=finding, towards=towards,
                                  polarity=polarity, **cells)  # fmt: skip

    def precondition(self, row: str, state: str = "unknown") -> str:
        """Add a precondition with target evidence that puts it into a state."""
        self.workspace.add("preconditions", row, label=f"state {row}")
        for polarity in {"met": ["supports"], "unmet": ["refutes"], "unknown": [],
                         "contested": ["supports", "refutes"]}[state]:  # fmt: skip
            self.bearing(row, polarity=polarity)
        return row

    def requires(self, what: str, state: str = "unknown", precondition: str = "",
                 **cells: str) -> str:  # fmt: skip
        """Let a topic require a new precondition in a state (or one that is there already)."""
        rows = self.workspace.tables.get("requires", {})
        number = 1 + sum(r["what"] == what for r in rows.values())
        precondition = precondition or self.precondition(f"{what}-p{number}", state)
        self.workspace.add("requires", f"{what}-r{number}", what=what, precondition=precondition,
                           **cells)  # fmt: skip
        return precondition

    def decision(self, row: str, kind: str, what: str, **cells: str) -> str:
        """Add a signed, dated decision on a transfer to the target t."""
        return self.workspace.add("decisions", row, kind=kind, what=what,
                                  **{"target": "t", **cells})  # fmt: skip

    def left_out(self, *places: str) -> None:
        """Say which rows have to stay out: table, row, table, row and so on."""
        self.expected_out |= set(zip(places[::2], places[1::2], strict=True))

    def case(self, name: str, clause: str, transfer: str = "", **expect: object) -> None:
        """Add a case; the transfer is that of the concept ``name`` to ``t`` unless given.

        Keywords name what is expected, with ``_`` for a space.
        """
        values = {k.replace("_", " "): v for k, v in expect.items()}
        self.cases.append(Case(name, clause, transfer or f"{name}--t", values))


def open_copy(store: Store) -> Store:
    """Return a copy in memory of a built store, without what was carried."""
    copy = Store()
    skipped = ("/carried", "/set-aside")
    copy.bulk_extend(
        quad
        for quad in store
        if not (isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith(skipped))
    )
    return copy


def find_failing(store: Store, cases: Collection[Case]) -> list[str]:
    """Run the carry stages on a store in memory and return the ids of the cases that fail.

    What the stages should have kept to themselves is named too.

    Carried graphs of an earlier run are replaced, so one copy serves for many runs.
    """
    carry(store)
    seen = look(store)
    return [case.id for case in cases if compare(seen, case)] + sorted(seen.leaks)


@dataclass(frozen=True)
class Seen:
    """What a carry run left in a store.

    Attributes:
        transfers: The transfers by id.
        twice: Ids of transfers that are told more than once (with two statuses, say).
        listed: (transfer, name in LISTS) → bearings.
        leaks: Properties of the stages' own bookkeeping that were written with the transfers.
    """

    transfers: Mapping[str, Transfer]
    twice: Collection[str]
    listed: Mapping[tuple[str, str], Collection[str]]
    leaks: Collection[str]


def look(store: Store) -> Seen:
    """Return what a carry run left in a store."""
    found = read_transfers(store)
    transfers = {t.id: t for t in found}
    twice = {id_ for id_, number in Counter(t.id for t in found).items() if number > 1}
    iris = {t.iri: t.id for t in transfers.values()}
    listed = defaultdict(set)
    for name, predicate in LISTS.items():
        for quad in store.quads_for_pattern(None, NamedNode(QES + predicate), None, None):
            if quad.subject.value in iris:
                listed[iris[quad.subject.value], name].add(local(quad.object.value))
    leaks = {
        predicate
        for graph in {t.graph for t in found}
        for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))
        if (predicate := quad.predicate.value).startswith(QES + "working/")
    }
    return Seen(transfers, twice, listed, leaks)


def local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def compare(seen: Seen, case: Case) -> list[str]:
    """Return what differs from the case, one sentence a difference; empty if nothing does."""
    transfer = seen.transfers.get(case.transfer)
    if case.expect.get("absent"):
        return [f"{case.transfer} is there"] if transfer else []
    if case.transfer in seen.twice:
        return [f"{case.transfer} is told more than once"]
    if transfer is None:
        return [f"{case.transfer} is not there"]
    differences = []
    for name, expected in case.expect.items():
        got = _get(name, expected, transfer, seen)
        if got != expected:
            differences.append(f"{name}: expected {expected!r}, got {got!r}")
    return differences


def _get(name: str, expected: object, transfer: Transfer, seen: Seen) -> object:
    """Return what a transfer says, in the form in which a case says it."""
    match name:
        case "target":
            return transfer.target_evidence["for"], transfer.target_evidence["against"]
        case "independent":
            return transfer.target_evidence["independent"]
        case "studies":
            return transfer.source["studies"]
        case "statements":
            return transfer.source["review_statements"]
        case "parts":
            return set(transfer.parts)
        case "states":  # every precondition of the transfer
            return {p["id"]: p["state"] for p in transfer.preconditions}
        case "state":  # (precondition, state): one of them
            assert isinstance(expected, tuple)
            return expected[0], {p["id"]: p["state"] for p in transfer.preconditions}.get(
                expected[0]
            )
        case "near misses":  # (finding, label) of all of them
            return {(n["finding"], n["label"]) for n in transfer.near_misses}
        case "near miss":  # (finding, label): one of them
            found = {(n["finding"], n["label"]) for n in transfer.near_misses}
            return expected if expected in found else found
        case "confidence":
            return {c["review_finding"]: c["level"] for c in transfer.confidence}
        case "listed":  # list → bearings, for each list that the case names
            assert isinstance(expected, dict)
            return {key: set(seen.listed.get((transfer.id, key), ())) for key in expected}
        case "says":  # words that stand in the sentence
            return expected if str(expected) in transfer.sentence else transfer.sentence
        case "unsaid":  # words that don't
            return transfer.sentence if str(expected) in transfer.sentence else expected
        case "left out":  # "table row number": one of them
            return expected if expected in transfer.left_out else transfer.left_out
        case "status" | "modality" | "scope" | "read" | "generalisation" | "carried":
            return getattr(transfer, name)
    raise AssertionError(f"a case can't expect {name!r}")
