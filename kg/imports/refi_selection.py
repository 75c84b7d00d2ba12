"""Selections: the words of a source as findings, or as quotations if nobody coded them.

`kg.imports`. Offsets are those of our text folder; a selection without words in a text is counted
as lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.imports.refi_codes import Coding
from kg.imports.refi_rows import read_cells, short_id
from kg.imports.refi_text import SourceText
from kg.imports.refi_xml import Element

__all__ = ["Selection", "Source", "Sources", "find_words", "read_selections"]

_VERIFIED = "verified in shipped text"
_MAX_SEARCHED = 1 << 30


@dataclass
class Source:
    """A text with the report that it became."""

    report: str
    name: str
    ours: bool
    studies: list[str] = field(default_factory=list)


@dataclass
class Selection:
    """A selection that becomes a finding, or a quotation if it is not coded."""

    source: Source
    element: Element
    text: SourceText
    span: tuple[int, int]
    place: str
    locator: str = ""
    studies: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return the words, which are not kept a second time."""
        return self.text.content[slice(*self.span)]


@dataclass
class Sources:
    """The sources and selections of a project, by GUID."""

    coding: Coding
    by_guid: dict[str, Source] = field(default_factory=dict)
    selections: dict[str, Selection] = field(default_factory=dict)
    searched: int = 0

    def write(self) -> None:
        """Put the selections into the draft, now that cases are known."""
        for selection in self.selections.values():
            _put_selection(self, selection)

    def study_of(self, selection: Selection) -> str:
        """Return the study of a selection: its case, that of the source, or the source itself."""
        source, coding = selection.source, self.coding
        found = dict.fromkeys(selection.studies or source.studies)
        if len(found) > 1:
            coding.report.lose("selections that belong to several cases", selection.place)
            return ""
        if not found:
            study = coding.rows.claim("studies", short_id(source.name, "study"))
            source.studies.append(study)
            cells = {"label": source.name, "reports": source.report, "role": "awaiting decision"}
            coding.rows.put("studies", study, cells)
            return study
        return next(iter(found))


def find_words(sources: Sources, source: Source, text: SourceText, element: Element) -> None:
    """Take over a selection on a page if its words stand once in the text of the PDF."""
    inside = element.find("Representation")
    words = inside.text_of("PlainTextContent").replace("\r\n", "\n") if inside else ""
    sources.searched += len(text.content)
    if words and sources.searched < _MAX_SEARCHED and text.content.count(words) == 1:
        start = text.content.index(words)
        place = f"{source.name} {start}"
        guid = element.guid() or f"no guid {place} {len(sources.selections)}"
        page = f'page "{element.get("page")}", as the project counts'
        span = start, start + len(words)
        sources.selections[guid] = Selection(source, element, text, span, place, page)


def read_selections(
    sources: Sources, source: Source, text: SourceText, elements: list[Element]
) -> None:
    """Take over the selections of a plain text."""
    report = sources.coding.report
    places = [(_number(e.get("startPosition")), _number(e.get("endPosition"))) for e in elements]
    named = [(s, e, n.get("name")) for (s, e), n in zip(places, elements, strict=True)]
    counting = text.find_counting(named)
    if str(counting):
        report.warn(f'in "{source.name}" {counting}; the offsets were corrected')
    for (start, end, name), element in zip(named, elements, strict=True):
        where = f"{source.name} {start}-{end}"
        span = text.find_span(start, end, counting)
        if span is None:
            report.lose("selections outside of their text", where)
            continue
        if name.strip() and not text.begins(name, span):
            report.lose("names of selections that are not their words", name)
        trimmed = text.trim(*span)
        if trimmed[0] == trimmed[1]:
            report.lose("selections without words", where)
            continue
        if trimmed != span:
            report.warn("selections that begin or end with blanks; the offsets leave these out")
        guid = element.guid() or f"no guid {where} {len(sources.selections)}"
        sources.selections[guid] = Selection(source, element, text, trimmed, where)


def _number(text: str) -> int:
    try:
        return int(text[:20])
    except ValueError:
        return -1


def _put_selection(sources: Sources, selection: Selection) -> None:
    coding, element, source = sources.coding, selection.element, selection.source
    said = read_cells(element.text_of("Description"))
    codings = element.all("Coding")
    table = "findings" if codings else "quotations"
    if said and said[0] in ("findings", "quotations"):
        table = said[0]
    else:
        said = None
    start, end = selection.span
    wanted = f"{short_id(source.name, 'source')}-{table[0]}{start}-{end}"
    row_id = coding.rows.claim(table, said[1] if said else wanted)
    cells = dict(said[2]) if said else {}
    cells |= {column: cell for column, cell in _place_cells(table, selection).items() if cell}
    if table == "findings" and not said:
        cells |= {"study": sources.study_of(selection), "wording": "authors' words",
                  "statement": selection.words}  # fmt: skip
    coding.rows.put(table, row_id, cells)
    coding.refer(element, [row_id])
    for one in codings:
        _take_coding(coding, one, row_id, table)
    if not said and element.text_of("Description"):
        by = coding.people.get(element.guid("creatingUser"), "")
        date = element.get("creationDateTime")
        coding.put_memo(row_id, element.text_of("Description"), by, date)


def _place_cells(table: str, selection: Selection) -> dict[str, str]:
    words = "quotation" if table == "findings" else "exact"
    report = "quoted from" if table == "findings" else "report"
    return {
        words: selection.words,
        report: selection.source.report,
        "start": str(selection.span[0]),
        "end": str(selection.span[1]),
        "locator": selection.locator,
        "check": _VERIFIED,
    }


def _take_coding(coding: Coding, element: Element, row_id: str, table: str) -> None:
    coding.refer(element, [row_id])
    reference = element.find("CodeRef")
    code = coding.codes.get(reference.guid("targetGUID")) if reference else None
    if code is None:
        coding.report.lose("codings with a code that is not there", row_id)
    elif table == "findings":
        code.findings.append(row_id)
    if len(coding.people) > 1 and element.guid("creatingUser") in coding.people:
        who = coding.people[element.guid("creatingUser")]
        if code is None or code.cells.get("interpreter") != who:
            coding.report.lose("who made a coding", f"{row_id} by {who}")
