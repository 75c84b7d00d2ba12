"""Ids for new rows: readable, the same every time, and free in the whole workspace.

Layer imports.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.schema import Schema
from kg.sources import Draft

__all__ = ["Ids"]


class Ids:
    """The ids that are taken: those of all rows, and those that the ontology ships."""

    def __init__(self, draft: Draft, schema: Schema) -> None:
        """Read all tables of a draft."""
        self._used = set(schema.individuals)
        self._last: dict[str, int] = {}
        for name, table in schema.tables.items():
            self._used |= {row.get(table.id_column, "") for row in draft.rows(name).values()}

    def __contains__(self, name: str) -> bool:
        """Return whether an id is taken."""
        return name in self._used

    def put(self, name: str) -> None:
        """Take an id that is known to be free."""
        self._used.add(name)

    def take_letter(self, base: str, also: str = "") -> str:
        """Take the first free of base, base + "b", "c" … "z", "-27" …, and return it.

        Args:
            base: The id that is wanted, for example "teig2009".
            also: What is put behind it for a second id that must be free as well.
        """
        return self._take(base, 1, lambda n: "" if n == 1 else chr(96 + n) if n < 27 else f"-{n}",
                          also)  # fmt: skip

    def take_number(self, base: str, first: int = 2) -> str:
        """Take the first free of base, base + "-2", "-3" …, or of base + "1", "2" …; return it.

        Args:
            base: What the id starts with.
            first: 2 if the base alone is an id, too; 1 if it needs a number.
        """
        if first == 1:
            return self._take(base, 1, str)
        return self._take(base, 1, lambda n: "" if n == 1 else f"-{n}")

    def _take(self, base: str, start: int, write: Callable[[int], str], also: str = "") -> str:
        number = self._last.get(base, start - 1) + 1
        while (found := base + write(number)) in self._used or (also and found + also in self):
            number += 1
        self._last[base] = number
        self._used |= {found, found + also}
        return found
