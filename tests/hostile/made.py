"""Bad archives, workbooks and papers, made while the tests run."""

import csv
import io
import stat
import struct
from collections.abc import Callable, Iterable
from functools import cache
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook

__all__ = [
    "MEMOS", "book", "encrypted", "lie", "lines", "link", "nested", "ods", "ods_row", "paper",
    "rewrite", "unzip", "zipped",
]  # fmt: skip

MEMOS = ("id", "about", "date", "text", "by")
"""The header of a table that no other table refers to: what is wrong with it is one fault."""


def zipped(*entries: tuple[str | ZipInfo, bytes], how: int = ZIP_DEFLATED) -> bytes:
    """Return an archive with these entries, in this order, names twice if asked for."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", how) as archive:
        for name, content in entries:
            if isinstance(name, str):
                entry = ZipInfo(name)
                entry.compress_type, entry.filename = how, name  # ZipInfo would mend the name
                archive.NameToInfo.pop(name, None)  # and warn of a name that comes twice
                name = entry
            archive.writestr(name, content)
    return stream.getvalue()


def link(name: str) -> ZipInfo:
    """Return an entry of an archive that is a symbolic link."""
    entry = ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


def encrypted(data: bytes) -> bytes:
    """Return an archive whose last entry is marked as encrypted."""
    marked = bytearray(data)
    marked[marked.rindex(b"PK\x01\x02") + 8] |= 1
    marked[marked.rindex(b"PK\x03\x04") + 6] |= 1
    return bytes(marked)


def lie(data: bytes, size: int) -> bytes:
    """Return an archive whose directory says of an entry of this size that it is small."""
    return data.replace(struct.pack("<L", size), struct.pack("<L", 1000))


def nested(name: str, content: bytes, times: int) -> bytes:
    """Return an archive in an archive in an archive."""
    for _ in range(times):
        content = zipped((name, content))
    return content


def unzip(data: bytes) -> list[tuple[str, bytes]]:
    """Return name and content of the entries of an archive."""
    with ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def rewrite(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an archive whose entries went through a change."""
    return zipped(*((name, change(name, content)) for name, content in unzip(data)))


def book(*rows: Iterable[object], title: str = "memos", **cells: object) -> bytes:
    """Return a workbook with a sheet of these rows, and more cells by their places."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows or (MEMOS,):
        sheet.append(list(row))
    for place, value in cells.items():
        sheet[place] = value
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def ods_row(*cells: str) -> str:
    """Return a row of an OpenDocument spreadsheet; the cells are XML already."""
    one = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return f"<table:table-row>{''.join(map(one.format, cells))}</table:table-row>"


def ods(content: str, before: str = "") -> bytes:
    """Return an OpenDocument spreadsheet with one sheet."""
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    text = (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{name}office:1.0" '
        f'xmlns:table="{name}table:1.0" xmlns:text="{name}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{content}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(("mimetype", kind), ("content.xml", text.encode()), how=ZIP_STORED)


@cache
def paper(content: bytes = b"BT /F1 12 Tf (We met.) Tj ET", how: bytes = b"") -> bytes:
    """Return a PDF of one page with this content stream."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), how, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (table, len(made))
    )


def lines(*rows: Iterable[str]) -> str:
    """Return rows as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
