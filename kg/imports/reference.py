"""References into tables: a report, its authors, and a study that awaits its decision.

Layer imports. Reference lists hold records that nobody has screened, so each new one becomes a
row of reports and a row of studies in the role "awaiting decision", as the shipped case has them:
nothing in that role counts for or against anything. What only a reader can tell is "not reported
in the source seen"; the source seen is the reference, not its abstract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import UnknownName, shorten
from kg.imports.bibtex import read_bibtex
from kg.imports.field import ROLES
from kg.imports.ids import Ids
from kg.imports.name import Name, fold, read_name
from kg.imports.record import UNKNOWN, Record, build_record
from kg.imports.report import ADDED, LEFT_OUT, REJECTED, THERE, Entry, Report
from kg.imports.shelf import Shelf, Volume
from kg.imports.tagged import Raw, read_nbib, read_ris
from kg.imports.upload import MAX_RECORDS, Upload, read_text, unreadable
from kg.schema import Schema
from kg.sources import Draft, Sheet
from kg.terms import NOT_KNOWN

__all__ = ["READERS", "import_references", "looks_like_references", "read_references", "read_rows"]

READERS = {"bibtex": read_bibtex, "nbib": read_nbib, "ris": read_ris}
"""Kind of file → its reader."""

_MAX_LINES = 2_000_000
_SEEN = ("design", "method", "sample", "country", "funding")
_COMPARED = ("title", "kind", "year", "doi", "pmid", "pmcid")
_FILLED = (*_COMPARED, "venue", "citation", "language")


def read_references(upload: Upload) -> tuple[list[Record], list[str]]:
    """Return the references in a RIS, BibTeX or NBIB file, and what a reader should know.

    Raises:
        DataFaults: The file is no text, or holds no or too many records.
    """
    text, note = read_text(upload)
    if text.count("\n") > _MAX_LINES:
        raise unreadable(upload.name, f"The file has more than {_MAX_LINES} lines. Split it.")
    if upload.kind == "bibtex" and text.count("@") > 2 * MAX_RECORDS:
        raise unreadable(upload.name, f"The file holds more than {MAX_RECORDS} records. Split it.")
    raws, notes = READERS[upload.kind](text)
    return _build(upload, raws, upload.kind), [n for n in (upload.note, note, *notes) if n]


def read_rows(upload: Upload, sheet: Sheet) -> tuple[list[Record], list[str]]:
    """Return the references in the rows of a table with titles and DOIs.

    Raises:
        DataFaults: There are no or too many rows.
    """
    raws = [
        Raw(f"row {number}", list(zip(sheet.header, cells, strict=False)))
        for number, cells in sheet.rows
    ]
    return _build(upload, raws, "csv"), [n for n in (upload.note, *map(str, sheet.faults)) if n]


def looks_like_references(sheet: Sheet) -> bool:
    """Return whether the headers are those of references: a title, and a DOI or authors."""
    roles = {ROLES["csv"].get(" ".join(h.split()).lower()) for h in sheet.header}
    return "title" in roles and bool(roles & {"doi", "authors", "pmid"})


def _build(upload: Upload, raws: list[Raw], kind: str) -> list[Record]:
    if not raws:
        raise unreadable(upload.name, f"The file holds no record. Is it {upload.kind}?")
    if len(raws) > MAX_RECORDS:
        raise unreadable(upload.name, f"The file holds more than {MAX_RECORDS} records. Split it.")
    return [build_record(raw, kind) for raw in raws]


def import_references(
    draft: Draft,
    schema: Schema,
    records: Iterable[Record],
    report: Report,
    *,
    search: str = "",
    skip: bool = False,
    fill: bool = False,
) -> Report:
    """Add references to a draft, and return the report with the fate of each.

    Args:
        draft: The tables, which are changed but not written.
        schema: The tables' schema.
        records: The references, in the order of the file.
        report: The report to be filled.
        search: Id of the row of searches that found them, or "".
        skip: Whether probable duplicates are left out.
        fill: Whether empty cells of references that are there are filled.

    Raises:
        UnknownName: There is no such search.
    """
    desk = _Desk(draft, schema, report, search)
    for record in records:
        report.losses += record.losses
        report.entries.append(desk.take(record, skip=skip, fill=fill))
    if desk.by_initials:
        names = ", ".join(sorted(desk.by_initials))
        report.notes.append(f"Authors who were taken for one that is there, by family name and "
                            f"initials: {shorten(names, 400)}.")  # fmt: skip
    if report.count(ADDED):
        report.notes.append(
            f"New studies are awaiting decision, found for {desk.found_for}; nobody has read them, "
            f'so what a reference doesn\'t say is "{UNKNOWN}".'
        )
    return report


@dataclass
class _Desk:
    """Where references are taken in, one after the other."""

    draft: Draft
    schema: Schema
    report: Report
    search: str = ""
    by_initials: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read what is there."""
        authors = self.draft.rows("authors").values()
        names = {row.get("id", ""): row.get("name", "") for row in authors}
        self._authors: dict[tuple[str, str], list[tuple[Name, str]]] = {}
        for author, text in names.items():
            self._know(read_name(text), author)
        self._ids = Ids(self.draft, self.schema)
        self._shelf = Shelf(self.draft.rows("reports"), names)
        self.found_for = self._find_purpose()

    def _find_purpose(self) -> str:
        if not self.search:
            return "source settings"
        searches = {row.get("id", ""): row for row in self.draft.rows("searches").values()}
        if self.search not in searches:
            raise UnknownName("search", self.search, searches)
        purpose = searches[self.search].get("purpose", "")
        return "target context" if purpose == "target context" else "source settings"

    def take(self, record: Record, *, skip: bool, fill: bool) -> Entry:
        """Take one reference in, and return its fate."""
        if record.broken:
            return Entry(record.place, record.title, REJECTED, reason=record.broken)
        first = fold(record.authors[0].family) if record.authors else ""
        if found := self._shelf.find(record, first):
            volume, reason = found
            self._compare(record, volume, fill=fill)
            return Entry(record.place, record.title, THERE, volume.id, reason=reason)
        alike = self._shelf.find_alike(record)
        like, similarity = (alike[0].id, alike[1]) if alike else ("", 0)
        reason = f"Title {similarity} % like that of {like}." if like else "New."
        if like and skip:
            return Entry(record.place, record.title, LEFT_OUT, "", like, similarity, reason)
        row = self._add(record, first)
        return Entry(record.place, record.title, ADDED, row, like, similarity, reason)

    def _add(self, record: Record, first: str) -> str:
        year = "" if record.cells["year"] == UNKNOWN else record.cells["year"]
        words = record.title.split()[:3]
        base = (first or "-".join(filter(None, map(fold, words))) or "record") + year
        study = self._ids.take_letter(base, also="-report")
        family = record.authors[0].family if record.authors else ""
        label = f"{family} {year or '(no year)'}" if family else shorten(record.title, 60)
        suffix = study.removeprefix(base)
        known = self.schema.tables["reports"].header
        cells = {h: v for h, v in record.cells.items() if h in known}
        if record.authors:
            cells["authors"] = ";".join(dict.fromkeys(map(self._find_author, record.authors)))
        cells |= {"id": f"{study}-report", "read": "not read"}
        number = self.draft.add("reports", cells)
        self._shelf.put(Volume(cells["id"], number, cells, first))
        row = {"id": study, "label": f"{label}{suffix}", "reports": cells["id"],
               "role": "awaiting decision", "found for": self.found_for,
               "note": f"Imported from {self.report.file}."}  # fmt: skip
        row |= dict.fromkeys(_SEEN, UNKNOWN)
        if self.search and "found by" in self.schema.tables["studies"].header:
            row["found by"] = self.search
        self.draft.add("studies", row)
        return cells["id"]

    def _find_author(self, name: Name) -> str:
        """Return the id of an author, who gets a row if there is none."""
        for other, author in self._authors.get(name.key, []):
            if name.fits(other):
                if fold(name.given) != fold(other.given):
                    self.by_initials.add(f"{name.text} as {author}")
                return author
        author = self._ids.take_number(name.id or "author")
        self.draft.add("authors", {"id": author, "name": name.text})
        self._know(name, author)
        return author

    def _know(self, name: Name, author: str) -> None:
        self._authors.setdefault(name.key, []).append((name, author))

    def _compare(self, record: Record, volume: Volume, *, fill: bool) -> None:
        """Offer what fills an empty cell, and list what contradicts a filled one."""
        known = self.schema.tables["reports"].header
        for header in (h for h in _FILLED if h in known):
            new, old = record.cells.get(header, ""), volume.cells.get(header, "")
            if new in ("", UNKNOWN, old):
                continue
            if not old or old.lower() in NOT_KNOWN:
                self._offer(volume, {header: new}, new, fill=fill)
            elif header in _COMPARED and fold(old) != fold(new):
                self.report.conflicts.append(
                    f'{volume.id}, {header}: "{shorten(old, 60)}" stands there, '
                    f'{record.place} says "{shorten(new, 60)}"'
                )
        old = volume.cells.get("authors", "")
        if record.authors and (not old or old.lower() in NOT_KNOWN):
            text = "; ".join(a.text for a in record.authors)
            values = {"author list": record.cells["author list"], "authors": ""}
            if fill:
                values["authors"] = ";".join(dict.fromkeys(map(self._find_author, record.authors)))
            self._offer(volume, values, text, fill=fill)

    def _offer(self, volume: Volume, values: Mapping[str, str], text: str, *, fill: bool) -> None:
        header = "authors" if "authors" in values else next(iter(values))
        if not fill:
            offer = f'{volume.id}, {header}: "{shorten(text, 60)}"'
            if offer not in self.report.offers:
                self.report.offers.append(offer)
            return
        for column, value in values.items():
            self.draft.set("reports", volume.row, column, value)
            volume.cells[column] = value
        self._shelf.name(volume)
