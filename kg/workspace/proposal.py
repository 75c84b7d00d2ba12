"""Proposals: what was probably meant where a word, an id or a header is misspelt.

A proposal is safe where nothing else can be meant. That is judged with care: a wrong id makes
evidence say something of another study, and a wrong word of a judgement turns it round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import Fault, shorten
from kg.schema import Column, Schema, Table
from kg.sources import Draft, Part
from kg.terms import NOT_KNOWN, XSD, show_id

__all__ = ["Proposal", "find_proposals", "find_safe"]

_OF_KINDS = frozenset({
    "alters.relationship", "alters.support", "reports.kind", "reviews.kind", "searches.purpose",
    "settings.kind", "statements.role", "studies.design",
})  # fmt: skip
"""Columns whose lists say what something is. Every other list holds a judgement, a degree or a
direction, in which a neighbour may be the opposite: there only the same letters are safe."""

_LEAST_LETTERS = 4
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_NEGATIONS = frozenset({
    "a", "an", "anti", "de", "dis", "il", "im", "in", "ir", "mis", "no", "non", "not", "un",
})  # fmt: skip


@dataclass(frozen=True, order=True)
class Proposal:
    """A change that would probably mend a fault.

    Attributes:
        table: Name of the table.
        row: Record number; 1 for a header.
        column: Header of the column; the header itself as it stands, if that is misspelt.
        seen: What is wrong: one item, where a cell holds several.
        meant: What would stand there.
        separator: What stands between the items of the cell, or "".
        fault: The fault that it would mend.
        safe: Whether nothing else can be meant.
    """

    table: str
    row: int
    column: str
    seen: str
    meant: str
    separator: str
    fault: Fault
    safe: bool

    def __str__(self) -> str:
        """Return the proposal as one line for people."""
        where = f"{self.table} row {self.row}, {self.column}"
        return f'{where}: "{shorten(self.seen, 60)}" becomes "{shorten(self.meant, 60)}"'

    def apply(self, draft: Draft) -> None:
        """Put what is meant into the tables; other items of the cell stay as they stand."""
        if self.row == 1:
            draft.rename(self.table, self.column, self.meant)
            return
        cell = draft.rows(self.table)[self.row].get(self.column.lower(), "")
        draft.set(self.table, self.row, self.column, self._mend(cell))

    def _mend(self, cell: str) -> str:
        items = cell.split(self.separator) if self.separator else [cell]
        wrong = [" ".join(item.split()) == " ".join(self.seen.split()) for item in items]
        return self.separator.join(
            item.replace(item.strip(), self.meant) if bad else item
            for item, bad in zip(items, wrong, strict=True)
        )


def find_proposals(
    draft: Draft, faults: Iterable[Fault], parts: Iterable[Part], schema: Schema
) -> list[Proposal]:
    """Return a proposal for each fault that has one, sorted; those for headers come first.

    Args:
        draft: The tables as they stand.
        faults: What a check found in them.
        parts: The tables as they were read.
        schema: The schema of the workspace, its own kinds included.
    """
    parts = list(parts)
    found = (_propose(draft, fault, parts, schema) for fault in faults)
    return sorted({p for p in found if p}, key=lambda p: (p.row != 1, p))


def _propose(draft: Draft, fault: Fault, parts: list[Part], schema: Schema) -> Proposal | None:
    if fault.rule == "column-unknown":
        name = next((p.name for p in parts if p.file == fault.table), "")
        return _propose_header(fault, schema.tables.get(name))
    table = schema.tables.get(fault.table)
    column = table.find(fault.column) if table else None
    if table is None or column is None or not fault.value:
        return None
    if draft.is_computed(table.name, fault.row, column.name):
        return None
    meanings, edits = _meanings(table, column, parts, schema)
    safe = find_safe(fault.value, meanings, edits=edits)
    meant = safe or (fault.fix if meanings else "")
    if not meant or meant == fault.value:
        return None
    return Proposal(
        table.name, fault.row, column.name, fault.value, meant, column.separator, fault, bool(safe)
    )


def _propose_header(fault: Fault, table: Table | None) -> Proposal | None:
    if table is None or not fault.value:
        return None
    safe = find_safe(fault.value, {h: h for h in table.header}, edits=1)
    meant = safe or fault.fix
    if not meant:
        return None
    return Proposal(table.name, 1, fault.value, fault.value, meant, "", fault, bool(safe))


def _meanings(
    table: Table, column: Column, parts: list[Part], schema: Schema
) -> tuple[dict[str, str], int]:
    """Return what may stand in a column → what it means, and how many letters may be wrong."""
    if column.choices:
        edits = 2 if f"{table.name}.{column.name}" in _OF_KINDS else 0
        labels = {label: column.choices[label.lower()] for label in column.labels}
        others = {k: v for k, v in column.choices.items() if v not in labels.values() or len(k) < 4}
        return {**NOT_KNOWN, **others, **labels}, edits
    if column.refers_to:
        return {i: i for i in _find_ids(column, parts, schema)}, 1
    if column.datatype == XSD + "boolean":
        return {"true": "true", "false": "false"}, 0
    return {}, 0


def _find_ids(column: Column, parts: list[Part], schema: Schema) -> Iterator[str]:
    """Yield the ids that a column may name: rows of its class, and what the ontology ships."""
    for part in parts:
        table = schema.tables.get(part.name)
        if table and column.refers_to in schema.superclasses.get(table.cls, {table.cls}):
            yield from map(show_id, part.rows)
    yield from schema.individuals


def find_safe(seen: str, meanings: Mapping[str, str], *, edits: int) -> str:
    """Return the one value that can be meant, or "".

    It is the only one with the same letters, whatever their case, accents, spaces and hyphens; or
    the only one that comes near. Digits count: ``smith2009`` is never taken for ``smith2008`` or
    ``smith2009a``, nor a word for one with a negation before it.

    Args:
        seen: What was written.
        meanings: Value → what it means; values that mean the same are no rivals.
        edits: How many letters may be added, missing, swapped or wrong; 0 for none.
    """
    from rapidfuzz.distance import OSA

    if sum(c.isalpha() for c in seen) < _LEAST_LETTERS:
        return ""
    key = _fold(seen)
    same = [value for value in meanings if _fold(value) == key]
    if same:
        return same[-1] if len({meanings[v] for v in same}) == 1 else ""
    if not edits:
        return ""
    digits = _digits(seen)
    ranked = sorted(
        (OSA.distance(key, _fold(value)), value) for value in meanings if _digits(value) == digits
    )
    if not ranked or ranked[0][0] > edits:
        return ""
    distance, best = ranked[0]
    rivals = {meanings[v] for d, v in ranked if d <= distance + 1}
    return best if len(rivals) == 1 and _is_slip(seen, best, distance) else ""


def _fold(text: str) -> str:
    """Return the letters and digits; a hyphen or space stays only between two digits."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    words = re.sub(r"[\s_\-‐-―'’]+", "-", bare.casefold()).strip("-")  # noqa: RUF001
    return re.sub(r"(?<!\d)-|-(?!\d)", "", words)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _is_slip(seen: str, meant: str, distance: int) -> bool:
    """Return whether one word differs, by no more than a slip of the hand."""
    mine, other = _TOKEN.findall(_plain(seen)), _TOKEN.findall(_plain(meant))
    if len(mine) != len(other):
        return False
    differing = [(a, b) for a, b in zip(mine, other, strict=True) if a != b]
    if len(differing) != 1:
        return False
    short, long = sorted(differing[0], key=len)
    if len(short) < _LEAST_LETTERS or (distance > 1 and len(long) < 2 * _LEAST_LETTERS):
        return False
    return not (long.endswith(short) and long.removesuffix(short) in _NEGATIONS)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))
