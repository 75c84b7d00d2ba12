"""Bad CSV tables: in the folder of tables, and as files that are imported."""

import codecs

from tests.hostile.case import check, imported
from tests.hostile.made import MEMOS, lines

__all__ = ["CASES"]

HEADER = ",".join(MEMOS)
ROW = "m1,study,2024-05-01,A note.,coder"
TABLE = f"{HEADER}\n{ROW}\n"
FILE = "tables/memos.csv"
WORDS = "An office, a café."


def memo(text: str) -> str:
    """Return the table with one row that says this."""
    return lines(MEMOS, ("m1", "study", "2024-05-01", text, "coder"))


CASES = (
    # Encodings. The bytes are counted from 1: the header takes 23, its line end is the 24th…
    check("CSV in UTF-16 without a mark", FILE, lambda: TABLE.encode("utf-16-le"), "is NUL"),
    check("CSV in UTF-32", FILE, lambda: codecs.BOM_UTF32_LE + TABLE.encode("utf-32-le"), "is NUL"),
    check("CSV in Latin-1 and UTF-8", FILE, lambda: memo("caf").encode() + b"\xe9\xc3\xa9,\x81",
          "Byte 57 (line 3) has no meaning in UTF-8 or Windows-1252"),
    check("CSV whose mark is false", FILE, lambda: codecs.BOM_UTF8 + TABLE.encode() + b"\xe9",
          "Byte 60 (line 3) has no meaning in UTF-8, as which it begins"),
    check("CSV in UTF-16 cut off", FILE, lambda: TABLE.encode("utf-16")[:-1],
          "Byte 113 (line 2) has no meaning in UTF-16, as which it begins"),
    check("CSV with NUL", FILE, memo("a\0b"), "Character 44 (line 2) is NUL"),
    imported("CSV with NUL imported", "nul.csv", b"title,doi\na\0b,10.1000/x\n",
             "Character 12 (line 2) is NUL"),
    imported("CSV of undefined bytes imported", "a.csv", b"title,doi\n\x81,x\n",
             "Byte 11 (line 2) has no meaning in UTF-8 or Windows-1252"),
    # Emptiness.
    check("CSV without a byte", FILE, b"", "The table is empty"),
    check("CSV of blank rows", FILE, b"\n,,,\n \n", "The table is empty"),
    check("CSV with the header below", FILE, f"\n{TABLE}", "row 1: Row 1 is blank"),
    check("CSV of endless blank rows", FILE, lambda: TABLE + "\n" * 60_000_000,
          "row 100003: More than 100000 blank rows"),
    imported("empty file imported", "empty.ris", b"", "The file is empty"),
    imported("blank file imported", "blank.csv", b"\r\n \n", "The file is empty"),
    imported("CSV with a header only imported", "a.csv", b"title,doi\n",
             "no rows under its header"),
    imported("CSV with the header below imported", "a.csv", b"\ntitle,doi\n", "Row 1 is blank"),
    # Quotation marks.
    check("CSV with an open quotation mark", FILE, f'{TABLE}m2,study,,"open,coder\n',
          "row 3: From here on the file can't be read as CSV"),
    check("CSV with an open quotation mark in the header", FILE, lambda: f'"{TABLE * 200_000}',
          "row 1: From here on the file can't be read as CSV"),
    check("CSV with text after a quotation mark", FILE, f'{HEADER}\nm1,study,,"A"note,coder\n',
          "row 2: From here on the file can't be read as CSV"),
    imported("CSV with an open quotation mark imported", "a.csv", b'title,doi\n"open,10.1000/x\n',
             "row 2: From here on the file can't be read as CSV"),
    # Size.
    check("CSV with a cell of 5 MB", FILE, lambda: memo("x" * 5_000_000),
          "row 2: From here on the file can't be read as CSV"),
    check("CSV with 1,000 columns", FILE,
          lambda: f"{HEADER},{','.join(f'c{n}' for n in range(995))}\n{ROW}{',' * 995}\n",
          "row 1: The row has 1000 cells"),
    check("CSV with a million columns", FILE,
          lambda: f"{HEADER},{','.join(f'c{n}' for n in range(1_000_000))}\n",
          "row 1: The row has 1000005 cells"),
    check("CSV with a million commas in a row", FILE, lambda: f"{TABLE}m2{',' * 1_000_000}x\n",
          "row 3: The row has 1000001 cells"),
    check("CSV of commas", FILE, lambda: HEADER + f"\n{',' * 999_999}\n" * 64,
          "row 2: The row has 1000000 cells"),
    check("CSV of one line of 200 MB", FILE, lambda: b"x" * 200_000_000, "is bigger than 128 MiB"),
    check("CSV of one line of 120 MB", FILE, lambda: b"x" * 120_000_000,
          "row 1: From here on the file can't be read as CSV"),
    imported("CSV of a million lines imported", "a.csv", lambda: b"title\n" + b"a\n" * 1_100_000,
             "more than 1000000 lines"),
    imported("CSV of commas imported", "a.csv", lambda: b"," * 11_000_000,
             "more than 10000000 cells"),
    imported("CSV with a cell of 5 MB imported", "a.csv",
             lambda: f"title,doi\n{'x' * 5_000_000},10.1000/x\n",
             "row 2: From here on the file can't be read as CSV"),
    imported("file of 65 MiB imported", "big.ris", lambda: b"x" * (65 << 20), "bigger than 64 MiB",
             2),
    # Values.
    check("id of two rows", FILE, f"{TABLE}{ROW}\n", "row 3, column \"id\": The id is also used in",
          alone=False),
    check("id of an ontology term", FILE, TABLE.replace("m1", "trust"),
          "The ontology ships something with this id"),
    check("id of 100,000 characters", FILE, lambda: TABLE.replace("m1", "m" * 100_000), "", 0,
          harmless="It is a long name, and nothing is cut."),
    check("id with a right-to-left override", FILE, TABLE.replace("m1", "m\u202e1"), "", 0,
          harmless="It is percent-encoded, so it is the name of no other row."),
    check("id with a line break", FILE, f'{HEADER}\n"m\n1",study,2024-05-01,A note.,coder\n', "", 0,
          harmless="It is percent-encoded."),
    check("SPARQL in a cell", FILE, memo('" } ; DROP ALL ; INSERT DATA { <a:a> <a:b> "'), "", 0,
          harmless="A cell becomes a literal, and no query is put together from texts."),
    check("formula in a cell of CSV", FILE, memo('=HYPERLINK("https://example.org/","x")'), "", 0,
          harmless="It is a text here; what writes workbooks writes it as a text."),
    check("date that does not exist", FILE, TABLE.replace("05-01", "02-31"), 'Seen: "2024-02-31'),
    # Names.
    check("table of no name", "tables/.csv.csv", TABLE, "", 0, harmless="A hidden file."),
    check("table in another format", "tables/memos.tsv", TABLE, "A table is a .csv or an .xlsx"),
    check("table of an unknown name", "tables/memmos.csv", TABLE, 'Did you mean "memos"?'),
    imported("table for no table imported", "a.csv", b"a,b\n1,2\n", "For which table", 2),
    imported("web page named .csv", "page.csv", b"<!DOCTYPE html><html></html>", "a web page", 2),
    imported("file of an unknown kind", "what.dat", b"title\nx\n", "can't be told", 2),
)  # fmt: skip
