"""The shelf: the references that the tables hold, and how one from a file is found on it.

Layer imports. One DOI, PMID or PMCID is one reference, and so is one title, year, first author
and venue unless the identifiers contradict. Titles that are only alike are shown, never merged.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.imports.name import fold, read_name
from kg.imports.record import UNKNOWN, Record

__all__ = ["Shelf", "Volume", "fold_title"]

ALIKE = 90
"""From which similarity of 100 on two titles are probably one: one letter in ten may differ."""

_COMMON = 2_000
_RAREST = 6
_IDENTIFIERS = ("doi", "pmid", "pmcid")


@dataclass
class Volume:
    """One reference on the shelf.

    Attributes:
        id: Id of its row of reports.
        row: Record number of that row.
        cells: The filled cells of that row.
        first: Family name of its first author, folded; "" if not known.
    """

    id: str
    row: int
    cells: dict[str, str]
    first: str = ""
    title: str = field(init=False)

    def __post_init__(self) -> None:
        """Fold the title once."""
        self.title = fold_title(self.cells.get("title", ""))

    @property
    def year(self) -> int:
        """Return the year, 0 if it is not known."""
        text = self.cells.get("year", "")
        return int(text) if text.isascii() and text.isdigit() else 0


class Shelf:
    """The references of the tables, and those that an import adds."""

    def __init__(self, reports: Mapping[int, dict[str, str]], names: Mapping[str, str]) -> None:
        """Take the rows of reports.

        Args:
            reports: Record number → cells of reports.
            names: Id of an author → name.
        """
        self._by_identifier: dict[tuple[str, str], Volume] = {}
        self._by_title: defaultdict[str, list[Volume]] = defaultdict(list)
        self._by_word: defaultdict[str, list[Volume]] = defaultdict(list)
        for row, cells in reports.items():
            author = names.get(cells.get("authors", "").split(";")[0].strip(), "")
            first = fold(read_name(author).family) if author else ""
            self.put(Volume(cells.get("id", ""), row, dict(cells), first))

    def put(self, volume: Volume) -> None:
        """Put a reference on the shelf; the first one with an identifier keeps it."""
        self.name(volume)
        if volume.title and volume.title != fold_title(UNKNOWN):
            self._by_title[volume.title].append(volume)
            for word in set(volume.title.split()):
                self._by_word[word].append(volume)

    def name(self, volume: Volume) -> None:
        """Make a reference known by its identifiers, which may be new."""
        for key in _keys(volume.cells):
            self._by_identifier.setdefault(key, volume)

    def find(self, record: Record, first: str) -> tuple[Volume, str] | None:
        """Return the same reference with the reason why it is the same, or None."""
        for header, value in _keys(record.cells):
            if volume := self._by_identifier.get((header, value)):
                return volume, f"The same {header.upper()} as {volume.id}."
        year, venue = record.cells["year"], fold(record.cells.get("venue", ""))
        for volume in self._by_title.get(fold_title(record.title), ()):
            cells = volume.cells
            same = cells.get("year", UNKNOWN) == year and volume.first == first
            same = same and fold(cells.get("venue", "")) == venue
            if same and not _contradict(cells, record.cells):
                return volume, f"The same title, year, author and venue as {volume.id}."
        return None

    def find_alike(self, record: Record) -> tuple[Volume, int] | None:
        """Return the reference whose title is most alike, at most a year apart, or None."""
        from rapidfuzz.fuzz import ratio

        title = fold_title(record.title)
        year = int(record.cells["year"]) if record.cells["year"].isdigit() else 0
        best: tuple[float, Volume] | None = None
        for volume in self._share_words(title):
            if year and volume.year and abs(year - volume.year) > 1:
                continue
            score = ratio(title, volume.title, score_cutoff=ALIKE)
            if score and (best is None or score > best[0]):
                best = score, volume
        return (best[1], int(best[0])) if best else None

    def _share_words(self, title: str) -> list[Volume]:
        """Return the references that share half of the rarest words of a title, in order."""
        words = [w for w in set(title.split()) if 0 < len(self._by_word.get(w, ())) <= _COMMON]
        rarest = sorted(words, key=lambda w: (len(self._by_word[w]), w))[:_RAREST]
        shared: Counter[int] = Counter()
        found: dict[int, Volume] = {}
        for word in rarest:
            for volume in self._by_word[word]:
                shared[id(volume)] += 1
                found[id(volume)] = volume
        half = (len(rarest) + 1) // 2
        return sorted((v for i, v in found.items() if shared[i] >= half), key=lambda v: v.row)


def fold_title(title: str) -> str:
    """Return the words of a title in small letters, without accents and punctuation."""
    return " ".join(filter(None, map(fold, re.split(r"[\W_]+", title))))


def _keys(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(h, cells[h].strip().lower()) for h in _IDENTIFIERS if cells.get(h)]


def _contradict(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    mine, yours = dict(_keys(one)), dict(_keys(other))
    return any(mine[h] != yours[h] for h in mine.keys() & yours.keys())
