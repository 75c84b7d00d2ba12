"""One thing that `kg doctor` looked at, and the words for several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

__all__ = ["Point", "list_some"]

_LISTED = 3


@dataclass(frozen=True)
class Point:
    """One thing that was looked at.

    Attributes:
        area: "machine" or "workspace".
        name: What was looked at.
        state: "ok", "attention" (it works, but look at it) or "wrong".
        text: What was found.
        remedy: What to do or to type, "" if there is nothing to do.
    """

    area: str
    name: str
    state: str
    text: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the point in its machine form."""
        return asdict(self)


def list_some(names: Sequence[str]) -> str:
    """Return the first few of many names, and how many more there are."""
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")
