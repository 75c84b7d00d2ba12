"""Bad workbooks: XLSX in the folder of tables, XLSX and ODS that are imported."""

import io
import random
from zipfile import ZipInfo

from openpyxl import Workbook

from tests.hostile.case import check, imported
from tests.hostile.made import (
    MEMOS,
    book,
    encrypted,
    lie,
    link,
    nested,
    ods,
    ods_row,
    paper,
    rewrite,
    unzip,
    zipped,
)

__all__ = ["CASES"]

FILE = "tables/memos.xlsx"
SHEET = "xl/worksheets/sheet1.xml"
MEMO = ("m1", "study", "2024-05-01", "A note.", "coder")
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHTER = f'<!DOCTYPE x [<!ENTITY e0 "laugh">{LAUGHS}]>'.encode()
OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
INCLUDED = (
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" '
    'parse="text"/>'
)


def begun(part: str, beginning: bytes) -> bytes:
    """Return a sound workbook with something before the root of one part."""
    return rewrite(book(MEMOS, MEMO), lambda n, d: beginning + d if n == part else d)


def with_entry(name: str | ZipInfo, content: bytes = b"x") -> bytes:
    """Return a sound workbook with one more entry in its archive."""
    return zipped(*unzip(book(MEMOS, MEMO)), (name, content))


def far_right(rows: int, title: str = "memos", header: tuple[str, ...] = MEMOS) -> bytes:
    """Return a workbook with a value in the last column of many rows."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    sheet.append(list(header))
    for row in range(2, rows + 2):
        sheet.cell(row, 16_384, "x")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def longer(ending: bytes) -> bytes:
    """Return a workbook whose sheet goes on after its end."""
    return rewrite(book(MEMOS, MEMO), lambda n, d: d + ending if n == SHEET else d)


def padded(size: int) -> bytes:
    """Return a workbook that unpacks to this size, and not by repetition alone."""
    noise = random.Random(6).randbytes(size // 150).hex().encode()
    return longer(b"<!--" + noise + b" " * size + b"-->")


def lying() -> bytes:
    """Return a bomb whose directory says that it is small."""
    data = longer(b" " * 30_000_000)
    return lie(data, len(dict(unzip(data))[SHEET]))


def cells(content: str) -> bytes:
    """Return a workbook whose sheet holds this in the place of its rows."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{content}</sheetData></worksheet>"
    )
    return rewrite(book(MEMOS), lambda n, d: sheet.encode() if n == SHEET else d)


WIDE = '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"/>'
FAR = '<table:table-row table:number-rows-repeated="1000000"/>'
ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
NO_XLSX = "The file can't be read as an XLSX workbook"

