"""Checking in slices, and checking again only what a change can have touched.

Local shapes judge slices, which may be judged anywhere and in any order; the others judge the whole
workspace, reduced to the properties that they look at. Together they say what they say when
everything is judged at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg.checks.engine import Result, validate
from kg.checks.locator import Locator
from kg.checks.reach import Sight, get_reach
from kg.checks.slices import Slice, Slices, find_lines, write_ontology
from kg.schema import Table, load_schema
from kg.sources import Part
from kg.terms import RDF_TYPE, RDFS

__all__ = ["judge_in_slices", "judge_slice", "judge_world", "recheck"]

_KINDS = {RDF_TYPE, RDFS + "subClassOf"}
_MOST = 5_000  # rows; judging everything takes no longer


def judge_slice(one: Slice) -> list[Result]:
    """Return what the local shapes say about the rows of a slice, sorted."""
    results, _ = validate(one.shared + one.text, scope="local")
    return [r for r in results if _find_row(r.focus, one.rows)]


def _find_row(node: str, rows: frozenset[str]) -> str:
    """Return the row, out of some, that a node is or is a child of, or ""."""
    while node not in rows and "/" in node:
        node = node.rpartition("/")[0]
    return node if node in rows else ""


def judge_world(locator: Locator) -> list[Result]:
    """Return what the shapes say that look at the whole workspace, sorted.

    Args:
        locator: Where the rows are.
    """
    return _judge_world(locator, get_reach().sights.values(), "world")


def _judge_world(locator: Locator, sights: Collection[Sight], scope: str) -> list[Result]:
    paths = frozenset[str]().union(*(s.paths for s in sights))
    classes = frozenset[str]().union(*(s.classes for s in sights))
    seen = (line for part in locator.parts for line in _find_seen(part, Sight(paths, classes)))
    return validate(b"".join([write_ontology(), *seen]), scope=scope)[0]


def _find_seen(part: Part, sight: Sight) -> Iterator[bytes]:
    """Yield the lines of a part at which a shape looks."""
    table = _table_of(part)
    if "" in sight.paths or (table and table.kind_of):
        yield part.text
        return
    for path in sorted(sight.paths):
        if _may_say(table, path):
            yield from find_lines(part.text, f"> <{path}> ".encode())
    for cls in [""] if "" in sight.classes else sorted(sight.classes):
        yield from find_lines(part.text, f"> <{RDF_TYPE}> <{cls}".encode())


def _table_of(part: Part) -> Table | None:
    """Return the table that a part is; a file beside the tables may say anything."""
    return load_schema().tables.get(part.name) if part.rows else None


def _may_say(table: Table | None, path: str) -> bool:
    return table is None or any(path in (c.path, c.through) for c in table.columns)


def judge_in_slices(locator: Locator, size: int) -> list[Result]:
    """Return what all shapes say, sorted: the same as when everything is judged at once.

    Args:
        locator: Where the rows are.
        size: How many units (a study with what belongs to it, or another row) make a slice.
    """
    found = {r for one in Slices(locator).batches(size) for r in judge_slice(one)}
    return sorted(found.union(judge_world(locator)))


def recheck(results: Iterable[Result], old: Locator, new: Locator) -> list[Result]:
    """Return what all shapes say, judging only what a change can have touched.

    Args:
        results: What they said before the change.
        old: Where the rows were, and what was read of them.
        new: Where they are.
    """
    world = get_reach().world
    change = _Change(old, new)
    rows = change.find_rows()
    if rows is None:
        return validate(b"".join([write_ontology(), *(p.text for p in new.parts)]))[0]
    touched = frozenset({*rows, *change.paths})
    kept = {r for r in results if r.shape in world or not _find_row(r.focus, touched)}
    for shape in change.find_world():
        kept = {r for r in kept if r.shape != shape}
        kept |= set(_judge_world(new, [get_reach().sights[shape]], shape))
    if rows:
        kept |= set(judge_slice(change.slices.cut(rows)))
    return sorted(kept)


class _Change:
    """What differs between two readings of a workspace, and what that touches."""

    def __init__(self, old: Locator, new: Locator) -> None:
        self._old, self._new = old, new
        self.slices = Slices(new)
        self._reads = get_reach().reads
        self._everything = False
        self.paths: dict[str, set[str]] = {}
        """Row that changed → the properties of the lines that it lost or got."""
        self._lines: dict[str, set[bytes]] = {}
        self._compare()

    def _compare(self) -> None:
        kinds = {t.name for t in load_schema().tables.values() if t.kind_of}
        rows: set[str] = set()
        for name in sorted({p.name for loc in (self._old, self._new) for p in loc.parts}):
            before, after = (
                [p for p in loc.parts if p.name == name] for loc in (self._old, self._new)
            )
            if [p.text for p in before] == [p.text for p in after]:
                continue
            rows |= set(_find_differing(before, after))
            beside = any(not p.rows and p.text for p in (*before, *after))
            self._everything |= beside or name in kinds | get_reach().companions
        for row in rows:
            old, new = (_lines_of(locator, row) for locator in (self._old, self._new))
            if differing := old ^ new:
                self._lines[row] = differing
                self.paths[row] = {line.split(b" ", 2)[1][1:-1].decode() for line in differing}

    def find_rows(self) -> set[str] | None:
        """Return the rows that have to be judged again; None if it is all of them."""
        if self._everything or len(self.paths) > _MOST:
            return None
        rows = set(self.paths)
        for row, paths in self.paths.items():
            rows |= self._owners(row, set(get_reach().owners.values()))
            if paths & _KINDS:
                rows |= self._referring(row, "")
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
        if "" in sight.paths or sight.paths & {p for found in self.paths.values() for p in found}:
            return True
        for row, paths in self.paths.items():
            if paths & _KINDS:
                kinds = (line[:-3].rpartition(b" <")[2][:-1].decode() for line in self._lines[row])
                if sight.classes & set(kinds):
                    return True
                if "" in sight.classes and any(self._referring(row, p) for p in sight.paths):
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
        near = self._referring(row, by)
        if depth == 1:
            return near
        ways = {b for d, b in self._reads if d == depth - 1}
        return {r for n in near for way in ways for r in self._looking(n, depth - 1, way)}

    def _owners(self, row: str, paths: set[str]) -> set[str]:
        """Return the rows that a row names, or named, by some properties."""
        lines = _lines_of(self._new, row) | self._lines.get(row, set())
        found = (line[:-3].split(b" ", 2) for line in lines)
        named = (term[1:-1].decode() for _, path, term in found if path[1:-1].decode() in paths)
        return {self._new.row_of(node) for node in named}

    def _referring(self, row: str, path: str) -> set[str]:
        """Return the rows that name a row, or a child of it, by a property or by any."""
        needle = f"> <{path}> <{row}" if path else f"> <{row}"
        return {
            self._new.row_of(line.partition(b" ")[0][1:-1].decode())
            for part in self._new.parts
            if not path or _may_say(_table_of(part), path)
            for line in find_lines(part.text, needle.encode())
            if line.partition(needle.encode())[2][:1] in (b">", b"/")
        }


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
