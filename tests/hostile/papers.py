"""Bad papers: PDF files whose text is asked for."""

import io
import random
import zlib

import pypdf

from tests.hostile.case import read
from tests.hostile.made import book, paper

__all__ = ["CASES"]


def locked() -> bytes:
    """Return a paper that is encrypted."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper()))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def bomb(size: int) -> bytes:
    """Return a paper whose page unpacks to this size."""
    return paper(zlib.compress(b" " * size, 9), b"/Filter /FlateDecode")


def twice_packed(size: int) -> bytes:
    """Return a paper whose page unpacks to what unpacks to this size."""
    packed = zlib.compress(zlib.compress(b" " * size, 9), 9)
    return paper(packed, b"/Filter [/FlateDecode /FlateDecode]")


CASES = (
    read("paper without a byte", "a.pdf", b"", "is no PDF"),
    read("workbook named .pdf", "a.pdf", lambda: book(("a",)), "is no PDF"),
    read("paper cut off", "a.pdf", lambda: paper()[:200], "is damaged and can't be read as a PDF"),
    read("paper of noise", "a.pdf", lambda: b"%PDF-1.7\n" + random.Random(6).randbytes(1_000_000),
         "is damaged and can't be read as a PDF"),
    read("paper that is encrypted", "a.pdf", locked, "is encrypted, and is not opened"),
    read("paper without text", "a.pdf", lambda: paper(b"0 0 1 1 re f"), "has no text"),
    read("paper whose pages are their own parents", "a.pdf",
         lambda: paper().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
         "is damaged and can't be read as a PDF"),
    read("paper that unpacks to 200 MB", "a.pdf", lambda: bomb(200_000_000),
         "is damaged and can't be read as a PDF"),
    read("paper that unpacks twice, to 200 MB", "a.pdf", lambda: twice_packed(200_000_000),
         "is damaged and can't be read as a PDF"),
    read("paper that unpacks to 60 MB", "a.pdf", lambda: bomb(60_000_000), "has no text"),
    read("paper that writes 3 million words", "a.pdf",
         lambda: paper(zlib.compress(b"BT /F1 12 Tf " + b"(We met.) Tj " * 3_000_000 + b"ET"),
                       b"/Filter /FlateDecode"), "was given up after"),
    read("paper of 65 MiB", "a.pdf", lambda: b"%PDF-1.7\n" + b"x" * (65 << 20),
         "is bigger than 64 MiB"),
)  # fmt: skip
