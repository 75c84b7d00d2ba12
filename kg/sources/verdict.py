"""Verdicts: how the words of one quotation stand in the text that they were taken from.

A verdict says what was found and never more: only spans that are the same, letter for letter or
layout apart, can verify words; parts and brackets are shown and left to people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.sources.passage import Near, Passage, SourceText, split_words

__all__ = ["FOUND", "Verdict", "judge_words"]

FOUND = ("exact", "layout apart")
_PAGES = re.compile(r"\b(?:pages?|pp?\.?)\s*(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """How words stand in a text.

    Attributes:
        status: "exact", "layout apart", "bracketed" (words in brackets stand for others),
            "split" (parts in order, with an ellipsis between them), "several" (more than one
            place, and nothing says which) or "not found".
        passages: The spans: one, one for each part of "split", all places of "several".
        seen: What the text has at these spans.
        times: In how many places the words stand.
        chosen_by: What decided between several places: "offsets", "page", or "".
        parts: The words between the ellipses of "split", one for each span.
        missing: Parts that stand nowhere, if there is an ellipsis.
        near: The nearest passage, if nothing was found.
        inside_word: Whether the words stand there, but only inside longer words.
    """

    status: str
    passages: tuple[Passage, ...] = ()
    seen: tuple[str, ...] = ()
    times: int = 0
    chosen_by: str = ""
    parts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    near: Near | None = None
    inside_word: bool = False

    @property
    def passage(self) -> Passage | None:
        """Return the span that verifies the words, or None if none does."""
        return self.passages[0] if self.status in FOUND else None


def judge_words(
    text: SourceText, words: str, *, start: int | None = None, locator: str = ""
) -> Verdict:
    """Return how the words stand in the text.

    Args:
        text: The source text.
        words: What is quoted.
        start: Offset that was given, right or wrong; decides between several places.
        locator: What was written as the place; a page decides if the text has page marks.
    """
    spans = text.find(words)
    if spans:
        chosen, by = _choose(text, spans, start, locator)
        if chosen is None:
            return Verdict("several", spans, _read(text, spans), len(spans))
        seen = _read(text, (chosen,))
        status = "exact" if seen[0] == words else "layout apart"
        return Verdict(status, (chosen,), seen, len(spans), by)
    parts = split_words(words)
    if len(parts) > 1 or (parts and parts[0] != words):
        return _judge_parts(text, words, parts)
    spans = text.find_bracketed(words)
    if not spans:
        return _not_found(text, words)
    status = "bracketed" if len(spans) == 1 else "several"
    return Verdict(status, spans, _read(text, spans), len(spans))


def _read(text: SourceText, spans: tuple[Passage, ...]) -> tuple[str, ...]:
    return tuple(text.content[p.start : p.end] for p in spans)


def _choose(
    text: SourceText, spans: tuple[Passage, ...], start: int | None, locator: str
) -> tuple[Passage | None, str]:
    """Return the span that is meant, if one is, and what says so."""
    if len(spans) == 1:
        return spans[0], ""
    if start is not None:
        first, second = sorted(spans, key=lambda p: abs(p.start - start))[:2]
        if abs(first.start - start) < abs(second.start - start):
            return first, "offsets"
    if page := _PAGES.search(locator):
        low = int(page[1])
        pages = range(low, int(page[2] or low) + 1)
        there = [p for p in spans if text.page(p.start) in pages]
        if len(there) == 1:
            return there[0], "page"
    return None, ""


def _judge_parts(text: SourceText, words: str, parts: tuple[str, ...]) -> Verdict:
    chains = text.find_split(parts)
    if len(chains) == 1:
        return Verdict("split", chains[0], _read(text, chains[0]), 1, parts=parts)
    if chains:
        spans = tuple(Passage(c[0].start, c[-1].end) for c in chains)
        return Verdict("several", spans, _read(text, spans), len(spans))
    missing = tuple(p for p in parts if not text.find_bracketed(p))
    return _not_found(text, words, missing)


def _not_found(text: SourceText, words: str, missing: tuple[str, ...] = ()) -> Verdict:
    near = text.find_nearest(missing[0] if missing else words)
    inside = bool(text.find(words, whole=False))
    return Verdict("not found", missing=missing, near=near, inside_word=inside)
