"""Judged: what was read of a workspace, what the checks say of it, and what stays out.

It is kept beside the store, so that after a change only what the change touches is judged again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from itertools import chain

from kg.checks import (
    Change,
    Dissent,
    LeftOut,
    Locator,
    Result,
    duplicate_faults,
    find_dissent,
    judge,
    leave_out,
    recheck,
    validate,
)
from kg.errors import Fault
from kg.progress import tell
from kg.schema import load_schema, ontology_triples
from kg.sources import (
    Part,
    find_kinds,
    missing_tables,
    name_kinds,
    repeated_tables,
    with_kinds,
    write_lines,
)
from kg.store import Triple
from kg.terms import QES, RDF_TYPE, plain

__all__ = ["Judged", "judge_parts", "load_ontology", "locate_parts", "read_judged"]


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
    repeated = repeated_tables(parts, locator.schema)
    shared = _doubt_shared_ids(locator)
    tell("judging", "rows", 0, len(locator.rows))
    if change:
        results, used = recheck(before, change), engine
    else:
        text = b"".join([write_lines(load_ontology()), *(p.text for p in parts)])
        results, used = validate(text, engine)
    # What two rows say together under one id was judged, too, but is no fault of its own.
    own = [r for r in results if locator.row_of(r.focus) not in shared]
    faults, wrong = judge(own, locator, parts)
    faults += [f for p in parts for f in p.faults]
    faults += [*missing_tables(parts, locator.schema), *repeated]
    doubtful = {p.name for p in parts if p.unreadable}
    faults += [f for f in duplicate_faults(locator) if not repeated or f.table not in doubtful]
    out = leave_out(wrong, list(parts), locator, _topics(parts))
    return Judged(
        locator, tuple(results), used, tuple(faults), out, find_dissent(parts, out, locator)
    )


@cache
def load_ontology() -> tuple[Triple, ...]:
    """Return the shipped ontology, under the same names every time."""
    return ontology_triples()


def _doubt_shared_ids(locator: Locator) -> set[str]:
    """Return the IRIs of rows whose id is used more than once, within or across tables."""
    shared = {iri for iri, places in locator.rows.items() if len(places) > 1}
    for part in locator.parts:
        part.damaged |= shared & part.rows.keys()
    return shared


def _topics(parts: Iterable[Part]) -> set[str]:
    """Return the IRIs of everything that a transfer may rest on, in ontology and rows."""
    schema = load_schema()
    topic = QES + "BearingTopic"
    kinds = {cls for cls, above in schema.superclasses.items() if topic in above}
    tables = {name for name, table in schema.tables.items() if table.cls in kinds}
    rows = {row for part in parts if part.name in tables for row in part.rows}
    triples = chain(load_ontology(), *(part.triples for part in parts if not part.rows))
    return rows | {
        plain(t.subject)
        for t in triples
        if t.predicate.value == RDF_TYPE and plain(t.object) in kinds
    }
