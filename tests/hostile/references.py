"""Bad lists of references: RIS, NBIB and BibTeX."""

from dataclasses import replace

from tests.hostile.case import imported
from tests.hostile.made import lines, paper

__all__ = ["CASES"]

LONG = "A field is longer than 32767 characters"
STRINGS = "A string is put in once, as it stands: nothing unfolds."
WRITTEN = tuple(f"ws/tables/{name}.csv" for name in ("authors", "reports", "studies"))


def ris(title: str) -> str:
    """Return one reference."""
    return f"TY  - JOUR\nTI  - {title}\nER  - \n"


CASES = (
    imported("JPEG named .ris", "photo.ris", b"\xff\xd8\xff\xe0\0\x10JFIF", "is a JPEG", 2),
    imported("PDF named .ris", "paper.ris", paper, "is a PDF", 2),
    imported("program named .bib", "tool.bib", b"\x7fELF\2\1\1", "is a program", 2),
    imported("RIS with NUL", "nul.ris", ris("a\0b"), "Line 2 holds NUL"),
    imported("RIS of undefined bytes", "bytes.ris", b"TY  - JOUR\nTI  - \x81\nER  - \n",
             "Byte 18 (line 2) has no meaning"),
    imported("RIS in UTF-16 without a mark", "wide.ris", lambda: ris("Title").encode("utf-16-le"),
             "Line 1 holds NUL"),
    imported("RIS in UTF-32", "wider.ris", lambda: ris("Title").encode("utf-32"),
             "Line 1 holds NUL"),
    imported("RIS with a title of 5 MB", "long.ris", lambda: ris("x" * 5_000_000), LONG,
             alone=False),
    imported("RIS of one line of 60 MB", "line.ris", lambda: ris("x" * 60_000_000), LONG,
             alone=False),
    imported("RIS of 10,001 fields in a record", "fields.ris",
             lambda: "TY  - JOUR\n" + "KW  - x\n" * 10_001 + "ER  - \n",
             "more than 10000 fields", alone=False),
    imported("RIS of two million lines", "lines.ris", lambda: b"TY  - JOUR\n" + b"\n" * 2_000_001,
             "more than 2000000 lines"),
    imported("RIS of 200,001 records", "records.ris", lambda: b"TY  - JOUR\n" * 200_001,
             "more than 200000 records"),
    imported("RIS without a record", "text.ris", "Only words.\n", "holds no record"),
    replace(imported("RIS without an end", "open.ris", ris("Title").replace("ER  - \n", ""),
                     "open.ris: 1 record read = 1 added", 0, alone=False,
                     harmless="The record ends where the file does, and the report says so."),
            adds=WRITTEN),
    imported("NBIB without a record", "text.nbib", "Only words.\n", "holds no record"),
    imported("BibTeX of false UTF-16", "cut.bib", b"\xff\xfeabc", "no meaning in UTF-16"),
    imported("BibTeX of a million open braces", "braces.bib",
             lambda: "@article{a, title={" + "{" * 1_000_000, "look for a brace", alone=False),
    imported("BibTeX of a million braces", "deep.bib",
             lambda: "@article{a, title={" + "{" * 1_000_000 + "}" * 1_000_001 + "}",
             "It has no title", alone=False),
    replace(imported("BibTeX of strings that name one another", "loop.bib",
                     "@string{a = b}\n@string{b = a}\n@article{k, title = a # b, year = a}\n",
                     "loop.bib: 1 record read = 1 added", 0, alone=False, harmless=STRINGS),
            adds=WRITTEN),
    replace(imported("BibTeX of strings that double", "double.bib",
                     lambda: '@string{a0 = "xxxxxxxxxx"}\n' + "".join(
                         f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 40))
                     + "@article{k, title = a39}\n",
                     "double.bib: 1 record read = 1 added", 0, alone=False, harmless=STRINGS),
            adds=WRITTEN),
    imported("BibTeX with a title of 5 MB", "long.bib",
             lambda: f"@article{{a, title={{{'x' * 5_000_000}}}}}", LONG, alone=False),
    imported("BibTeX of a title of commands", "tex.bib",
             lambda: "@article{a, title={" + r"\textbf{" * 5_000 + "}" * 5_000 + "}}",
             LONG, alone=False),
    imported("BibTeX of a million blank lines", "blanks.bib", lambda: b"\n" * 1_000_000 + b"@x",
             "holds no record"),
    imported("BibTeX of 400,001 records", "records.bib", lambda: b"@article{a,\n" * 400_001,
             "more than 200000 records"),
    imported("BibTeX of signs", "signs.bib", lambda: b"@" * 400_001, "more than 200000 records"),
    replace(imported("reference with a title that is a formula", "formula.csv",
                     lines(("title", "doi"), ("=cmd|' /C calc'!A0", "10.1000/x")),
                     "formula.csv: 1 record read = 1 added", 0, alone=False,
                     harmless="In CSV it is a text; what writes workbooks writes it as a text."),
            adds=WRITTEN),
)  # fmt: skip
