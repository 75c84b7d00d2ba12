"""Screening: which record meets which criteria, at which stage, by whose decision.

Layer: appraisal. What people decided is read from the store; a verdict on a record is computed
from it, and never from one person's silence. Rules that a machine can read give proposals, which
decide nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.query import Rows, get_query, run_query
from kg.store import Store
from kg.terms import show_id

__all__ = [
    "STAGES",
    "Criterion",
    "Decision",
    "Record",
    "Report",
    "Screening",
    "ask",
    "list_decisions",
    "read_screening",
]

STAGES = ("title and abstract", "full text")
"""In the order in which they are gone through."""

_FIXED = ("study", "role", "stage", "overall")
_STAGE = {
    "screening-stage-title-and-abstract": STAGES[0],
    "screening-stage-full-text": STAGES[1],
}


@dataclass(frozen=True)
class Criterion:
    """A criterion, and the rule by which a machine can propose a verdict.

    Attributes:
        id: Id of the row.
        label: The criterion in a few words.
        years: First and last year that meet it; None where there is no such limit.
        designs: Designs that meet it; empty if the design doesn't decide.
        languages: Codes of the languages that meet it; empty if the language doesn't decide.
    """

    id: str
    label: str
    years: tuple[int | None, int | None] = (None, None)
    designs: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decision:
    """What one person decided on one record by one criterion at one stage."""

    id: str
    study: str
    criterion: str
    stage: str
    verdict: str
    by: str


@dataclass(frozen=True)
class Report:
    """A report of a record; "" or None where something is not known."""

    id: str
    year: int | None
    language: str
    read: str
    retrieval: str


@dataclass(frozen=True)
class Record:
    """A record: a row of studies, with its reports and the searches that found it."""

    id: str
    role: str
    found_for: str
    design: str
    reports: tuple[Report, ...]
    found_by: tuple[str, ...]


@dataclass(frozen=True)
class Screening:
    """Everything that the tables say on screening.

    Attributes:
        records: All records, by id.
        criteria: All criteria, by id.
        decisions: The decisions that count, by id.
        left_out: Table → number of its left-out rows, of the tables that are read here.
        doubtful: (record, stage) on which a left-out row decides; the stage is "" where the row
            doesn't tell it.
    """

    records: tuple[Record, ...]
    criteria: tuple[Criterion, ...]
    decisions: tuple[Decision, ...]
    left_out: Mapping[str, int]
    doubtful: frozenset[tuple[str, str]]

    @cached_property
    def _verdicts(self) -> dict[tuple[str, str, str], set[str]]:
        found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        for decision in self.decisions:
            found[decision.study, decision.stage, decision.criterion].add(decision.verdict)
        return dict(found)

    def asked(self, stage: str) -> tuple[Criterion, ...]:
        """Return the criteria that were applied to any record at a stage, by id."""
        applied = {d.criterion for d in self.decisions if d.stage == stage}
        return tuple(c for c in self.criteria if c.id in applied)

    def verdicts(self, study: str, stage: str, criterion: str) -> tuple[str, ...]:
        """Return the verdicts on a record by a criterion at a stage, sorted; more if people differ.

        "Not assessed" says that nobody has judged, so it doesn't stand beside a judgement.
        """
        found = self._verdicts.get((study, stage, criterion), set())
        return tuple(sorted(found - {"not assessed"} or found))

    def judge(self, study: str, stage: str) -> str:
        """Return the verdict on a record at a stage, "" if nobody judged it there.

        "does not meet" if one criterion is not met, and nobody says otherwise; "meets" if all that
        were asked at the stage are met; "unclear" if one is unclear or people differ; else "not
        assessed": one criterion has no verdict. "undetermined" if a left-out row decides on it.
        """
        found = [self.verdicts(study, stage, c.id) for c in self.asked(stage)]
        silent = all(v in ((), ("not assessed",)) for v in found)
        if self._is_doubtful(study, stage, silent=silent):
            return "undetermined"
        if silent:
            return ""
        if ("not met",) in found:
            return "does not meet"
        if all(v == ("met",) for v in found):
            return "meets"
        if any(v == ("unclear",) or len(v) > 1 for v in found):
            return "unclear"
        return "not assessed"

    def _is_doubtful(self, study: str, stage: str, *, silent: bool) -> bool:
        anywhere = (study, "") in self.doubtful
        return (study, stage) in self.doubtful or (anywhere and (not silent or stage == STAGES[0]))

    def failed(self, study: str, stage: str) -> tuple[Criterion, ...]:
        """Return the criteria that a record does not meet at a stage, by id."""
        return tuple(
            c for c in self.asked(stage) if self.verdicts(study, stage, c.id) == ("not met",)
        )

    def by(self, person: str) -> Screening:
        """Return the same with one person's decisions only."""
        own = tuple(d for d in self.decisions if d.by == person)
        return Screening(self.records, self.criteria, own, self.left_out, self.doubtful)


