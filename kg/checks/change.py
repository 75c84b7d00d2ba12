"""What differs between two readings of a workspace, and which rows and shapes look at that."""

from __future__ import annotations

from collections.abc import Iterator

from kg.checks.locator import Locator
from kg.checks.reach import Sight, get_reach
from kg.checks.slices import Slices, find_lines
from kg.schema import Table, load_schema
from kg.sources import Part
from kg.terms import RDF_TYPE, RDFS

__all__ = ["Change", "may_say", "table_of"]

_KINDS = {RDF_TYPE, RDFS + "subClassOf"}
_MOST = 5_000  # rows; judging everything takes no longer


class Change:
    """What differs between two readings of a workspace, and what that touches.

    Attributes:
        old: Where the rows were, and what was read of them.
        new: Where they are.
        lines: IRI of each row that changed, came or went → the lines that it lost or got.
        beside: Whether something differs that belongs to no row, or that every row may look at.
        slices: The rows as they are, in slices.
    """

    def __init__(self, old: Locator, new: Locator) -> None:
        """Compare two readings."""
        self.old, self.new = old, new
        self.slices = Slices(new)
        self.lines: dict[str, set[bytes]] = {}
        self.beside = False
        self._reads = get_reach().reads
        self._compare()

    def _compare(self) -> None:
        kinds = {t.name for t in load_schema().tables.values() if t.kind_of}
        rows: set[str] = set()
        for name in sorted({p.name for loc in (self.old, self.new) for p in loc.parts}):
            before, after = (
                [p for p in loc.parts if p.name == name] for loc in (self.old, self.new)
            )
            if [p.text for p in before] == [p.text for p in after]:
                continue
            rows |= set(_find_differing(before, after))
            beside = any(not p.rows and p.text for p in (*before, *after))
            self.beside |= beside or name in kinds | get_reach().companions
        for row in rows:
            old, new = (_lines_of(locator, row) for locator in (self.old, self.new))
            if differing := old ^ new:
                self.lines[row] = differing

    @property
    def broad(self) -> bool:
        """Return whether it may touch everything, or so much that all is faster done anew."""
        return self.beside or len(self.lines) > _MOST

    def paths_of(self, row: str) -> set[str]:
        """Return the properties of the lines that a row lost or got."""
        return {line.split(b" ", 2)[1][1:-1].decode() for line in self.lines.get(row, ())}

    def find_rows(self) -> set[str] | None:
        """Return the rows that have to be judged again; None if it is all of them."""
        if self.broad:
            return None
        rows = set(self.lines)
        for row in self.lines:
            paths = self.paths_of(row)
            rows |= self._owners(row, set(get_reach().owners.values()))
            if paths & _KINDS:
                rows |= self.find_referring(row)
            for (depth, by), read in self._reads.items():
                if "" in read or read & paths:
                    rows |= self._looking(row, depth, by)
            if len(rows) > _MOST:
                return None
        units = {member for row in rows for member in self.slices.unit_of(row)}
        return {row for row in units if self.slices.lines_of(row)}

    def find_world(self) -> list[str]:
        """Return the IRIs of the shapes of the world that look at something that changed."""
        return [s for s, sight in sorted(get_reach().sights.items()) if self._is_seen(sight)]

    def _is_seen(self, sight: Sight) -> bool:
        if "" in sight.paths or any(sight.paths & self.paths_of(row) for row in self.lines):
            return True
        for row in self.lines:
            if self.paths_of(row) & _KINDS:
                kinds = (line[:-3].rpartition(b" <")[2][:-1].decode() for line in self.lines[row])
                if sight.classes & set(kinds):
                    return True
                if "" in sight.classes and any(self.find_referring(row, p) for p in sight.paths):
                    return True
        return False

    def _looking(self, row: str, depth: int, by: str) -> set[str]:
        """Return the rows that look at a row so many references away."""
        if by.startswith("^"):
            ways = {b for d, b in self._reads if d == depth and not b.startswith("^")}
            return {
                looking
                for owner in self._owners(row, {by[1:]})
                for way in ways
                for looking in self._looking(owner, depth, way)
            }
        near = self.find_referring(row, by)
        if depth == 1:
            return near
        ways = {b for d, b in self._reads if d == depth - 1}
        return {r for n in near for way in ways for r in self._looking(n, depth - 1, way)}

    def _owners(self, row: str, paths: set[str]) -> set[str]:
        """Return the rows that a row names, or named, by some properties."""
        lines = _lines_of(self.new, row) | self.lines.get(row, set())
        found = (line[:-3].split(b" ", 2) for line in lines)
        named = (term[1:-1].decode() for _, path, term in found if path[1:-1].decode() in paths)
        return {self.new.row_of(node) for node in named}

    def find_referring(self, row: str, path: str = "") -> set[str]:
        """Return the rows that now name a row, or a child of it, by a property or by any."""
        needle = f"> <{path}> <{row}" if path else f"> <{row}"
        return {
            self.new.row_of(line.partition(b" ")[0][1:-1].decode())
            for part in self.new.parts
            if not path or may_say(table_of(part), path)
            for line in find_lines(part.text, needle.encode())
            if line.partition(needle.encode())[2][:1] in (b">", b"/")
        }


def table_of(part: Part) -> Table | None:
    """Return the table that a part is; a file beside the tables may say anything."""
    return load_schema().tables.get(part.name) if part.rows else None


def may_say(table: Table | None, path: str) -> bool:
    """Return whether a table may hold a property; a file beside the tables may."""
    return table is None or any(path in (c.path, c.through) for c in table.columns)


def _lines_of(locator: Locator, row: str) -> set[bytes]:
    text = b"".join(part.lines_of(row) for part in locator.parts if row in part.rows)
    return set(text.splitlines(keepends=True))


def _find_differing(before: list[Part], after: list[Part]) -> Iterator[str]:
    """Yield the rows of parts in which something may differ, those that came or went included."""
    if len(before) != 1 or len(after) != 1:
        yield from (row for part in (*before, *after) for row in part.rows)
        return
    (old,), (new,) = before, after
    start, end = _find_middle(old.text, new.text)
    for part in (old, new):
        last = len(part.text) - end
        for row, numbers in part.rows.items():
            if any(s <= last and start <= e for s, e in map(part.spans.__getitem__, numbers)):
                yield row


def _find_middle(one: bytes, other: bytes) -> tuple[int, int]:
    """Return how many bytes two texts share at the start, and how many others at the end."""
    start = _count_same(one, other, min(len(one), len(other)), 1)
    return start, _count_same(one, other, min(len(one), len(other)) - start, -1)


def _count_same(one: bytes, other: bytes, most: int, way: int) -> int:
    """Return how many bytes, at most so many, are the same from the start, or from the end."""
    same, block = 0, 1 << 16
    while block:
        cuts = (
            text[same : same + block]
            if way > 0
            else text[len(text) - same - block : len(text) - same]
            for text in (one, other)
        )
        if same + block <= most and next(cuts) == next(cuts):
            same += block
        else:
            block //= 2
    return same
