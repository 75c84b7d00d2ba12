"""Judging batch by batch, and what follows from it once: faults, rows that stay out, the dissent.

`kg.cluster`. The local shapes judge a batch wherever it is; the others judge the lines at which
they look, here. Which rows refer to a row that stays out is asked of all batches, in as many rounds
as the longest chain of references has links. Of rows without a fault that stay in, this process
knows ids and places only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from kg.checks import (
    QUOTED_RULES,
    Dissent,
    LeftOut,
    Locator,
    Result,
    Slice,
    find_dissent,
    find_faults,
    find_row,
    find_topics,
    judge_lines,
    judge_slice,
    leave_out,
    mark_damaged,
)
from kg.cluster.dataset import Dataset, Shared, group
from kg.errors import Fault
from kg.schema import Schema, load_schema
from kg.sources import (
    Part,
    find_kinds,
    find_links,
    parse_lines,
    read_parts,
    with_kinds,
    write_parts,
)
from kg.terms import QES, plain

__all__ = ["Judgement", "Runner", "judge_dataset"]

_TOGETHER = 8  # batches in a task that only looks something up


class Runner(Protocol):
    """What runs a function on batches, in any order and anywhere."""

    def run(
        self, function: Callable[[Any, Any], Any], shared: Any, tasks: Sequence[Any], what: str
    ) -> list[Any]:
        """Return what ``function(shared, task)`` gives, in the order of the tasks."""


@dataclass(frozen=True)
class Judgement:
    """What judging gives.

    Attributes:
        faults: Faults of files and rows.
        out: The rows that stay out.
        dissent: The rows that no longer count.
        locator: Where all rows are; it has the lines of rows that matter here only.
        schema: The schema, with the workspace's own kinds.
    """

    faults: list[Fault]
    out: LeftOut
    dissent: Dissent
    locator: Locator
    schema: Schema

    @property
    def left_out(self) -> list[tuple[str, int]]:
        """Return (table, record number) of every row that stays out, sorted."""
        return self.out.find_places(self.locator)


@dataclass(frozen=True)
class _Look:
    """What a process needs to judge, or to look for rows that refer to some."""

    dataset: Dataset
    slices: bytes = b""
    rows: frozenset[str] = frozenset()


def judge_dataset(dataset: Dataset, shared: Shared, runner: Runner) -> Judgement:
    """Return what is wrong, and what therefore stays out."""
    numbers = range(dataset.batches)
    judged = runner.run(_judge_batch, _Look(dataset, shared.slices), numbers, "judging")
    results = [r for found, _ in judged for r in found] + judge_lines(shared.world)
    schema = with_kinds(load_schema(), find_kinds(shared.common, load_schema()))
    locator = Locator(shared.index, schema)
    repeated = mark_damaged(locator)
    found = _Found(parts for _, parts in judged)
    rows = {locator.row_of(r.focus) for r in results} - found.rows
    found.add(_fetch(dataset, runner, rows) if rows else ())
    locator = found.fill(locator)
    faults, wrong = find_faults(results, locator, repeated)
    damaged = set().union(*(part.damaged for part in locator.parts))
    _follow(dataset, runner, found, {locator.row_of(node) for node in wrong} | damaged)
    locator = found.fill(locator)
    out = leave_out(wrong, list(locator.parts), locator, find_topics(locator.parts))
    dissent = find_dissent(shared.dissent, out, locator)
    return Judgement(faults, out, dissent, locator, schema)


def _judge_batch(look: _Look, number: int) -> tuple[list[Result], bytes]:
    """Return what the local shapes say of a batch, and the rows of which they say it."""
    batch = look.dataset.read_batch(number)
    parts = [*batch.evidence, *batch.others, *batch.near, *batch.beyond]
    own = frozenset(batch.rows)
    results = judge_slice(Slice(own, b"".join(p.text for p in parts), look.slices))
    rows = {find_row(r.focus, own) for r in results}
    quoted = {find_row(r.focus, own) for r in results if r.shape in QUOTED_RULES}
    cut = cut_nodes([*batch.evidence, *batch.others], rows)
    if quoted:
        cut += _find_texts(parts, cut_nodes(parts, quoted))
    return results, write_parts(cut)


def cut_nodes(parts: Iterable[Part], nodes: Collection[str]) -> list[Part]:
    """Return the parts cut down to some rows, and to what side files say of these."""
    cut = []
    for part in parts:
        if part.rows:
            some = part.cut(row for row in part.rows if row in nodes)
            cut += [some] if some.rows else []
            continue
        lines = (line for line in part.text.splitlines(keepends=True))
        kept = [n for n in lines if find_row(n.partition(b"> ")[0][1:].decode(), nodes)]
        cut += [replace(part, text=b"".join(kept))] if kept else []
    return cut


def _find_texts(parts: list[Part], quotations: list[Part]) -> list[Part]:
    """Return the reports that quotations are from, and the texts of these."""
    named = {target for part in quotations for _, target in find_links(part.text)}
    reports = cut_nodes(parts, named)
    files = {
        plain(t.object)
        for part in reports
        for t in parse_lines(part.text)
        if t.predicate.value == QES + "sourceFile"
    }
    texts = [p for p in parts if not p.rows and p.name.rpartition("/")[2] in files]
    return [*reports, *texts]


def _fetch(dataset: Dataset, runner: Runner, rows: Iterable[str]) -> list[bytes]:
    look = _Look(dataset, rows=frozenset(rows))
    return runner.run(_find_rows, look, _group(dataset), "reading rows")


def _group(dataset: Dataset) -> list[tuple[int, ...]]:
    return group(range(dataset.batches), _TOGETHER)


def _find_rows(look: _Look, numbers: tuple[int, ...]) -> bytes:
    batches = map(look.dataset.read_batch, numbers)
    parts = (part for b in batches for part in (*b.evidence, *b.others))
    return write_parts(cut_nodes(parts, look.rows))


def _follow(dataset: Dataset, runner: Runner, found: _Found, rows: set[str]) -> None:
    """Find the lines of some rows, of all rows that refer to them, and so on."""
    done: set[str] = set()
    while rows:
        look = _Look(dataset, rows=frozenset(rows))
        done |= rows
        reached = found.add(runner.run(_find_referring, look, _group(dataset), "leaving out"))
        rows = reached - done


def _find_referring(look: _Look, numbers: tuple[int, ...]) -> bytes:
    """Return the rows of some batches that lead to some rows, and these themselves."""
    batches = [look.dataset.read_batch(number) for number in numbers]
    own = {row for batch in batches for row in batch.rows}
    parts = [part for b in batches for part in (*b.evidence, *b.others)]
    links = [(find_row(s, own), t) for part in parts for s, t in find_links(part.text)]
    rows, more = own & look.rows, set(look.rows)
    while more:  # most of what leads to a row is in the same batch
        more = {row for row, target in links if find_row(target, more)} - rows
        rows |= more
    return write_parts(cut_nodes(parts, rows))


class _Found:
    """Rows that were fetched from batches, with their lines."""

    def __init__(self, texts: Iterable[bytes]) -> None:
        self.rows: set[str] = set()
        self._lines: dict[tuple[str, str], dict[int, bytes]] = {}
        self._said: dict[str, dict[bytes, None]] = {}
        self.add(texts)

    def add(self, texts: Iterable[bytes]) -> set[str]:
        """Take fetched parts, and return the rows that they hold."""
        reached: set[str] = set()
        for part in (part for text in texts for part in read_parts(text)):
            reached |= part.rows.keys()
            for number, (start, end) in part.spans.items():
                lines = self._lines.setdefault((part.name, part.file), {})
                lines[number] = part.text[start:end]
            for line in () if part.rows else part.text.splitlines(keepends=True):
                reached.add(line.partition(b"> ")[0][1:].decode())
                self._said.setdefault(part.name, {})[line] = None
        self.rows |= reached
        return reached

    def fill(self, locator: Locator) -> Locator:
        """Return the locator with the lines that were fetched."""
        parts = []
        for part in locator.parts:
            filled = replace(part, spans={})
            if part.rows:
                filled.set_rows(sorted(self._lines.get((part.name, part.file), {}).items()))
            elif not part.text:
                filled.text = b"".join(self._said.get(part.name, ()))
            parts.append(filled)
        return Locator(parts, locator.schema)
