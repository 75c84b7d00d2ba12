"""Slices: some rows with all that the local shapes look at when they judge them.

A slice is text, cut from what was read and never parsed here, so that a process anywhere can judge
it. The rows in it that are there only to be looked at are judged by another slice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from kg.checks.locator import Locator
from kg.checks.reach import get_reach
from kg.schema import ontology_triples
from kg.sources import find_links, write_lines

__all__ = ["Slice", "Slices", "find_lines", "write_ontology"]


@dataclass(frozen=True)
class Slice:
    """Some rows, and the text in which they can be judged.

    Attributes:
        rows: IRIs of the rows to be judged.
        text: Their lines and all that is looked at beside them, without what every slice shares,
            as N-Triples.
        shared: What every slice of a workspace shares: the ontology and some whole tables.
    """

    rows: frozenset[str]
    text: bytes
    shared: bytes


class Slices:
    """All rows of a workspace, in units: what belongs to a study, and every other row."""

    def __init__(self, locator: Locator) -> None:
        """Look up which row belongs to which.

        Args:
            locator: Where the rows are; its schema tells which columns a table has.
        """
        self._locator = locator
        self._reach = get_reach()
        self._owners = self._reach.owners

    @cached_property
    def beside(self) -> dict[str, bytes]:
        """Return node → the lines of it in files without rows; "" is for nodes without a name."""
        found: defaultdict[str, list[bytes]] = defaultdict(list)
        for part in self._locator.parts:
            for line in part.text.split(b"\n") if not part.rows else ():
                if line:
                    subject = line.partition(b" ")[0].decode()
                    node = self._locator.row_of(subject[1:-1]) if subject[0] == "<" else ""
                    found[node].append(line + b"\n")
        return {node: b"".join(lines) for node, lines in found.items()}

    @cached_property
    def shared(self) -> bytes:
        """Return what every slice needs: the ontology, kinds, whole tables, nodes without name."""
        schema = self._locator.schema
        kinds = {t.name for t in schema.tables.values() if t.kind_of}
        whole = kinds | self._reach.companions
        tables = (part.text for part in self._locator.parts if part.name in whole)
        return b"".join([write_ontology(), *tables, self.beside.get("", b"")])

    def lines_of(self, node: str) -> bytes:
        """Return everything that was read of a row, or of a node beside the tables."""
        parts = self._locator.parts if node in self._locator.rows else ()
        lines = (part.lines_of(node) for part in parts if node in part.rows)
        return b"".join([*lines, self.beside.get(node, b"")])

    @cached_property
    def _children(self) -> dict[str, list[tuple[str, str]]]:
        """Return row → (property, row that belongs to it)."""
        children: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for part in self._locator.parts:
            if part.rows and part.name in self._owners:  # ids of rows, which are no children
                path = self._owners[part.name]
                for row, owner in find_links(part.text, path):
                    children[owner].append((path, row))
        for node, lines in self.beside.items():
            for path in sorted(set(self._owners.values())):
                for _, owner in find_links(lines, path):
                    children[self._locator.row_of(owner)].append((path, node))
        return children

    def _find_owners(self, row: str) -> Iterator[str]:
        tables = {table for table, _ in self._locator.rows.get(row, ())}
        paths = {self._owners[t] for t in tables if t in self._owners}
        for path in sorted(set(self._owners.values()) if row in self.beside else paths):
            for _, owner in find_links(self.lines_of(row), path):
                yield self._locator.row_of(owner)

    def _is_known(self, node: str) -> bool:
        return node in self._locator.rows or node in self.beside

    def unit_of(self, row: str) -> list[str]:
        """Return the rows of the unit of a row, itself included."""
        unit, open_rows = {row: None}, [row]
        while open_rows:
            now = open_rows.pop()
            near = (*self._find_owners(now), *(c for _, c in self._children.get(now, ())))
            found = [n for n in dict.fromkeys(near) if n not in unit and self._is_known(n)]
            open_rows += found
            unit |= dict.fromkeys(found)
        return list(unit)

    def batches(self, size: int) -> Iterator[Slice]:
        """Yield slices in which every row is judged once, so many units in each."""
        units = self.units()
        while some := list(islice(units, size)):
            yield self.cut(row for unit in some for row in unit)
        yield self.cut_rest()

    def units(self) -> Iterator[list[str]]:
        """Yield the rows of every unit; each row is in one."""
        done: set[str] = set()
        for row in (*self._locator.rows, *self.beside):
            if row and row not in done:
                unit = self.unit_of(row)
                done.update(unit)
                yield unit

    def cut_rest(self) -> Slice:
        """Return the slice of what is judged beside rows: what the ontology ships."""
        named = (line.partition(b" ")[0].decode() for line in write_ontology().split(b"\n") if line)
        nodes = {name.strip("<>") for name in named} - self.beside.keys()
        return Slice(frozenset(nodes - self._locator.rows.keys()), b"", self.shared)

    def cut(self, rows: Iterable[str]) -> Slice:
        """Return the slice of some rows."""
        kept = {row: self.lines_of(row) for row in rows}
        near = self._look(list(kept.values()), kept, 1)
        return Slice(frozenset(kept), b"".join([*kept.values(), *near.values()]), self.shared)

    def find_near(self, rows: Iterable[str]) -> list[str]:
        """Return the rows that are looked at when some rows are judged, these apart."""
        kept = {row: self.lines_of(row) for row in rows}
        return list(self._look(list(kept.values()), kept, 1))

    def _look(self, texts: list[bytes], kept: dict[str, bytes], depth: int) -> dict[str, bytes]:
        """Return the lines of the rows that some text refers to, and of those behind them."""
        ways = {by for d, by in self._reach.reads if d == depth}
        if depth > 1 and not ways:
            return {}
        text = b"".join(texts)
        paths = [""] if depth == 1 or "" in ways else sorted(ways)
        found: dict[str, bytes] = {}
        for path in paths:
            for _, target in find_links(text, path):
                row = self._locator.row_of(target)
                if row not in kept and row not in found and self._is_known(row):
                    found[row] = self.lines_of(row)
        for row in list(found):
            for path, child in self._children.get(row, ()):
                if f"^{path}" in ways and child not in kept and child not in found:
                    found[child] = self.lines_of(child)
        found |= self._find_texts(text + b"".join(found.values()), kept)
        return found | self._look(list(found.values()), {**kept, **found}, depth + 1)

    def _find_texts(self, text: bytes, kept: dict[str, bytes]) -> dict[str, bytes]:
        """Return the lines of the files that rows name by a value."""
        found: dict[str, bytes] = {}
        for path, other in self._reach.joins:
            named = dict.fromkeys(_find_values(text, path))
            for node in (n for value in named for n in self._by_value(other).get(value, ())):
                if node not in kept:
                    found[node] = self.lines_of(node)
        return found

    def _by_value(self, path: str) -> dict[bytes, list[str]]:
        if path not in self._values:
            values: defaultdict[bytes, list[str]] = defaultdict(list)
            for node, lines in self.beside.items():
                for value in _find_values(lines, path):
                    values[value].append(node)
            self._values[path] = dict(values)
        return self._values[path]

    @cached_property
    def _values(self) -> dict[str, dict[bytes, list[str]]]:
        return {}


@cache
def write_ontology() -> bytes:
    """Return the shipped ontology as N-Triples, the same bytes every time."""
    return write_lines(ontology_triples())


def find_lines(text: bytes, needle: bytes) -> Iterator[bytes]:
    """Yield the lines in which a text stands, each with its end."""
    place = 0
    while (found := text.find(needle, place)) >= 0:
        start = text.rfind(b"\n", 0, found) + 1
        place = text.find(b"\n", found) + 1 or len(text)
        yield text[start:place]


def _find_values(text: bytes, path: str) -> Iterator[bytes]:
    """Yield what the lines of a property give as its value."""
    needle = f"> <{path}> ".encode()
    for line in find_lines(text, needle):
        yield line.partition(needle)[2]
