"""Sources and cases: texts with their reports, and cases as studies.

`kg.imports`. Only what lies in the archive as plain text can be taken over; no path that leads
elsewhere is followed.
"""

from __future__ import annotations

import re

from kg.imports.refi_archive import Archive
from kg.imports.refi_codes import Coding
from kg.imports.refi_rows import read_cells, short_id
from kg.imports.refi_selection import Source, Sources, find_words, read_selections
from kg.imports.refi_text import SourceText, decode_text
from kg.imports.refi_xml import Element

__all__ = ["get_text", "read_cases", "read_sources"]

_NAME = re.compile(r"[^/\\\0.][^/\\\0]*\.txt", re.I)


def get_text(coding: Coding, archive: Archive, element: Element) -> tuple[bytes, str] | str:
    """Return the bytes and the text of a source or note, or why there are none."""
    inline = element.find("PlainTextContent")
    path = element.get("plainTextPath")
    if inline is not None and (inline.text or not path):
        return inline.text.encode(), inline.text
    if not path:
        return "sources without plain text"
    entry = archive.find(path)
    if entry is None:
        outside = not path.lower().startswith("internal:")
        return "files outside of the archive, not followed" if outside else "files that are missing"
    data = archive.read(entry)
    decoded = decode_text(data)
    if decoded is None:
        return "files that are not text"
    text, foreign = decoded
    if foreign:
        coding.report.warn("a text that is not UTF-8, read as Windows-1252; check its letters")
    utf8 = not foreign and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return (data if utf8 else text.encode()), text


def read_sources(coding: Coding, archive: Archive, elements: list[Element]) -> Sources:
    """Take over the sources that have plain text, and their selections."""
    sources = Sources(coding)
    for element in elements:
        name = element.get("name") or element.guid()
        if element.tag == "TextSource":
            _read_text(sources, archive, element, element, name)
            continue
        text = element.find("Representation") if element.tag == "PDFSource" else None
        if text is not None and _read_text(sources, archive, text, element, name):
            coding.report.lose("files of sources", name)
        else:
            coding.report.lose(f"sources ({element.tag})", name)
            for _ in element.all("Coding"):
                coding.report.lose("codings of whole sources", name)
        _lose_selections(sources, element, name)
    return sources


def _lose_selections(sources: Sources, element: Element, name: str) -> None:
    """Count the selections that have no place in a text."""
    taken = {id(selection.element) for selection in sources.selections.values()}
    for part in element.iterate():
        if part.tag == "Transcript":
            sources.coding.report.lose("transcripts", part.get("name") or name)
        if part.tag.endswith("Selection") and part.tag != "PlainTextSelection":
            if id(part) not in taken:
                sources.coding.report.lose(f"selections ({part.tag})", part.get("name") or name)
            else:
                sources.coding.report.lose("frames of PDF selections", part.get("name") or name)


def _read_text(
    sources: Sources, archive: Archive, element: Element, whole: Element, name: str
) -> bool:
    """Take over one text, and return whether there is one."""
    coding = sources.coding
    found = get_text(coding, archive, element)
    if isinstance(found, str):
        coding.report.lose(found, name)
        return False
    data, raw = found
    said = read_cells(whole.text_of("Description"))
    ours = said is not None and said[0] == "reports"
    stem = short_id(name, "source")
    report = coding.rows.claim("reports", said[1] if said and ours else f"{stem}-report")
    wanted = said[2].get("text", "") if said and ours else ""
    file = _name_text(coding, wanted if _NAME.fullmatch(wanted) else f"{stem}.txt", data)
    cells = said[2] if said and ours else {"title": name}
    coding.rows.put("reports", report, {**cells, "text": file})
    source = Source(report, name, ours)
    sources.by_guid[whole.guid()] = sources.by_guid[element.guid()] = source
    if whole.text_of("Description") and not ours:
        coding.put_memo(report, whole.text_of("Description"))
    if element.get("richTextPath"):
        coding.report.lose("formatted texts (richTextPath)", name)
    for part in {id(whole): whole, id(element): element}.values():
        coding.refer(part, [report])
        for _ in part.all("Coding"):
            coding.report.lose("codings of whole sources", name)
        for _ in part.all("VariableValue"):
            coding.report.lose("values of variables", name)
    content = SourceText(raw)
    read_selections(sources, source, content, element.all("PlainTextSelection"))
    for selection in whole.all("PDFSelection"):
        find_words(sources, source, content, selection)
    return True


def _name_text(coding: Coding, wanted: str, data: bytes) -> str:
    """Return the name under which a text is kept; equal texts are kept once."""
    texts, name, number = coding.report.texts, wanted, 1
    while name in texts and texts[name] != data:
        number += 1
        name = f"{wanted[:-4]}-{number}{wanted[-4:]}"
    texts[name] = data
    return name


def read_cases(coding: Coding, sources: Sources, elements: list[Element]) -> None:
    """Take cases for studies, with the reports of their sources."""
    for case in elements:
        name, description = case.get("name") or case.guid(), case.text_of("Description")
        said = read_cells(description)
        if said and said[0] != "studies":
            said = None
        study = coding.rows.claim("studies", said[1] if said else short_id(name, "case"))
        for reference in case.all("SourceRef"):
            if source := sources.by_guid.get(reference.guid("targetGUID")):
                source.studies.append(study)
        for reference in case.all("SelectionRef"):
            if selection := sources.selections.get(reference.guid("targetGUID")):
                selection.studies.append(study)
        cells = said[2] if said else {"note": description, "role": "awaiting decision",
                                      "reports": _reports(sources, case)}  # fmt: skip
        coding.rows.put("studies", study, {**cells, "label": name})
        for kind, tag in (("codings of cases", "CodeRef"), ("values of variables",
                                                            "VariableValue")):  # fmt: skip
            for _ in case.all(tag):
                coding.report.lose(kind, name)


def _reports(sources: Sources, case: Element) -> str:
    found = (sources.by_guid.get(r.guid("targetGUID")) for r in case.all("SourceRef"))
    return ";".join(dict.fromkeys(source.report for source in found if source))
