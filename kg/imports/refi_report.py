"""What an import of REFI-QDA did, and what had no place: by kind, with count and names.

`kg.imports`. The standard asks for a warning of every loss, on import as on export.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import shorten

__all__ = ["Report", "render_losses"]

_LISTED = 10


@dataclass
class Report:
    """What an import did.

    Attributes:
        file: Name of the file that was read.
        added: Table → number of rows added.
        there: Table → number of rows that were there already.
        filled: What was added to rows that were there: "constructs trust, findings".
        differing: Cells that say something else than the file; they stay as they are.
        warnings: What departs from the standard and was accepted.
        losses: Kind of what had no place → names.
        texts: Name of the text file → its content, for those that are new.
    """

    file: str
    added: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    filled: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    losses: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)

    def lose(self, kind: str, name: str) -> None:
        """Count something that has no place in the tables."""
        self.losses.setdefault(kind, []).append(name)

    def warn(self, sentence: str) -> None:
        """Say once what departs from the standard and was accepted."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def lines(self) -> list[str]:
        """Return the report for people: what was done first, what was lost last."""
        lines = [f"{self.file}: added {_counts(self.added)}; there already {_counts(self.there)}"]
        lines += [f"text: {name}" for name in sorted(self.texts)]
        lines += [f"warning: {sentence}" for sentence in self.warnings]
        lines += [f"added to {what}" for what in self.filled]
        lines += [f"differs, and stays as it is: {cell}" for cell in self.differing]
        return [*lines, *render_losses(self.losses)]


def _counts(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {table}" for table, number in sorted(rows.items())) or "nothing"


def render_losses(losses: Mapping[str, list[str]]) -> list[str]:
    """Return a line for each kind of loss, or the one that says that there was none."""
    lines = []
    for kind, names in sorted(losses.items()):
        shown = ", ".join(shorten(name, 60) for name in names[:_LISTED] if name)
        more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        lines.append(f"no place: {kind}: {len(names)}" + (f" ({shown}{more})" if shown else ""))
    return lines or ["no place: nothing was lost"]
