"""Before: what the current store was built from, if all of that is still kept.

A change is worked out from the reading before. Whatever of it is gone, garbled or of another time
makes it nothing: then everything is built anew, which gives the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.checks import Violation
from kg.sources import Part, read_parts
from kg.store import Cache, Snapshot
from kg.workspace.judged import Judged, locate_parts, read_judged

__all__ = ["JUDGED", "Before", "find_before"]

JUDGED = "what was judged"
"""Under what name the judgement is kept among the parts."""


@dataclass(frozen=True)
class Before:
    """The current store, and what it was built from.

    Attributes:
        held: The store.
        judged: What was read, and what the checks said of it.
        violations: What the check queries found in the store.
        parts: Stamp of each file → what was read from it.
    """

    held: Snapshot
    judged: Judged
    violations: tuple[Violation, ...]
    parts: Mapping[str, list[Part]] = field(repr=False)


def find_before(cache: Cache, engine: str, like: str) -> Before | None:
    """Return what the current store was built from; None if that is not wholly there.

    Args:
        cache: The cache of the workspace.
        engine: The engine that has to have judged.
        like: How the stamps begin of what was read under the same shapes and the same review.
    """
    held = cache.read()
    if held is None:
        return None
    try:
        stamps: dict[str, str] = held.note["stamps"]
        judged = cache.read_part(JUDGED, held.note["key"])
        if judged is None or not all(stamp.startswith(like) for stamp in stamps.values()):
            return None
        parts = {}
        for name, stamp in stamps.items():
            kept = cache.read_part(name, stamp)
            if kept is None:
                return None
            parts[stamp] = read_parts(kept)
        before = read_judged(judged, locate_parts(p for found in parts.values() for p in found))
        violations = tuple(Violation(*values) for values in held.note["violations"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return Before(held, before, violations, parts) if before.engine == engine else None