def ask(store: Store, name: str) -> Iterator[dict[str, str]]:
    """Yield the answer of a query of this kind, with ids for addresses."""
    rows = run_query(store, get_query("screening", name).text)
    for row in rows.rows:
        yield {
            column: show_id(value) if "://" in value and column not in _TEXTS else value
            for column, value in zip(rows.columns, row, strict=True)
        }


_TEXTS = ("label", "source", "title")


def read_screening(store: Store) -> Screening:
    """Return what a built store says on screening."""
    left_out: defaultdict[str, set[str]] = defaultdict(set)
    doubtful = set()
    for row in ask(store, "left-out"):
        left_out[row["table"]].add(row["row"])
        if row["study"]:
            doubtful.add((row["study"], _STAGE.get(row["stage"], "")))
    return Screening(
        tuple(_read_records(store)),
        tuple(_read_criteria(store)),
        tuple(
            Decision(
                row["decision"], row["study"], row["criterion"], _STAGE[row["stage"]],
                row["verdict"].removeprefix("verdict-").replace("-", " "), row["by"],
            )
            for row in ask(store, "decisions")
        ),
        {table: len(rows) for table, rows in left_out.items()},
        frozenset(doubtful),
    )  # fmt: skip


def _read_criteria(store: Store) -> Iterator[Criterion]:
    designs: defaultdict[str, set[str]] = defaultdict(set)
    for row in ask(store, "designs"):
        designs[row["criterion"]].add(_short(row["design"], "study-design-"))
    for row in ask(store, "criteria"):
        yield Criterion(
            row["criterion"],
            row["label"],
            (_number(row["first"]), _number(row["last"])),
            frozenset(designs[row["criterion"]]),
            frozenset(row["languages"].split()),
        )


def _read_records(store: Store) -> Iterator[Record]:
    reports, finds = defaultdict(list), defaultdict(list)
    for row in ask(store, "reports"):
        retrieval = _short(row["retrieval"], "retrieval-")
        read = _short(row["read"], "reading-depth-")
        reports[row["study"]].append(
            Report(row["report"], _number(row["year"]), row["language"], read, retrieval)
        )
    for row in ask(store, "finds"):
        finds[row["study"]].append(row["search"])
    for row in ask(store, "records"):
        yield Record(
            row["study"],
            row["role"],
            _short(row["found"], "found-for-"),
            _short(row["design"], "study-design-"),
            tuple(reports[row["study"]]),
            tuple(finds[row["study"]]),
        )


def _short(name: str, prefix: str) -> str:
    return name.removeprefix(prefix).replace("-", " ")


def _number(text: str) -> int | None:
    return int(text) if text else None


def list_decisions(screening: Screening, stage: str = "") -> Rows:
    """Return one row per (record, stage) with a verdict per criterion, sorted by both.

    Verdicts of people who differ stand side by side. A record that was found for source settings
    and that nobody has decided on has one row: "not screened", or "no decision" at the stage that
    is asked for.

    Args:
        screening: What the tables say.
        stage: Only this stage; "" for all.
    """
    stages = [s for s in STAGES if s == stage or not stage]
    asked = {c.id: c for s in stages for c in screening.asked(s)}
    labels = [*_FIXED, *(c.label for c in asked.values())]
    names = [c.label if labels.count(c.label) == 1 else c.id for c in asked.values()]
    rows = [
        row for record in screening.records for row in _rows(screening, record, stages, [*asked])
    ]
    return Rows((*_FIXED[:-1], *names, _FIXED[-1]), tuple(rows))


def _rows(
    screening: Screening, record: Record, stages: list[str], criteria: list[str]
) -> Iterator[tuple[str, ...]]:
    any_stage = False
    for stage in stages:
        cells = ["; ".join(screening.verdicts(record.id, stage, c)) for c in criteria]
        if any(cells):
            any_stage = True
            overall = screening.judge(record.id, stage) or "not assessed"
            yield (record.id, record.role, stage, *cells, overall)
    if not any_stage and record.found_for == "source settings":
        doubted = any(screening.judge(record.id, stage) for stage in stages)
        asked = stages[0] if len(stages) == 1 else ""
        overall = "undetermined" if doubted else "no decision" if asked else "not screened"
        yield (record.id, record.role, asked, *("" for _ in criteria), overall)