CASES = (
    # What is no workbook.
    check("workbook without a byte", FILE, b"", NO_XLSX),
    check("PDF named .xlsx", FILE, paper, NO_XLSX),
    check("old workbook named .xlsx", FILE, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
          NO_XLSX),
    check("workbook cut off", FILE, lambda: book(MEMOS, MEMO)[:-200], NO_XLSX),
    check("workbook with half a sheet", FILE,
          lambda: rewrite(book(MEMOS, MEMO), lambda n, d: d[: len(d) // 2] if n == SHEET else d),
          NO_XLSX),
    check("workbook named .csv", "tables/memos.csv", lambda: book(MEMOS, MEMO), "no meaning in"),
    imported("CSV named .xlsx imported", "text.xlsx", b"title\nx\n", "no XLSX"),
    imported("CSV named .ods imported", "text.ods", b"title\nx\n", "no ODS"),
    imported("workbook cut off imported", "cut.xlsx", lambda: book(("title",))[:2000], "damaged"),
    imported("old workbook imported", "old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 99,
             "an old Office file", 2),
    imported("Word document named .xlsx imported", "word.xlsx",
             lambda: zipped(("word/document.xml", b"x")), "a Word document", 2),
    imported("archive named .csv imported", "zip.csv", lambda: zipped(("a.txt", b"x")),
             "an archive", 2),
    # Far corners.
    check("workbook with a value in XFD1048576", FILE,
          lambda: book(MEMOS, MEMO, XFD1048576="x"),
          "row 1048576: A value stands below more than 1000 empty rows"),
    check("workbook with 700 values in column XFD", FILE, lambda: far_right(700),
          "row 2: The row has 16384 cells, and a table has at most 702 columns"),
    check("workbook with 60,000 values in column XFD", FILE, lambda: far_right(60_000),
          "row 2: The row has 16384 cells, and a table has at most 702 columns"),
    check("workbook with a million cells in a row", FILE,
          lambda: cells(f"<row>{'<c><v>1</v></c>' * 1_000_000}</row>"),
          "The archive unpacks to far more than it should"),
    check("workbook with 60,000 cells in a row and much noise", FILE,
          lambda: cells("<row>" + "".join(
              f"<c><v>{n}</v></c>" for n in random.Random(6).sample(range(10**9), 60_000))
              + "</row>"),
          "A row of the workbook has more than 16384 cells"),
    imported("workbook with a value in XFD1048576 imported", "corner.xlsx",
             lambda: book(("title", "doi"), XFD1048576="x"), "row 1048576: A value stands below"),
    imported("workbook with 700 values in column XFD imported", "right.xlsx",
             lambda: far_right(700, "Sheet1", ("title", "doi")), "row 2: The row has 16384 cells"),
    # Cells.
    check("formula without a result", FILE,
          lambda: book(MEMOS, ("m1", "study", None, '="A note."', "coder")),
          "Cell D2 holds a formula whose result is not stored", alone=False),
    check("cell with an error", FILE, lambda: book(MEMOS, ("m1", "study", None, "#REF!", "coder")),
          "Cell D2 holds an error instead of a value"),
    check("workbook with a cell of 5 MB", FILE,
          lambda: cells('<row r="1"><c r="A1" t="inlineStr"><is><t>'
                        + random.Random(6).randbytes(2_500_000).hex()
                        + "</t></is></c></row>"),
          "row 1: A cell holds more than 1048576 characters"),
    imported("formula without a result imported", "formula.xlsx",
             lambda: book(("title", "doi"), ("=1+1", "x")), "Cell A2 holds a formula"),
    imported("formula without a result in ODS", "formula.ods",
             lambda: ods('<table:table-row><table:table-cell table:formula="of:=1+1"/>'
                         "</table:table-row>"), "a formula whose result is not stored"),
    # Bombs.
    check("workbook that is a bomb", FILE,
          lambda: longer(b" " * 99_000_000),
          "unpacks to far more than it should"),
    check("workbook that is a bomb and says that it is none", FILE, lying, NO_XLSX),
    check("workbook that unpacks to 140 MB", FILE, lambda: padded(140_000_000),
          "unpacks to far more than it should"),
    check("workbook of 10,001 entries", FILE,
          lambda: zipped(*((f"xl/{n}", b"") for n in range(10_001))),
          "10001 entries"),
    check("workbook in an archive in an archive", FILE,
          lambda: nested("memos.xlsx", book(MEMOS, MEMO), 5), NO_XLSX),
    imported("workbook that is a bomb imported", "bomb.xlsx",
             lambda: zipped(("xl/workbook.xml", b"0" * 50_000_000)), "unpacks to far more"),
    imported("ODS that is a bomb", "bomb.ods",
             lambda: zipped(("content.xml", b"0" * 50_000_000)), "unpacks to far more"),
    imported("ODS of a million rows", "rows.ods",
             lambda: ods(ods_row("title") + FAR + ods_row("x")), "unfolds to more"),
    imported("ODS of 16 million cells", "cells.ods",
             lambda: ods(f'<table:table-row table:number-rows-repeated="1000">{WIDE}'
                         "</table:table-row>"), "unfolds to more"),
    # Entries that no program writes.
    check("workbook with an entry above", FILE, lambda: with_entry("../evil.csv"),
          "would lie outside of it"),
    check("workbook with an absolute entry", FILE, lambda: with_entry("/etc/evil"),
          "would lie outside of it"),
    check("workbook with an entry above, in backslashes", FILE,
          lambda: with_entry("..\\evil.csv"), "would lie outside of it"),
    check("workbook with a sheet twice", FILE, lambda: with_entry(SHEET),
          "Two entries of the archive have the same name"),
    check("workbook with a link", FILE, lambda: with_entry(link("xl/media/a"), b"/etc/passwd"),
          "An entry of the archive is a link"),
    check("workbook that is encrypted", FILE,
          lambda: encrypted(with_entry("xl/secret")), "The archive is encrypted"),
    imported("workbook with an entry above imported", "above.xlsx",
             lambda: with_entry("../evil.csv"), "would lie outside of it"),
    # XML.
    check("workbook with entities in a sheet", FILE, lambda: begun(SHEET, LAUGHTER),
          "has a DOCTYPE"),
    check("workbook with an outside entity in its list of parts", FILE,
          lambda: begun("xl/_rels/workbook.xml.rels", OUTSIDE),
          "has a DOCTYPE"),
    check("workbook in UTF-16 with entities", FILE,
          lambda: rewrite(book(MEMOS), lambda n, d: (LAUGHTER + b"<x/>").decode().encode("utf-16")
                          if n == SHEET else d), "is not UTF-8"),
    check("workbook that includes a file", FILE,
          lambda: cells(f"{INCLUDED}<row/>"), "The table is empty"),
    imported("ODS with entities", "entity.ods",
             lambda: ods(ods_row("title") + ods_row("&b;"), before=ENTITY), "has a DOCTYPE"),
    imported("ODS that is no XML", "broken.ods", lambda: zipped(("content.xml", b"<a><b></a>")),
             "can't be read as ODS"),
)  # fmt: skip
