"""Checking in slices, and checking again only what a change can have touched.

Local shapes judge slices, which may be judged anywhere and in any order; the others judge the whole
workspace, reduced to the properties that they look at. Together they say what they say when
everything is judged at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kg.checks.change import Change, may_say, table_of
from kg.checks.engine import Result, validate
from kg.checks.locator import Locator
from kg.checks.reach import Sight, get_reach
from kg.checks.slices import Slice, Slices, find_lines, write_ontology
from kg.sources import Part
from kg.terms import RDF_TYPE

__all__ = [
    "find_row",
    "find_world",
    "judge_in_slices",
    "judge_lines",
    "judge_slice",
    "judge_world",
    "recheck",
]


def judge_slice(one: Slice) -> list[Result]:
    """Return what the local shapes say about the rows of a slice, sorted."""
    results, _ = validate(one.shared + one.text, scope="local")
    return [r for r in results if find_row(r.focus, one.rows)]


def find_row(node: str, rows: Collection[str]) -> str:
    """Return the row, out of some, that a node is or is a child of, or ""."""
    while node not in rows and "/" in node:
        node = node.rpartition("/")[0]
    return node if node in rows else ""


def judge_world(locator: Locator) -> list[Result]:
    """Return what the shapes say that look at the whole workspace, sorted.

    Args:
        locator: Where the rows are.
    """
    return judge_lines(find_world(locator))


def find_world(locator: Locator) -> bytes:
    """Return the lines at which the shapes look that look at the whole workspace."""
    return _find_lines_for(locator, get_reach().sights.values())


def judge_lines(seen: bytes, scope: str = "world") -> list[Result]:
    """Return what these shapes say about the lines at which they look, sorted."""
    return validate(write_ontology() + seen, scope=scope)[0]


def _find_lines_for(locator: Locator, sights: Collection[Sight]) -> bytes:
    paths = frozenset[str]().union(*(s.paths for s in sights))
    classes = frozenset[str]().union(*(s.classes for s in sights))
    sight = Sight(paths, classes)
    return b"".join(line for part in locator.parts for line in _find_seen(part, sight))


def _find_seen(part: Part, sight: Sight) -> Iterator[bytes]:
    """Yield the lines of a part at which a shape looks."""
    table = table_of(part)
    if "" in sight.paths or (table and table.kind_of):
        yield part.text
        return
    for path in sorted(sight.paths):
        if may_say(table, path):
            yield from find_lines(part.text, f"> <{path}> ".encode())
    for cls in [""] if "" in sight.classes else sorted(sight.classes):
        yield from find_lines(part.text, f"> <{RDF_TYPE}> <{cls}".encode())


def judge_in_slices(locator: Locator, size: int) -> list[Result]:
    """Return what all shapes say, sorted: the same as when everything is judged at once.

    Args:
        locator: Where the rows are.
        size: How many units (a study with what belongs to it, or another row) make a slice.
    """
    found = {r for one in Slices(locator).batches(size) for r in judge_slice(one)}
    return sorted(found.union(judge_world(locator)))


def recheck(results: Iterable[Result], change: Change) -> list[Result]:
    """Return what all shapes say, judging only what a change can have touched.

    Args:
        results: What they said before the change.
        change: What differs since then.
    """
    world = get_reach().world
    rows = change.find_rows()
    if rows is None:
        return validate(b"".join([write_ontology(), *(p.text for p in change.new.parts)]))[0]
    touched = frozenset({*rows, *change.lines})
    kept = {r for r in results if r.shape in world or not find_row(r.focus, touched)}
    for shape in change.find_world():
        kept = {r for r in kept if r.shape != shape}
        seen = _find_lines_for(change.new, [get_reach().sights[shape]])
        kept |= set(judge_lines(seen, shape))
    if rows:
        kept |= set(judge_slice(change.slices.cut(rows)))
    return sorted(kept)
