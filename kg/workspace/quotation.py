"""A quotation as it was found: what its row says, what the text has, and what could be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import shorten
from kg.sources.verdict import Verdict

__all__ = ["Quotation"]

_LENGTH = 200
_BESIDE = 12
_VISIBLE = str.maketrans({"\n": "⏎", "\f": "␌", "\t": "⇥", "\u00a0": "⍽", "\u00ad": "¬"})


@dataclass(frozen=True)
class Quotation:
    """One quotation: what its row says, and how the words stand in the text of the report.

    Attributes:
        table: Table of the row.
        row: Record number.
        id: Id of the row.
        words: What is quoted.
        report: Id of the report.
        file: Name of the report's text, "" if none is named.
        verdict: How the words stand there; None if there is no such text.
        page: Page of the first span, if the text has page marks.
        given: "" if nothing is claimed, "right", or "wrong": offsets or check are not as they
            would have to be.
        changes: Header → cell that would verify the words; empty if nothing is to be changed or
            nothing verifies them.
        moved: Whether the changes put other offsets in the place of some that are there.
        elsewhere: Names of texts that have the words, where the report names no text.
    """

    table: str
    row: int
    id: str
    words: str
    report: str
    file: str
    verdict: Verdict | None
    page: int | None
    given: str
    changes: dict[str, str]
    moved: bool
    elsewhere: tuple[str, ...]

    @property
    def status(self) -> str:
        """Return the status of the verdict, or "no text"."""
        return self.verdict.status if self.verdict else "no text"

    @property
    def fault(self) -> bool:
        """Return whether the words stand nowhere in their text, or not as the row claims."""
        return self.given == "wrong" or self.status == "not found"

    def as_dict(self) -> dict[str, Any]:
        """Return the quotation in its machine form."""
        found: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("table", "row", "id", "words", "report", "file", "status", "page", "given")
        }
        verdict = self.verdict or Verdict("no text")
        found["spans"] = [
            {"start": p.start, "end": p.end, "text": seen}
            for p, seen in zip(verdict.passages, verdict.seen, strict=True)
        ]
        found |= {"times": verdict.times, "chosen_by": verdict.chosen_by}
        found |= {"missing": list(verdict.missing), "inside_word": verdict.inside_word}
        near = verdict.near
        found["nearest"] = near and {
            "start": near.passage.start,
            "end": near.passage.end,
            "score": near.score,
            "text": near.seen,
        }
        return {**found, "changes": self.changes, "elsewhere": list(self.elsewhere)}

    def lines(self) -> Iterator[str]:
        """Yield lines for people: what was found and where, and what differs."""
        yield f"{self.table} row {self.row}, {self.id}: {self._say()}"
        verdict = self.verdict
        if verdict is None:
            return
        if verdict.status == "layout apart":
            yield from _differing(self.words, verdict.seen[0])
        elif verdict.status in ("bracketed", "split", "several"):
            for passage, seen in list(zip(verdict.passages, verdict.seen, strict=True))[:5]:
                yield f"    {passage.start}–{passage.end}  {_show(seen)}"
        elif verdict.near:
            yield from _differing(self.words, verdict.near.seen)

    def _say(self) -> str:
        verdict = self.verdict
        if verdict is None:
            return self._say_no_text()
        one = verdict.passage or verdict.status == "bracketed"
        where = f" in {self.file}" + (f", page {self.page}" if self.page and one else "")
        if verdict.status == "not found":
            return f"not found{where}{self._say_why()}"
        if verdict.passage:
            place = f"{verdict.status} at {verdict.passage.start}–{verdict.passage.end}{where}"
            if verdict.times > 1:
                by = f"chosen by the {verdict.chosen_by}"
                place += f" (occurs {verdict.times} times; {by})"
            return place + self._say_given()
        said = {
            "bracketed": f"found{where} but for the words in brackets, which can't be verified",
            "split": f"{len(verdict.passages)} parts in order{where}; --split {self.id} makes each "
            "of them a quotation of its own",
            "several": f"occurs {verdict.times} times{where}; write start and end, or a page, to "
            "say which is meant",
        }[verdict.status]
        return said + ("; the row claims that it is verified" if self.given == "wrong" else "")

    def _say_no_text(self) -> str:
        if self.file:
            return f'{self.report} names the text "{self.file}", which is not here'
        if self.elsewhere:
            named = " and in ".join(self.elsewhere)
            return f'the words stand in {named}: write the name in column "text" of {self.report}'
        return f"{self.report or 'the report'} has no text here"

    def _say_why(self) -> str:
        assert self.verdict is not None
        if self.verdict.inside_word:
            return ": the words stand there only inside longer words"
        parts = "; ".join(f'"{shorten(p, 80)}"' for p in self.verdict.missing)
        why = f" (missing: {parts})" if parts else ""
        near = self.verdict.near
        if near is None:
            return f"{why}; nothing there comes near"
        passage = f"{near.passage.start}–{near.passage.end}"
        return f"{why}; the nearest passage ({near.score:.0f} of 100) is at {passage}"

    def _say_given(self) -> str:
        if self.given == "right":
            return "; the row says so"
        if self.given == "wrong":
            option = "--correct" if self.moved else "--fill"
            cells = ", ".join(f'{c} "{v}"' for c, v in sorted(self.changes.items()))
            return f"; the row is wrong, {option} writes {cells}"
        return "; --fill writes it"


def _differing(words: str, seen: str) -> Iterator[str]:
    """Yield the words and what stands in the text, without what both have at their ends."""
    shorter = min(len(words), len(seen))
    start = next((n for n in range(shorter) if words[n] != seen[n]), shorter)
    rest = shorter - start
    end = next((n for n in range(rest) if words[-1 - n] != seen[-1 - n]), rest)
    start, end = max(0, start - _BESIDE), max(0, end - _BESIDE)
    for name, text in (("quoted", words), ("text", seen)):
        inner = _show(text[start : len(text) - end])
        yield f"    {name:<7} {'…' if start else ''}{inner}{'…' if end else ''}"


def _show(text: str) -> str:
    return shorten(text.translate(_VISIBLE), _LENGTH)
