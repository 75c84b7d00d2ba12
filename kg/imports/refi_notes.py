"""Notes as memos, and links between codes as translations.

`kg.imports`. Notes that our export wrote for a row that has no element of its own give that row
back, cell for cell.
"""

from __future__ import annotations

from kg.imports.refi_archive import Archive
from kg.imports.refi_codes import Coding
from kg.imports.refi_rows import read_cells, short_id
from kg.imports.refi_sources import get_text
from kg.imports.refi_xml import Element

__all__ = ["find_given", "read_links", "read_notes"]


def find_given(project: Element) -> frozenset[str]:
    """Return the GUIDs of the notes that give a row back."""
    notes = project.under("Notes")
    return frozenset(n.guid() for n in notes if read_cells(n.text_of("Description")))


def read_notes(coding: Coding, archive: Archive, project: Element) -> None:
    """Put the notes into memos, or into the table of which they give a row back."""
    rows = coding.rows.find_all("reviews", "kind", "this synthesis")
    coding.refer(project, rows if len(rows) == 1 else [])
    for note in project.under("Notes"):
        name = note.get("name") or note.guid()
        content = get_text(coding, archive, note)
        if isinstance(content, str):
            coding.report.lose(content.replace("sources", "notes"), name)
            continue
        text = content[1]
        for tag in ("PlainTextSelection", "Coding", "VariableValue"):
            for _ in note.all(tag):
                coding.report.lose(f"parts of notes ({tag})", name)
        said = read_cells(note.text_of("Description"))
        if said:
            table, wanted, cells = said
            extra = {"text": text} if table == "memos" else {}
            coding.rows.put(table, coding.rows.claim(table, wanted), {**cells, **extra})
        else:
            _put_memo(coding, note, text)


def _put_memo(coding: Coding, note: Element, text: str) -> None:
    name, description = note.get("name").strip(), note.text_of("Description")
    parts = [p for p in (name, description, text.strip()) if p]
    if name and text.strip().startswith(name):
        parts.remove(name)
    about = list(dict.fromkeys(coding.about.get(note.guid(), [])))
    if not about:
        coding.report.warn("notes about nothing that has a row; write in memos what they are about")
    cells = {
        "text": "\n\n".join(parts),
        "by": coding.people.get(note.guid("creatingUser"), "") or coding.only_person,
        "date": note.get("creationDateTime"),
    }
    for row_id in about or [""]:
        memo = coding.rows.claim("memos", f"memo-{short_id(name or text[:30], 'note')}")
        coding.rows.put("memos", memo, {"about": row_id, **cells})


def read_links(coding: Coding, given: frozenset[str], links: list[Element]) -> None:
    """Take links between codes that are named as translations for translations.

    Args:
        coding: What was read so far.
        given: GUIDs of the notes that gave a row back: their links say the same once more.
        links: The links.
    """
    for link in links:
        if any(reference.guid("targetGUID") in given for reference in link.all("NoteRef")):
            continue
        ends = [coding.codes.get(link.guid(end)) for end in ("originGUID", "targetGUID")]
        name = " ".join(link.get("name").lower().split())
        kinds = [k for k in ("reciprocal", "refutational") if name in (k, f"{k} translation")]
        if not kinds or None in ends:
            coding.report.lose("links that are not named as translations", link.get("name"))
            continue
        if link.get("direction") in ("OneWay", "Bidirectional"):
            coding.report.lose("directions of links", link.get("name"))
        both = [construct.id for construct in ends if construct]
        row_id = coding.rows.claim("translations", "--".join(both))
        cells = {"kind": f"{kinds[0]} translation", "constructs": ";".join(both),
                 "interpreter": coding.only_person}  # fmt: skip
        coding.rows.put("translations", row_id, cells)
        for reference in link.all("NoteRef"):
            coding.about.setdefault(reference.guid("targetGUID"), []).append(row_id)
