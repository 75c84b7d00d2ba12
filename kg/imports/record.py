"""A reference as a row of reports: one meaning for the fields of every format.

Layer imports. A value is taken as it stands or counted as lost; nothing is guessed. A kind that
no table of kinds knows stays empty, so that `kg check` asks for it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote

from kg.imports.field import KINDS, LANGUAGES, ROLES
from kg.imports.name import Name, read_name, split_names
from kg.imports.tagged import Raw

__all__ = ["MAX_CELL", "UNKNOWN", "Record", "build_record", "clean", "find_doi"]

UNKNOWN = "not reported in the source seen"
MAX_CELL = 32_767
"""Characters that a cell of a spreadsheet holds; longer values would be cut there."""

_DOI = re.compile(r"10\.\d{4,}/[^\s\"]+")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_PMID = re.compile(r"\s*(?:PMID:?\s*)?(\d{1,9})\s*(?:\[pmid\])?\s*", re.I)
_PMCID = re.compile(r"\s*(?:PMCID:?\s*)?(PMC\d+)(?:\.\d+)?\s*(?:\[pmc\])?\s*", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_ONE = ("title", "venue", "volume", "issue", "first page", "last page", "pages", "publisher")


@dataclass
class Record:
    """One reference.

    Attributes:
        place: Where it stands in the file.
        cells: Header of reports → cell; authors and id apart.
        authors: Its authors in order.
        broken: Why it can't be taken, or "".
        losses: Name of a field → number of its values that have no place.
    """

    place: str
    cells: dict[str, str] = field(default_factory=dict)
    authors: list[Name] = field(default_factory=list)
    broken: str = ""
    losses: Counter[str] = field(default_factory=Counter)

    @property
    def title(self) -> str:
        """Return the title, "" if there is none."""
        return self.cells.get("title", "")


def build_record(raw: Raw, kind: str) -> Record:
    """Return what a raw record says in our words.

    Args:
        raw: The record as it stands in the file.
        kind: "ris", "nbib", "bibtex" or "csv".
    """
    record = Record(raw.place, broken=raw.broken)
    values: dict[str, list[str]] = {}
    for name, text in raw.fields:
        role = ROLES[kind].get(name.lower(), "")
        value = clean(text)
        if role and value:
            values.setdefault(role, []).append(value)
        elif value:
            record.losses[name] += 1
    _take_single(record, values)
    _take_identifiers(record, values)
    _take_coded(record, values, kind)
    _take_authors(record, values)
    _check(record)
    if not record.broken:
        _cite(record)
    return record


def clean(text: str) -> str:
    """Return a value without control characters and blanks at its ends."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _take_single(record: Record, values: dict[str, list[str]]) -> None:
    """Take the first value of fields that can have one only."""
    values["venue"] = [*values.get("venue", []), *values.get("journal", [])]
    values["venue"] = values["venue"] or values.get("venue, short", [])
    first: dict[str, str] = {}
    for role in _ONE:
        several = list(dict.fromkeys(values.get(role, [])))
        first[role] = several[0] if several else ""
        if len(several) > 1:
            record.losses[f"further {role}"] += len(several) - 1
    record.cells["title"] = " ".join(first["title"].split())
    place = first["volume"] + (f"({first['issue']})" if first["issue"] else "")
    pages = "-".join(filter(None, (first["first page"], first["last page"]))) or first["pages"]
    where = ":".join(filter(None, (place, pages)))
    venue = first["venue"] or first["publisher"]
    record.cells["venue"] = " ".join(f"{venue} {where}".split()) if venue else ""
    if where and not venue:
        record.losses["volume, issue, pages without a venue"] += 1
    if first["publisher"] and first["venue"]:
        record.losses["publisher"] += 1


def _take_identifiers(record: Record, values: dict[str, list[str]]) -> None:
    """Take DOI, PMID and PMCID from the fields that may hold them."""
    used: set[str] = set()
    for header, roles, find in (
        ("doi", ("doi", "identifier", "link"), find_doi),
        ("pmid", ("pmid", "accession"), _find_pmid),
        ("pmcid", ("pmcid", "identifier"), _find_pmcid),
    ):
        found: dict[str, str] = {}
        for text in (t for role in roles for t in values.get(role, [])):
            foreign = header == "pmid" and text in values.get("accession", [])
            if foreign and "pmid" not in text.lower() and not _from_pubmed(values):
                continue
            if value := find(text):
                used.add(text)
                found.setdefault(value.lower(), value)
        record.cells[header] = next(iter(found.values()), "")
        if len(found) > 1:
            record.losses[f"further {header}"] += len(found) - 1
    for role in ("doi", "pmid", "pmcid", "identifier", "link", "accession"):
        lost = sum(text not in used for text in values.get(role, []))
        if lost:
            what = f"{role} that is none" if role in record.cells else role
            record.losses[what] += lost


