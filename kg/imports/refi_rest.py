"""What of a REFI-QDA file nothing else reads: dates, makers, paths, and what the standard lacks.

`kg.imports`. Counted at the end, so that a loss that nobody thought of is a loss that is reported.
"""

from __future__ import annotations

from kg.imports.refi_report import Report
from kg.imports.refi_xml import Element

__all__ = ["ORIGIN", "lose_rest"]

ORIGIN = "collective-efficacy-kg"
_STANDARD = frozenset({
    "AudioSelection", "AudioSource", "BooleanValue", "Case", "Cases", "Code", "CodeBook",
    "CodeRef", "Codes", "Coding", "DateTimeValue", "DateValue", "Description", "Edge",
    "FloatValue", "Graph", "Graphs", "IntegerValue", "Link", "Links", "MemberCode",
    "MemberNote", "MemberSource", "Note", "NoteRef", "Notes", "PDFSelection", "PDFSource",
    "PictureSelection", "PictureSource", "PlainTextContent", "PlainTextSelection", "Project",
    "Representation", "SelectionRef", "Set", "Sets", "SourceRef", "Sources", "SyncPoint",
    "TextDescription", "TextSource", "TextValue", "Transcript", "TranscriptSelection", "User",
    "Users", "Variable", "VariableRef", "VariableValue", "Variables", "Vertex",
    "VideoSelection", "VideoSource",
})  # fmt: skip
_UNUSED = {
    "basePath": ("Project",),
    "creatingUser": ("TextSource",),
    "creationDateTime": ("Coding", "Project", "TextSource"),
    "currentPath": (),
    "modifiedDateTime": (),
    "modifyingUser": (),
    "modifyingUserGUID": (),
    "creatingUserGUID": (),
}
"""Attribute → elements in which it has no place; none named means all of them."""


def lose_rest(root: Element, report: Report) -> None:
    """Count what nothing else has read."""
    for element in root.iterate():
        name = element.get("name") or element.guid()
        if element.tag not in _STANDARD:
            report.lose("elements that the standard does not have", element.tag)
        for attribute, tags in _UNUSED.items():
            if element.get(attribute) and (not tags or element.tag in tags):
                # A path says how somebody's machine is laid out; it is counted, not shown.
                shown = "" if attribute in ("basePath", "currentPath") else name
                report.lose(f"{attribute} ({element.tag})", shown)
        if element.tag.endswith("Selection") and not element.text_of("Description"):
            for attribute in ("creatingUser", "creationDateTime"):
                if element.get(attribute):
                    report.lose(f"{attribute} (selections)", name)
        if element.get("guid") and root.get("origin") != ORIGIN and element.tag != "MemberCode":
            report.lose("GUIDs, made anew on export", name)
