"""Where a selection stands in its text: positions of other programs made into our offsets.

`kg.imports`. The standard counts Unicode code points from 0 and calls the end position that of the
last character, which programs understand differently; some count a line end of two characters as
one. The name of a selection is usually its words, so the names show how a program counts.

Source: REFI-QDA Standard 1.5, sections on selections in plain text.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Counting", "SourceText", "decode_text"]


@dataclass(frozen=True)
class Counting:
    """How a program counts: whether CR LF is two characters, whether the end is included."""

    two_for_line_end: bool = True
    end_included: bool = False

    def __str__(self) -> str:
        """Say what departs from what is expected."""
        departures = [] if self.two_for_line_end else ["a line end is counted as one character"]
        departures += ["the end position is that of the last character"] * self.end_included
        return " and ".join(departures)


_COUNTINGS = (Counting(), Counting(True, True), Counting(False, False), Counting(False, True))


class SourceText:
    """A text as it is read from the text folder, with a line feed for each line end."""

    def __init__(self, raw: str) -> None:
        """Take a text whose line ends may be CR LF."""
        self.content = raw.replace("\r\n", "\n")
        self._raw = raw
        self._known = [(0, 0)]  # position → how many CR LF begin before it, in order

    def _count_returns(self, position: int) -> int:
        """Return how many CR LF begin before a position, counted from the nearest known one."""
        place = bisect_right(self._known, (position, len(self._raw))) - 1
        known, number = self._known[max(place, 0)]
        if position <= known or len(self._raw) == len(self.content):
            return number
        number += self._raw.count("\r\n", known, position + 1)
        self._known.insert(place + 1, (position, number))
        return number

    def find_span(self, start: int, end: int, counting: Counting) -> tuple[int, int] | None:
        """Return offsets of first and after the last character, or None if they lie outside."""
        end += counting.end_included
        if not 0 <= start <= end <= len(self._raw):
            return None
        if counting.two_for_line_end:
            start -= self._count_returns(start)
            end -= self._count_returns(end)
        return (start, end) if end <= len(self.content) else None

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets without blanks at both ends, which a cell can't hold."""
        while start < end and self.content[start].isspace():
            start += 1
        while end > start and self.content[end - 1].isspace():
            end -= 1
        return start, end

    def find_counting(self, selections: Iterable[tuple[int, int, str]]) -> Counting:
        """Return how the program counts whose selections these are.

        Args:
            selections: Start position, end position and name of each selection.
        """
        named = sorted(s for s in selections if s[2].strip())
        scores = [sum(self._score(c, *s) for s in named) for c in _COUNTINGS]
        return _COUNTINGS[scores.index(max(scores))]

    def _score(self, counting: Counting, start: int, end: int, name: str) -> int:
        """Return 2 if a name gives the words there, 1 if so but for blanks around, 0 if not."""
        span = self.find_span(start, end, counting)
        if span is None or span[1] - span[0] > _reach(name):
            return 0
        words = self.content[span[0] : span[1]]
        if name.split() != words.split():
            return 0
        return 1 + (words == words.strip())

    def begins(self, name: str, span: tuple[int, int]) -> bool:
        """Return whether a name gives the beginning of the words, cut off where it ends."""
        wanted = " ".join(name.split()).rstrip("….")
        words = self.content[span[0] : min(span[1], span[0] + _reach(name))]
        return " ".join(words.split()).startswith(wanted)


def _reach(name: str) -> int:
    """Return how many characters a name may stand for: blanks are joined in it."""
    return 4 * len(name) + 100


def decode_text(data: bytes) -> tuple[str, bool] | None:
    """Return a text and whether it had to be read as Windows-1252, or None if it is no text."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else (text, encoding == "cp1252")
    return None
