"""REFI-QDA in: a codebook (``.qdc``) or a project (``.qdpx``) into draft rows of the tables.

`kg.imports`. Nothing is claimed that the file does not say: the order of a construct or how firmly
a finding is put stays empty, and ``kg check`` asks for it. What has no place is in the report.

Source: REFI-QDA Standard 1.5 (Rotterdam Exchange Format Initiative, 2019).
"""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO

from kg.errors import DataFaults, Fault
from kg.imports.refi_archive import Archive
from kg.imports.refi_codes import Coding
from kg.imports.refi_notes import find_given, read_links, read_notes
from kg.imports.refi_report import Report
from kg.imports.refi_rest import lose_rest
from kg.imports.refi_rows import Rows
from kg.imports.refi_sources import read_cases, read_sources
from kg.imports.refi_xml import Element, read_xml, refuse
from kg.sources import Draft

__all__ = ["Report", "import_codebook", "import_project"]

_CODEBOOK, _PROJECT = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"


def import_codebook(draft: Draft, data: bytes, *, file: str = "codebook.qdc") -> Report:
    """Put the codes of a codebook into a draft as constructs, and return what was done.

    Args:
        draft: Draft of the workspace; nothing is written here.
        data: Content of the ``.qdc`` file.
        file: Name of the file, for what is said of it.

    Raises:
        DataFaults: The file is no codebook, or a GUID stands for two things.
    """
    report = Report(file)
    root = _read_root(report, data, "CodeBook", _CODEBOOK)
    coding = Coding(Rows(draft, report), report)
    coding.read_codes(root.under("Codes"))
    coding.write()
    _lose_sets(root, report)
    lose_rest(root, report)
    return report


def import_project(draft: Draft, content: BinaryIO, *, file: str = "project.qdpx") -> Report:
    """Put a project into a draft, and return what was done and which texts belong to it.

    Args:
        draft: Draft of the workspace; neither rows nor texts are written here.
        content: The ``.qdpx`` file, opened.
        file: Name of the file, for what is said of it.

    Raises:
        DataFaults: The file is no project, is not safe to read, or a GUID stands for two things.
    """
    report = Report(file)
    archive = Archive(file, content)
    if archive.project != "project.qde":
        report.warn(f'the project is in "{archive.project}", not in "project.qde"')
    root = _read_root(report, archive.read(archive.project), "Project", _PROJECT)
    coding = Coding(Rows(draft, report), report)
    coding.read_users(root)
    codes = root.find("CodeBook")
    coding.read_codes(codes.under("Codes") if codes else [])
    sources = read_sources(coding, archive, root.under("Sources"))
    read_cases(coding, sources, root.under("Cases"))
    sources.write()
    read_links(coding, find_given(root), root.under("Links"))
    read_notes(coding, archive, root)
    coding.write()
    _lose_sets(root, report)
    for kind, name in (("Variables", "variables"), ("Graphs", "graphs")):
        for element in root.under(kind):
            report.lose(name, element.get("name"))
    if root.text_of("Description"):
        report.lose("description of the project", root.text_of("Description"))
    lose_rest(root, report)
    return report


def _read_root(report: Report, data: bytes, tag: str, namespace: str) -> Element:
    root = read_xml(report.file, data)
    if root.tag != tag:
        raise refuse(report.file, f'A "{tag}" element is expected first. Export the file again, '
                     "as REFI-QDA.", root.tag)  # fmt: skip
    if root.namespace != namespace:
        report.warn(f'the namespace is "{root.namespace}", not "{namespace}"')
    guids = Counter(e.guid() for e in root.iterate() if e.get("guid") and e.tag != "MemberCode")
    twice = sorted(guid for guid, times in guids.items() if times > 1)
    if twice:
        fault = Fault(
            report.file, 0, "", "refi-guid-twice", "error", ", ".join(twice[:5]),
            "A GUID stands for more than one thing, so references to it can mean either, and "
            "nothing was imported. Export the file again.",
        )  # fmt: skip
        raise DataFaults([fault])
    for element in root.iterate():
        if element.tag in ("Sets", "Codes") and not element.children:
            report.warn(f"an empty {element.tag} element, which the standard does not allow")
        if element.get("guid").startswith("{"):
            report.warn("GUIDs in braces")
    return root


def _lose_sets(root: Element, report: Report) -> None:
    for element in root.under("Sets"):
        report.lose("sets", element.get("name"))
