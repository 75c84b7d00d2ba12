"""Archives: a workbook that is opened to be changed, and saved with the same bytes every time.

openpyxl writes the clock into what it saves, and drops what it does not know. What people need in
tables is put back here: drop-downs in the newer form, sparklines, and the results of formulas.
What is lost all the same is named by ``find_lost_parts``.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.errors import UsageError

__all__ = ["find_lost_parts", "open_book", "save_book"]

_MAX_UNPACKED = 1 << 28
_MAX_SPAN = 1_000_000
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref=[\"']([A-Z]+\d+:[A-Z]+\d+)")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_KEPT = (
    "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}",  # data validations that Excel 2010 brought
    "{05C60535-1F16-4FD2-B633-F4F36F0B64E0}",  # sparklines
)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MOMENT = b"1980-01-01T00:00:00Z"
_FORMULA = re.compile(
    r'<c r="([A-Z]+\d+)"([^>]*)>(<f\b(?:[^>]*/>|.*?</f>))<v ?/?>(?:</v>)?</c>', re.S
)

_LOST = (
    (r"xl/(drawings/.*\.vml|ctrlProps/|activeX/)", "", "form controls"),
    (r"xl/drawings/drawing\d+\.xml", r"<xdr:(sp|grpSp|cxnSp)\b", "text boxes and shapes"),
    (r"xl/(charts/chartEx|chartex/)", "", "newer kinds of charts"),
    (r"xl/charts/(style|colors)\d+\.xml", "", "styles of charts"),
    (r"xl/(threadedComments|persons)/", "", "threads of comments (kept as notes)"),
    (r"xl/(slicers|slicerCaches|timelines|timelineCaches)/", "", "slicers and timelines"),
    (r"xl/(embeddings|richData|model|queryTables|webextensions)/", "", "embedded or linked data"),
    (r"xl/connections\.xml|customXml/", "", "embedded or linked data"),
    (r"xl/vbaProject\.bin", "", "macros"),
    (r"xl/printerSettings/", "", "printer settings"),
    (r"xl/worksheets/.*\.xml", r"<x14:conditionalFormatting\b", "newer conditional formats"),
)
_CONTROL = re.compile(rb"ObjectType=\"(?!Note)")


def open_book(data: bytes) -> Any:
    """Return the workbook in an archive, to be changed and saved.

    Raises:
        UsageError: It unfolds to more than can be held.
    """
    from openpyxl import load_workbook

    spans = 0
    with ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
            raise UsageError("The workbook is too big to be written again. Save it as CSV files.")
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                spans += sum(map(_area, _SPAN.findall(archive.read(name))))
    if spans > _MAX_SPAN:
        raise UsageError(
            "The workbook merges or links more than a million cells, and can't be written again. "
            "Undo that, or save it as CSV files."
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is dropped is said by find_lost_parts
        return load_workbook(io.BytesIO(data), rich_text=True)


def _area(reference: bytes) -> int:
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = range_boundaries(reference.decode())
    return (int(right or 0) - int(left or 0) + 1) * (int(bottom or 0) - int(top or 0) + 1)


def save_book(
    book: Any, before: bytes = b"", *, results: bool | frozenset[tuple[str, str]] = False
) -> bytes:
    """Return a workbook as an archive: sorted entries, fixed times.

    Args:
        book: The workbook.
        before: The archive from which it was opened; drop-downs and sparklines that openpyxl drops
            are taken from there.
        results: Whether the stored results of formulas are taken from there, too, or for which
            formulas: (title of the sheet, cell). They hold only if no value they rest on changed.
    """
    stream, sealed = io.BytesIO(), io.BytesIO()
    book.save(stream)
    kept = _read_kept(before) if before else {}
    if not isinstance(results, bool):
        for title, part in kept.items():
            part.results = {c: r for c, r in part.results.items() if (title, c) in results}
    entries = {
        f"xl/worksheets/sheet{n}.xml": kept[sheet.title]
        for n, sheet in enumerate(book.worksheets, start=1)
        if sheet.title in kept
    }
    with ZipFile(stream) as saved, ZipFile(sealed, "w", ZIP_DEFLATED) as archive:
        for name in sorted(saved.namelist()):
            content = saved.read(name)
            if name in entries:
                content = _put_back(content.decode(), entries[name], bool(results)).encode()
            elif name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + _MOMENT, content)
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    return sealed.getvalue()


@dataclass
class _Kept:
    """What a sheet holds and openpyxl drops: results by cell, extensions as XML."""

    results: dict[str, tuple[str, str]] = field(default_factory=dict)
    extensions: list[str] = field(default_factory=list)


def _read_kept(data: bytes) -> dict[str, _Kept]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True)
    found = {}
    with ZipFile(io.BytesIO(data)) as archive:
        for sheet in book.worksheets:
            kept = found[sheet.title] = _Kept()
            path: str = getattr(sheet, "_worksheet_path")  # noqa: B009 (no public name)
            with archive.open(path) as file:
                for _, node in ElementTree.iterparse(file):
                    _take(node, kept)
    book.close()
    return found


def _take(node: ElementTree.Element, kept: _Kept) -> None:
    if node.tag == f"{_MAIN}c":
        value = node.findtext(f"{_MAIN}v")
        # A number in the list of strings would point to another string in the new list.
        by_number = node.get("t") == "s"
        if node.find(f"{_MAIN}f") is not None and value is not None and not by_number:
            kept.results[node.get("r", "")] = (node.get("t", "n"), value)
    elif node.tag == f"{_MAIN}row":
        node.clear()
    elif node.tag == f"{_MAIN}ext" and node.get("uri", "").upper() in _KEPT:
        kept.extensions.append(ElementTree.tostring(node, encoding="unicode"))


def _put_back(sheet: str, kept: _Kept, results: bool) -> str:
    from xml.sax.saxutils import escape  # here, for it loads an HTTP client

    def fill(found: re.Match[str]) -> str:
        cell, attributes, formula = found.groups()
        if cell not in kept.results:
            return found[0]
        kind, value = kept.results[cell]
        return f'<c r="{cell}"{attributes} t="{kind}">{formula}<v>{escape(value)}</v></c>'

    if results and kept.results:
        sheet = _FORMULA.sub(fill, sheet)
    if kept.extensions:
        listed = f"<extLst>{''.join(kept.extensions)}</extLst>"
        sheet = sheet.replace("</worksheet>", f"{listed}</worksheet>")
    return sheet


def find_lost_parts(data: bytes) -> tuple[str, ...]:
    """Return what a workbook loses when it is saved again, sorted; empty if nothing is known."""
    with ZipFile(io.BytesIO(data)) as archive:
        return tuple(sorted(set(_lost(archive, archive.namelist()))))


def _lost(archive: ZipFile, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name.startswith("xl/media/") and (
            find_spec("PIL") is None or name.lower().endswith((".emf", ".wmf"))
        ):
            yield "images"
        for path, inside, what in _LOST:
            if not re.match(path, name):
                continue
            if name.endswith(".vml") and not _CONTROL.search(archive.read(name)):
                continue  # notes are drawn in such files, too
            if not inside or re.search(inside.encode(), archive.read(name)):
                yield what
