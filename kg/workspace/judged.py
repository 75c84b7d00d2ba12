"""Judged: what was read of a workspace, what the checks say of it, and what stays out.

It is kept beside the store, so that after a change only what the change touches is judged again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass

from kg.checks import (
    Change,
    Dissent,
    LeftOut,
    Locator,
    Result,
    cut_parts,
    find_dissent,
    find_faults,
    find_topics,
    keep_lines,
    leave_out,
    mark_damaged,
    pass_lines,
    place_lines,
    recheck,
    validate,
)
from kg.errors import Fault
from kg.progress import tell
from kg.schema import load_schema, ontology_triples
from kg.sources import Part, find_kinds, name_kinds, with_kinds, write_lines

__all__ = ["Judged", "judge_parts", "locate_parts", "read_judged"]


@dataclass(frozen=True)
class Judged:
    """What was read, and what the checks say of it.

    Attributes:
        locator: Where the rows are, and the parts that were read.
        results: What the shapes say, rows that share an id included.
        engine: The engine that judged.
        faults: What is wrong with what was read.
        out: The rows that stay out of the default graph.
        dissent: The rows that no longer count.
    """

    locator: Locator
    results: tuple[Result, ...]
    engine: str
    faults: tuple[Fault, ...]
    out: LeftOut
    dissent: Dissent

    def place(self, base: str, rows: Collection[str] | None = None) -> Iterator[bytes]:
        """Yield what the parts assert, or what they assert of some rows, as N-Quads."""
        return place_lines(self._cut(rows), self.out, self.dissent, self.locator, base)

    def place_passing(self, base: str, rows: Collection[str] | None = None) -> Iterator[bytes]:
        """Yield of :meth:`place` what rules, stages and check queries look at."""
        return pass_lines(self._cut(rows), self.out, self.dissent, self.locator, base)

    def place_rest(self, base: str) -> Iterator[bytes]:
        """Yield of :meth:`place` what they don't look at: where each triple came from."""
        return keep_lines(self.locator.parts, self.out, self.dissent, self.locator, base)

    def _cut(self, rows: Collection[str] | None) -> Iterable[Part]:
        return self.locator.parts if rows is None else cut_parts(self.locator, rows)

    def write(self) -> bytes:
        """Return as bytes what :func:`read_judged` needs beside the parts; faults are not kept."""
        kept = {
            "results": [list(asdict(result).values()) for result in self.results],
            "engine": self.engine,
            "rows": self.out.rows,
            "names": {row: sorted(names) for row, names in self.out.names.items()},
            "dissent": sorted(self.dissent.rows),
        }
        return json.dumps(kept).encode()


def read_judged(data: bytes, locator: Locator) -> Judged:
    """Return what was written, without faults.

    Raises:
        ValueError: The bytes are not what :meth:`Judged.write` writes.
    """
    try:
        kept = json.loads(data)
        rows = {row: (table, number) for row, (table, number) in kept["rows"].items()}
        names = {row: set(found) for row, found in kept["names"].items()}
        return Judged(
            locator=locator,
            results=tuple(Result(*values) for values in kept["results"]),
            engine=kept["engine"],
            faults=(),
            out=LeftOut(rows, names),
            dissent=Dissent(kept["dissent"], locator),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not what was kept of a judgement: {error}") from error


def locate_parts(parts: Iterable[Part]) -> Locator:
    """Return where the rows of all parts are, kinds of one's own named."""
    parts = list(parts)
    schema = with_kinds(load_schema(), find_kinds(parts, load_schema()))
    return Locator(name_kinds(parts, schema), schema)


def judge_parts(
    locator: Locator, engine: str, before: Iterable[Result] = (), change: Change | None = None
) -> Judged:
    """Judge all parts together, and find what stays out.

    Args:
        locator: Where the rows are, and the parts that were read.
        engine: Engine that judges.
        before: What the same shapes said before a change, by the same engine.
        change: What differs since then; only what it touches is judged again.
    """
    parts = locator.parts
    repeated = mark_damaged(locator)
    tell("judging", "rows", 0, len(locator.rows))
    if change:
        results, used = recheck(before, change), engine
    else:
        text = b"".join([write_lines(ontology_triples()), *(p.text for p in parts)])
        results, used = validate(text, engine)
    faults, wrong = find_faults(results, locator, repeated)
    out = leave_out(wrong, list(parts), locator, find_topics(parts))
    dissent = find_dissent(parts, out, locator)
    return Judged(locator, tuple(results), used, tuple(faults), out, dissent)
