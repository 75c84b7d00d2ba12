"""The questions and the cases that each of them has to answer, built once and kept in memory.

A case is one question asked of one store: the shipped case (its answer is the ``.csv`` beside the
query), the shipped case with one cell edited (``.change.yaml``), and a small workspace of our own
(:mod:`tests.queries.small`). The mutation script asks the same cases with other query texts.
"""

import csv
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from pyoxigraph import Store

from kg.query import Rows, run_query
from kg.workspace.build import build
from tests.queries.small import ANSWERS, LEFT_OUT_ANSWERS, left_out, small

__all__ = [
    "CASE",
    "QUESTIONS",
    "STEMS",
    "Case",
    "Change",
    "add_change",
    "ask",
    "cases",
    "failing",
    "get_store",
    "read_answer",
    "read_change",
    "read_text",
]

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "queries" / "questions"
CASE = ROOT / "data" / "collective-efficacy"

STEMS = (
    "appraisals",
    "carried-claims",
    "central-elements",
    "eligibility",
    "management-path",
    "memos",
    "non-intense-ties",
    "outcomes-individual-or-collective",
    "personal-communities",
    "searches",
    "senses-and-theories",
    "settings-studied",
    "social-network-support",
    "stances",
    "study-relations",
    "third-order-constructs",
)

# Changes that are made in one copy do not reach one another's questions. Statement 10 and the
# setting of apps2017 are apart because carried claims read them.
_APART = ("personal-communities", "social-network-support")
COPIES = {"changed": tuple(s for s in STEMS if s not in _APART), "changed elsewhere": _APART}

# How an answer is sorted: columns that are compared by code point, the first first.
SORTED_BY = {
    "appraisals": ("study", "tool", "item", "by"),
    "carried-claims": ("id",),
    "central-elements": ("element", "polarity", "study", "finding"),
    "eligibility": ("study",),
    "management-path": ("step", "statement"),
    "memos": ("memo",),
    "non-intense-ties": ("polarity", "study", "source"),
    "outcomes-individual-or-collective": ("study", "outcome"),
    "personal-communities": ("kind", "study", "population"),
    "searches": ("search",),
    "senses-and-theories": ("in",),
    "settings-studied": ("kind",),
    "social-network-support": ("locator",),
    "stances": ("person", "stance"),
    "study-relations": ("relation",),
    "third-order-constructs": ("construct", "link", "thing", "under"),
}

# Text that does not sort by code point: a place in the chain, the first offset of a range.
_PLACES = {"statement": 1, "translation": 1, "second-order construct": 2, "finding": 3}

Row = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One edited cell, and what it does to the answer."""

    table: str
    id: str
    column: str
    value: str
    removed: tuple[Row, ...]
    added: tuple[Row, ...]


@dataclass(frozen=True)
class Case:
    """A question, the name of a store that it is asked of, and the rows that have to come."""

    stem: str
    store: str
    rows: tuple[Row, ...] = field(repr=False)

    @property
    def id(self) -> str:
        """Return a readable name."""
        return f"{self.stem}: {self.store}"


def read_text(stem: str) -> str:
    """Return the text of a question's query."""
    return (QUESTIONS / f"{stem}.rq").read_text(encoding="utf-8")


def read_answer(stem: str) -> tuple[Row, tuple[Row, ...]]:
    """Return the columns and the rows of the answer that was worked by hand."""
    with (QUESTIONS / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = map(tuple, csv.reader(file))
    return columns, tuple(rows)


def read_change(stem: str) -> Change:
    """Return the change case of a question."""
    text = (QUESTIONS / f"{stem}.change.yaml").read_text(encoding="utf-8")
    cells = yaml.safe_load(text)
    rows = {key: tuple(map(tuple, cells.pop(key))) for key in ("removed", "added")}
    return Change(**cells, **rows)


def add_change(stem: str) -> tuple[Row, ...]:
    """Return the rows after the change, sorted as the answer is."""
    columns, rows = read_answer(stem)
    change = read_change(stem)
    kept = list(rows)
    for row in change.removed:
        kept.remove(row)
    by = [columns.index(name) for name in SORTED_BY[stem]]

    def key(row: Row) -> list[tuple[int, str]]:
        return [_key(columns[i], row[i]) for i in by]

    assert list(rows) == sorted(rows, key=key), f"{stem}.csv is not sorted as it says"
    return tuple(sorted([*kept, *change.added], key=key))


def _key(column: str, value: str) -> tuple[int, str]:
    if column == "link":
        return _PLACES[value], ""
    if column == "locator":
        return int(value.partition("-")[0]), ""
    return 0, value


def _edit(folder: Path, change: Change) -> None:
    path = folder / "tables" / f"{change.table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    found = [row for row in rows if row[header.index("id")] == change.id]
    assert len(found) == 1, f"{change.table} has {len(found)} rows {change.id}"
    assert found[0][header.index(change.column)] != change.value
    found[0][header.index(change.column)] = change.value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def _build(folder: Path, out: tuple[tuple[str, int], ...] = ()) -> Store:
    """Return the store of a workspace, copied into memory; no other row may be left out."""
    built = build(folder)
    assert built.left_out == out, [str(fault) for fault in built.faults]
    store = Store()
    store.bulk_extend(built.store)
    return store


@cache
def get_store(name: str) -> Store:
    """Return one of the stores; it is built when it is first asked for."""
    with TemporaryDirectory() as parent:
        folder = Path(parent) / "workspace"
        if name == "small":
            return _build(small().write(folder))
        if name == "left out":
            workspace = left_out()
            row = "translations", workspace.record_number("translations", "t-only")
            return _build(workspace.write(folder), (row,))
        shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns(".kg"))
        for stem in COPIES.get(name, ()):
            _edit(folder, read_change(stem))
        return _build(folder)


@cache
def cases() -> tuple[Case, ...]:
    """Return all cases, question by question; no store is built for it."""
    copies = {stem: copy for copy, edited in COPIES.items() for stem in edited}
    return tuple(
        case
        for stem in STEMS
        for case in (
            Case(stem, "shipped", read_answer(stem)[1]),
            Case(stem, copies[stem], add_change(stem)),
            Case(stem, "small", ANSWERS[stem]),
            *(Case(stem, "left out", rows) for s, rows in LEFT_OUT_ANSWERS.items() if s == stem),
        )
    )


def ask(case: Case, text: str, store: Store | None = None) -> Rows:
    """Return what a query text answers where the case asks it, or in another store."""
    return run_query(get_store(case.store) if store is None else store, text)


def failing(texts: Mapping[str, str] | None = None) -> list[str]:
    """Return the ids of the cases whose rows do not come, in order.

    Args:
        texts: Stem → query text; only these questions are asked. None asks all, as shipped.
    """
    texts = {stem: read_text(stem) for stem in STEMS} if texts is None else texts
    return [c.id for c in cases() if c.stem in texts and ask(c, texts[c.stem]).rows != c.rows]