def find_doi(text: str) -> str:
    """Return the DOI in a text or address, as it is written there, or ""."""
    if text.lower().startswith("http"):
        text = unquote(re.split(r"[?#]", text, maxsplit=1)[0])
    match = _DOI.search(text)
    doi = match[0].rstrip(".,;") if match else ""
    return doi[:-1] if doi.endswith(")") and doi.count(")") > doi.count("(") else doi


def _find_pmid(text: str) -> str:
    match = _PMID.fullmatch(text)
    return match[1] if match else ""


def _find_pmcid(text: str) -> str:
    match = _PMCID.fullmatch(text)
    return match[1].upper() if match else ""


def _from_pubmed(values: dict[str, list[str]]) -> bool:
    return any("pubmed" in v.lower() or v.lower() == "nlm" for v in values.get("database", []))


def _take_coded(record: Record, values: dict[str, list[str]], kind: str) -> None:
    """Take year, kind and language, where the value says one."""
    years = [m[0] for text in values.get("year", []) if (m := _YEAR.search(text))]
    record.cells["year"] = years[0] if years else UNKNOWN
    if values.get("year") and not years:
        record.losses["year without digits of a year"] += 1
    kinds = {KINDS[kind].get(v.lower(), "") for v in values.get("kind", [])}
    known = sorted(kinds - {""}, key=lambda k: (k != "review article", k))
    record.cells["kind"] = known[0] if known else _kind_of_venue(record, values, kind)
    if not record.cells["kind"]:
        record.losses["kind that can't be told"] += 1
    for value in values.get("language", []):
        code = LANGUAGES.get(value.lower(), value.lower())
        if re.fullmatch(r"[a-z]{2}", code) and not record.cells.get("language"):
            record.cells["language"] = code
        else:
            record.losses["language"] += 1


def _kind_of_venue(record: Record, values: dict[str, list[str]], kind: str) -> str:
    """Return "journal article" for a row without a kind, if a column is named for the journal."""
    named = kind == "csv" and not values.get("kind") and bool(values.get("journal"))
    return "journal article" if named else ""


def _take_authors(record: Record, values: dict[str, list[str]]) -> None:
    texts = values.get("authors") or values.get("authors, short") or []
    found = split_names(texts)
    if found is None:
        record.losses["authors that can't be told apart"] += 1
        record.cells["author list"] = "not seen"
        return
    names, complete = found
    record.authors = [read_name(n) for n in dict.fromkeys(names)]
    if record.authors:
        record.cells["author list"] = "complete" if complete else "incomplete"
    else:
        record.cells["author list"] = "not seen"
        record.cells["authors"] = UNKNOWN


def _check(record: Record) -> None:
    longest = max(map(len, record.cells.values()), default=0)
    if not record.broken and not record.title:
        record.broken = "It has no title."
    elif max(longest, sum(len(a.text) + 1 for a in record.authors)) > MAX_CELL:
        record.broken = f"A field is longer than {MAX_CELL} characters, which a cell holds."


def _cite(record: Record) -> None:
    """Write the citation from what the record says, in the way of the shipped case."""
    cells = record.cells
    names = ", ".join(a.text.replace(",", "") for a in record.authors)
    names += ", et al." if cells["author list"] == "incomplete" else ""
    year = "" if cells["year"] == UNKNOWN else f"({cells['year']})"
    title = cells["title"] if cells["title"][-1:] in "?!." else f"{cells['title']}."
    venue = f"{cells['venue']}." if cells["venue"] else ""
    ids = [f"doi:{cells['doi']}" if cells["doi"] else "",
           f"PMID {cells['pmid']}" if cells["pmid"] else "", cells["pmcid"]]  # fmt: skip
    head = " ".join(filter(None, (names, year)))
    citation = " ".join(filter(None, (f"{head}." if head else "", title, venue, *ids)))
    record.cells["citation"] = citation[:MAX_CELL]
