"""Two people on one workspace: a working copy for one of them, and bringing two copies together.

A copy holds what an interpreter needs to judge and nobody else's judgements; rows come back by
table and id. Nothing is overwritten in silence, and every row of both sides is accounted for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kg.appraisal import Merge, merge_tables
from kg.errors import UsageError, shorten
from kg.schema import Schema, load_schema
from kg.sources import Draft, finish_writing, list_files, read_review
from kg.workspace.blind import Copy, copy_for

__all__ = ["Copy", "Merged", "copy_for", "merge", "render_merge"]


@dataclass(frozen=True)
class Merged:
    """A merge, and what it wrote or would write.

    Attributes:
        merge: Where each row belongs.
        taken: Whether cells that differ are theirs now.
        diff: The changes in words.
        written: Files that were written; empty for a dry run and where nothing changed.
        beside: Side files and texts that only the other copy has; they are not brought over.
    """

    merge: Merge
    taken: bool
    diff: str
    written: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Return whether no conflict is left."""
        return not self.merge.apart and (self.taken or not self.merge.conflicts)


def merge(folder: Path, other: Path, *, take: str = "ours", dry_run: bool = False) -> Merged:
    """Bring the rows of another copy into a workspace.

    Rows that are only there are added. Where the same row says something else, ours stays unless
    ``take`` is "theirs".

    Raises:
        NoWorkspace: One of the folders is no workspace.
        DataFaults: A table can't be read.
        UsageError: The two are the same folder, or no copies of one workspace.
        CannotWrite: The folder can't be written; nothing is changed then.
    """
    schema = load_schema()
    review, their_review = read_review(folder), read_review(other)
    if folder.resolve() == other.resolve():
        raise UsageError(f'"{other}" is this workspace itself. Name the other copy.')
    if review.base != their_review.base:
        raise UsageError(
            f'"{other}" has another base address ({shorten(their_review.base)}), so its ids mean '
            "other things. Only copies of one workspace can be merged."
        )
    if (other / ".kg" / "pending").exists():
        raise UsageError(
            f'A change of "{other}" is not finished. Type kg -C {other} check, which completes it.'
        )
    finish_writing(folder)
    ours, theirs = Draft(folder, review, schema), Draft(other, their_review, schema)
    found = merge_tables(_tables(ours, schema), _tables(theirs, schema), schema)
    _insist(found, schema, other)
    for key, cells in found.added.items():
        ours.add(key.table, cells)
    for conflict in found.conflicts if take == "theirs" else ():
        ours.set(conflict.table, conflict.row, conflict.column, conflict.theirs)
    diff = ours.diff()
    written = () if dry_run else ours.write()
    names = {f.name for f in list_files(folder, review)}
    their_files = list_files(other, their_review)
    beside = tuple(f.name for f in their_files if f.name not in names and _beside(f.name))
    return Merged(found, take == "theirs", diff, written, beside)


def _beside(name: str) -> bool:
    return not name.startswith("tables/")


def _tables(draft: Draft, schema: Schema) -> dict[str, dict[int, dict[str, str]]]:
    return {name: draft.rows(name) for name in schema.tables}


def _insist(found: Merge, schema: Schema, other: Path) -> None:
    """Refuse rows with columns that no table has: their cells would have no place."""
    cells = [(k.table, h) for k, row in found.added.items() for h in row]
    cells += [(c.table, c.column) for c in found.conflicts]
    for table, header in cells:
        if header not in schema.tables[table].header:
            raise UsageError(
                f'{table} has no column "{header}". Type kg check, and kg -C {other} check, and '
                "mend what they say first."
            )


def render_merge(merged: Merged, form: str) -> str:
    """Return what a merge came to, as text or JSON."""
    found = merged.merge
    counts = {
        "added": len(found.added),
        "only ours": len(found.kept),
        "same": len(found.same),
        "different": len(found.differing),
        "apart": len(found.apart),
    }
    if form == "json":
        content = {
            "counts": counts,
            "added": [{"table": k.table, "id": k.id, "cells": c} for k, c in found.added.items()],
            "conflicts": [c.as_dict() for c in found.conflicts],
            "apart": [a.as_dict() for a in found.apart],
            "beside": list(merged.beside),
            "taken": "theirs" if merged.taken else "ours",
        }
        return json.dumps(content, ensure_ascii=False, indent=1)
    lines = [merged.diff] if merged.diff else []
    if not merged.taken:
        lines += [
            f'conflict: {c.table} row {c.row} ({c.id}), {c.column}: ours "{shorten(c.ours, 60)}", '
            f'theirs "{shorten(c.theirs, 60)}"'
            for c in found.conflicts
        ]
    for a in found.apart:
        said = ", ".join(f"{h}={shorten(v, 60)}" for h, v in a.cells)
        lines.append(
            f"apart: {a.table} row {a.row} of {a.side} ({a.id or 'no id'}): {a.why} {said}"
        )
    lines += [f"not brought over: {name} is only in the other copy" for name in merged.beside]
    lines.append(", ".join(f"{name} {n}" for name, n in counts.items()))
    return "\n".join(lines)
