"""What the text of a report has instead of a quotation that does not stand in it.

A rule says that the words are not there; a reader needs the passage that comes nearest, or the
place where they do stand. Texts are read only when there is such a fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from kg.checks.engine import Result
from kg.errors import shorten
from kg.sources import Part
from kg.sources.passage import SourceText
from kg.terms import QES, SHAPE, plain

__all__ = ["QUOTED_RULES", "QuotedTexts"]

QUOTED_RULES = frozenset(SHAPE + n for n in ("quotations-in-text", "quotations-copied-from-text"))
"""IRIs of the rules of which a fault shows what stands in the text."""
_PROPERTIES = ("quotedFrom", "sourceFile", "fileName", "content")
_LENGTH = 160


class QuotedTexts:
    """The texts of the reports that quotations come from."""

    def __init__(self, parts: Iterable[Part]) -> None:
        """Keep the parts; nothing is read yet."""
        self._parts = tuple(parts)
        self._read: dict[str, SourceText] = {}

    @cached_property
    def _said(self) -> dict[str, dict[str, str]]:
        """Return property → node → its value."""
        said: dict[str, dict[str, str]] = {QES + name: {} for name in _PROPERTIES}
        for triple in (t for p in self._parts for t in p.triples if t.predicate.value in said):
            said[triple.predicate.value][plain(triple.subject)] = plain(triple.object)
        return said

    @cached_property
    def _contents(self) -> dict[str, str]:
        contents = self._said[QES + "content"]
        return {f: contents.get(n, "") for n, f in self._said[QES + "fileName"].items()}

    def _find(self, quotation: str) -> tuple[str, SourceText] | None:
        report = self._said[QES + "quotedFrom"].get(quotation, "")
        file = self._said[QES + "sourceFile"].get(report, "")
        if file in self._contents and file not in self._read:
            self._read[file] = SourceText(self._contents[file])
        return (file, self._read[file]) if file in self._read else None

    def describe(self, result: Result, words: str) -> str:
        """Return a sentence on where the words stand, or on what comes nearest to them, or ""."""
        if result.shape not in QUOTED_RULES or not (found := self._find(result.focus)):
            return ""
        file, text = found
        spans = text.find(words)
        if len(spans) > 1:
            return f" The words stand {len(spans)} times in {file}."
        if spans:
            seen = text.content[spans[0].start : spans[0].end]
            how = "" if seen == words else f', layout apart, as "{shorten(seen, _LENGTH)}"'
            return f" The words stand at {spans[0].start}–{spans[0].end} in {file}{how}."
        near = text.find_nearest(words)
        if near is None:
            return f" Nothing in {file} comes near them."
        return (
            f" Nearest ({near.score:.0f} of 100) in {file} at {near.passage.start}–"
            f'{near.passage.end} is "{shorten(near.seen, _LENGTH)}".'
        )
