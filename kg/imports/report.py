"""What an import says of itself: the fate of every record, and what had no place.

Layer imports. The numbers are those of the entries, so that they explain each other to the last
record: read = added + already there + left out + rejected.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kg.errors import shorten

__all__ = ["ADDED", "LEFT_OUT", "REJECTED", "THERE", "Entry", "Report"]

ADDED, THERE, LEFT_OUT, REJECTED = "added", "already there", "left out", "rejected"
_LISTED = 20


@dataclass(frozen=True)
class Entry:
    """One record of the file, and what became of it.

    Attributes:
        place: Where it stands in the file, for example "line 12" or "row 3".
        title: What it is called there, "" if nothing names it.
        fate: "added", "already there", "left out" or "rejected".
        id: Id of its row, "" if it has none.
        like: Id of the row that it is probably a duplicate of, or "".
        similarity: How alike the two titles are, 0 to 100; 0 without ``like``.
        reason: Why it is where it is.
    """

    place: str
    title: str
    fate: str
    id: str = ""
    like: str = ""
    similarity: int = 0
    reason: str = ""

    def __str__(self) -> str:
        """Return the entry as one line for people."""
        name = f' "{shorten(self.title, 80)}"' if self.title else ""
        row = f" ({self.id})" if self.id else ""
        return f"{self.place}{name}{row}: {self.reason}"


@dataclass
class Report:
    """What an import did, or with ``--dry-run`` would do.

    Attributes:
        file: Name of the file.
        what: What was read, in the singular: "record", "row" or "statement".
        entries: One per record, in the order of the file.
        bulk: Fate → number of records that have no entry of their own.
        losses: Name of a field that has no place here → number of its values.
        offers: What a record says where the cell of its row is empty.
        conflicts: What a record says otherwise than the cell of its row.
        notes: Anything else that a reader should know, one sentence each.
    """

    file: str
    what: str = "record"
    entries: list[Entry] = field(default_factory=list)
    bulk: Counter[str] = field(default_factory=Counter)
    losses: Counter[str] = field(default_factory=Counter)
    offers: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, fate: str) -> int:
        """Return the number of records of one fate."""
        return self.bulk[fate] + sum(entry.fate == fate for entry in self.entries)

    @property
    def read(self) -> int:
        """Return the number of all records."""
        return self.bulk.total() + len(self.entries)

    @property
    def probable(self) -> list[Entry]:
        """Return the records that are probably duplicates, added or left out."""
        return [entry for entry in self.entries if entry.like]

    @property
    def rejected(self) -> list[Entry]:
        """Return the records that could not be taken."""
        return [entry for entry in self.entries if entry.fate == REJECTED]

    def lines(self) -> list[str]:
        """Return the report for people, numbers first."""
        numbers = [f"{self.count(f)} {f}" for f in (ADDED, THERE, LEFT_OUT, REJECTED)]
        noun = self.what if self.read == 1 else f"{self.what}s"
        lines = [f"{self.file}: {self.read} {noun} read = {' + '.join(numbers)}"]
        lines += _listed("probably duplicates, look at them", list(map(str, self.probable)))
        lines += _listed("rejected", list(map(str, self.rejected)))
        lines += _listed("could fill an empty cell, --fill does it", self.offers)
        lines += _listed("says otherwise than the table, which stays", self.conflicts)
        lost = sum(self.losses.values())
        if lost:
            names = ", ".join(f"{name} ({n})" for name, n in sorted(self.losses.items()))
            lines.append(f"  without a place, not taken over: {lost} values of {names}")
        return [*lines, *(f"  {note}" for note in self.notes)]

    def as_dict(self) -> dict[str, Any]:
        """Return the report in its machine form."""
        return {
            "file": self.file,
            "read": self.read,
            "added": self.count(ADDED),
            "already_there": self.count(THERE),
            "left_out": self.count(LEFT_OUT),
            "rejected": self.count(REJECTED),
            "probable_duplicates": len(self.probable),
            "entries": [vars(entry) for entry in self.entries],
            "losses": dict(sorted(self.losses.items())),
            "offers": self.offers,
            "conflicts": self.conflicts,
            "notes": self.notes,
        }


def _listed(title: str, items: list[str]) -> list[str]:
    if not items:
        return []
    more = [f"    and {len(items) - _LISTED} more; --format json lists all"]
    listed = [f"    {item}" for item in items[:_LISTED]]
    return [f"  {title}: {len(items)}", *listed, *(more if len(items) > _LISTED else [])]
