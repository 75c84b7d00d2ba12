"""Passages: where the words of a quotation stand in a source text, as one span or as several.

A text is put into a form in which layout makes no difference once, with a map back to its own
offsets; words are searched there, and every span is judged by ``layout`` as it stands in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.sources.layout import (
    DASHES,
    NOTHING,
    cuts_after,
    cuts_before,
    flatten,
    has_marked_letter,
    is_alike,
    simplify,
    unmark,
)

__all__ = ["Near", "Passage", "SourceText", "split_words"]

MOST = 1_000  # occurrences that are looked at
GAP = 80  # characters that words in brackets may stand for

_EDGE = re.compile("[- ]*")
_BESIDE = 12
_DASH_BEFORE = re.compile(rf"[-{DASHES}]{NOTHING}\Z")
_DASH_AFTER = re.compile(rf"{NOTHING}[-{DASHES}]")
_DOTS = r"(?:…|\.(?:\s?\.){2,})"
_ELLIPSIS = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}")
_INSERTED = re.compile(r"\[[^\[\]]{1,80}\]")
_TERM = re.compile(r"\w+")
_COMMON = 2_000  # a word that occurs more often says little about a place
_RARE = 24  # words of a quotation that vote for a place


@dataclass(frozen=True, order=True)
class Passage:
    """A span of a text: offsets in code points from 0, the end just after it."""

    start: int
    end: int


@dataclass(frozen=True)
class Near:
    """The passage that comes nearest to words that stand nowhere.

    Attributes:
        passage: Where it is.
        seen: What the text has there.
        score: How much of the words it has, from 0 to 100; 100 is never a proof, as a part of a
            longer word counts in full.
    """

    passage: Passage
    seen: str
    score: float


def split_words(words: str) -> tuple[str, ...]:
    """Return the parts of a quotation between its ellipses: "…", "...", in brackets or not."""
    return tuple(part.strip() for part in _ELLIPSIS.split(words) if part.strip())


class SourceText:
    """A source text that is searched many times."""

    def __init__(self, content: str) -> None:
        """Read the text once: its plain form, and where each of its characters comes from."""
        self.content = content
        self._plain, self._places = flatten(content)

    def find(self, words: str, *, whole: bool = True) -> tuple[Passage, ...]:
        """Return where the words stand, layout apart, in order; at most 1,000 places.

        Args:
            words: What is quoted; its first letter may stand in brackets.
            whole: Whether a span may begin or end only where a word does.
        """
        return tuple(self._find(words, (whole, whole)))

    def _find(self, words: str, whole: tuple[bool, bool]) -> list[Passage]:
        found = set(self._candidates(words, words))
        if has_marked_letter(words) and not found:
            bare = unmark(words)
            for first in {bare[0].lower(), bare[0].upper()}:
                found |= set(self._candidates(words, first + bare[1:]))
        return sorted(p for p in found if not self._cuts(p, whole))

    def _candidates(self, words: str, searched: str) -> Iterator[Passage]:
        needle = flatten(searched)[0].strip(" ")
        for place in _occurrences(self._plain, needle):
            start, end = self._places[place], self._places[place + len(needle) - 1] + 1
            yield from self._judge(words, start, end)
        for start in _occurrences(self.content, searched):
            yield Passage(start, start + len(searched))

    def _judge(self, words: str, start: int, end: int) -> Iterator[Passage]:
        """Yield the span if it is alike, with the dashes around it that the words have."""
        simple = simplify(words)
        first, last = _EDGE.match(simple), _EDGE.match(simple[::-1])
        for _ in range(first[0].count("-") if first else 0):
            dash = _DASH_BEFORE.search(self.content[max(0, start - _BESIDE) : start])
            start -= len(dash[0]) if dash else 0
        for _ in range(last[0].count("-") if last else 0):
            dash = _DASH_AFTER.match(self.content, end)
            end = dash.end() if dash else end
        if is_alike(words, self.content[start:end]):
            yield Passage(start, end)

    def _cuts(self, passage: Passage, whole: tuple[bool, bool]) -> bool:
        return (whole[0] and cuts_before(self.content, passage.start)) or (
            whole[1] and cuts_after(self.content, passage.end)
        )

    def find_bracketed(self, words: str) -> tuple[Passage, ...]:
        """Return where the words stand if words in brackets stand for up to 80 characters."""
        pieces = _INSERTED.split(unmark(words))
        if len(pieces) == 1:
            return self.find(words)
        if has_marked_letter(words):
            pieces[0] = f"[{pieces[0][0]}]{pieces[0][1:]}"
        chains = self._chain(pieces, GAP)
        return tuple(sorted({Passage(c[0].start, c[-1].end) for c in chains}))

    def find_split(self, parts: tuple[str, ...]) -> tuple[tuple[Passage, ...], ...]:
        """Return each way in which the parts stand in order, as near to one another as they do."""
        return self._order([self.find_bracketed(part) for part in parts], len(self.content))

    def _chain(self, pieces: list[str], gap: int) -> tuple[tuple[Passage, ...], ...]:
        """Return the chains of what stands between brackets; a bracket may end inside a word."""
        last = len(pieces) - 1
        found = [
            self._find(
                piece.strip(),
                (n == 0 or piece[:1].isspace(), n == last or piece[-1:].isspace()),
            )
            for n, piece in enumerate(pieces)
            if any(c.isalnum() for c in piece)
        ]
        return self._order([tuple(f) for f in found], gap) if found else ()

    @staticmethod
    def _order(found: list[tuple[Passage, ...]], gap: int) -> tuple[tuple[Passage, ...], ...]:
        """Return the tightest chains: of those that end in one place, the one that begins last."""
        starts = [[p.start for p in spans] for spans in found]
        chains: dict[Passage, tuple[Passage, ...]] = {}
        for first in found[0]:
            chain = [first]
            for number in range(1, len(found)):
                place = bisect_left(starts[number], chain[-1].end)
                if place == len(starts[number]):
                    break
                following = found[number][place]
                if following.start - chain[-1].end > gap:
                    break
                chain.append(following)
            if len(chain) == len(found):
                chains[chain[-1]] = tuple(chain)  # the first ones come in order
        return tuple(chains.values())

    @cached_property
    def _pages(self) -> list[int]:
        return [m.start() for m in re.finditer("\f", self.content)]

    def page(self, offset: int) -> int | None:
        """Return the page of an offset, counted from 1 by form feeds; None if there are none."""
        return bisect_right(self._pages, offset) + 1 if self._pages else None

    @cached_property
    def _terms(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for term in _TERM.finditer(self._plain):
            found[term[0].lower()].append(term.start())
        return found

    def find_nearest(self, words: str) -> Near | None:
        """Return the passage that is most like the words, or None if no word is shared."""
        from rapidfuzz import fuzz

        needle = flatten(words)[0].strip(" ")
        best: Near | None = None
        for place in self._likely(needle):
            low, high = max(0, place - len(needle)), place + 2 * len(needle) + 40
            found = fuzz.partial_ratio_alignment(needle, self._plain[low:high])
            if found is None or found.dest_end == found.dest_start:
                continue
            if best is None or found.score > best.score:
                passage = self._widen(low + found.dest_start, low + found.dest_end)
                seen = self.content[passage.start : passage.end]
                best = Near(passage, seen, round(found.score, 1))
        return best

    def _likely(self, needle: str) -> list[int]:
        """Return places in the plain text where rare words of the needle are together."""
        terms = [(self._terms.get(m[0].lower(), []), m.start()) for m in _TERM.finditer(needle)]
        rare = sorted((t for t in terms if 0 < len(t[0]) <= _COMMON), key=lambda t: len(t[0]))
        width = max(40, len(needle) // 2)
        votes: Counter[int] = Counter()
        for places, offset in rare[:_RARE]:
            votes.update({max(0, place - offset) // width for place in places})
        best = sorted(votes, key=lambda bucket: (-votes[bucket], bucket))
        return [bucket * width for bucket in best[:3]]

    def _widen(self, start: int, end: int) -> Passage:
        """Return a span of the plain text as whole words of the text."""
        while start > 0 and self._plain[start - 1 : start + 1].isalnum():
            start -= 1
        while end < len(self._plain) and self._plain[end - 1 : end + 1].isalnum():
            end += 1
        while start < end - 1 and self._plain[start] == " ":
            start += 1
        while end - 1 > start and self._plain[end - 1] == " ":
            end -= 1
        return Passage(self._places[start], self._places[end - 1] + 1)


def _occurrences(text: str, needle: str) -> Iterator[int]:
    place = text.find(needle) if needle else -1
    for _ in range(MOST):
        if place < 0:
            return
        yield place
        place = text.find(needle, place + 1)
