"""A file from outside: opened without trust, and told apart by what is in it.

Layer imports. A link, a folder, a pipe and what is too big are refused before anything is read;
archives are looked at before they are unpacked; no kind of file is guessed from its name alone.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataFaults, Fault, UsageError, shorten
from kg.sources.container import find_danger

__all__ = ["MAX_RECORDS", "Upload", "check_archive", "read_text", "read_upload", "unreadable"]

MAX_BYTES, MAX_RECORDS = 64 << 20, 200_000
_MAX_UNPACKED = 128 << 20

_EXTENSIONS = {
    ".bib": "bibtex", ".csv": "csv", ".json": "jsonld", ".jsonld": "jsonld", ".nbib": "nbib",
    ".nq": "nquads", ".nt": "ntriples", ".ods": "ods", ".owl": "rdfxml", ".qdc": "qdc",
    ".qdpx": "qdpx", ".rdf": "rdfxml", ".ris": "ris", ".tab": "csv", ".trig": "trig",
    ".tsv": "csv", ".ttl": "turtle", ".xlsx": "xlsx", ".xml": "rdfxml",
}  # fmt: skip
_WRONG = {
    b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Office file (.xls, .doc)", b"\x89PNG": "a PNG",
    b"\xff\xd8\xff": "a JPEG", b"GIF8": "a GIF", b"\x1f\x8b": "a gzip archive", b"{\\rtf": "RTF",
    b"\x7fELF": "a program", b"MZ": "a program", b"7z\xbc\xaf": "a 7-Zip archive",
}  # fmt: skip
_SIGNS = (
    ("ris", re.compile(r"^[ \t]*TY {1,2}- ?\w", re.M)),
    ("nbib", re.compile(r"^PMID ?- ?\d+", re.M)),
    ("bibtex", re.compile(r"^[ \t]*@\w+[ \t]*[{(][ \t]*[^\s,]*[ \t]*,", re.M)),
    ("qdc", re.compile(r"<(\w+:)?CodeBook\b")),
    ("rdfxml", re.compile(r"<(\w+:)?RDF\b")),
    ("html", re.compile(r"<(!doctype\s+)?html\b", re.I)),
    ("turtle", re.compile(r"^[ \t]*(@prefix|prefix|@base|base)[ \t]+\S*:?[ \t]*<", re.M | re.I)),
    ("jsonld", re.compile(r"\A\s*[\[{][\s\S]*\"@(context|id|graph|type)\"")),
)
_ENCODINGS = "UTF-8 or Windows-1252"
_FAMILY = {"trig": "turtle", "nquads": "turtle", "ntriples": "turtle"}


@dataclass(frozen=True)
class Upload:
    """A file to be imported.

    Attributes:
        name: Name of the file, without its folders.
        kind: "ris", "bibtex", "nbib", "csv", "xlsx", "ods", "turtle", "trig", "ntriples",
            "nquads", "jsonld", "rdfxml", "qdc" or "qdpx".
        data: The content.
        note: What the reader should know about how it was told, or "".
    """

    name: str
    kind: str
    data: bytes
    note: str = ""


def read_upload(path: Path) -> Upload:
    """Return a file with its kind.

    Raises:
        UsageError: It can't be opened, is a link or no file, is too big, or of no known kind.
        DataFaults: It is empty, or an archive that unpacks to too much.
    """
    data = _read_bytes(path)
    name = os.fsencode(path.name).decode("utf-8", "replace")
    if not data.strip():
        raise unreadable(name, "The file is empty. Export it again.")
    known = _EXTENSIONS.get(path.suffix.lower(), "")
    seen = _find_kind(name, data)
    kind = seen if seen and _FAMILY.get(known, known) != seen else known
    if kind == "html":
        raise UsageError(f'"{name}" is a web page. Export the records themselves, for example RIS.')
    if not kind:
        known_names = ", ".join(sorted(_EXTENSIONS))
        raise UsageError(f'What "{name}" is can\'t be told. Its name should end in {known_names}.')
    if known in ("xlsx", "ods", "qdpx") and not seen:
        raise unreadable(name, f"The file is no {known.upper()}. Save it again.")
    note = f"It was read as {kind}, which is what is in it." if known and kind != known else ""
    return Upload(name, kind, data, note)


def _read_bytes(path: Path) -> bytes:
    if path.is_symlink():
        raise UsageError(f'"{path}" is a link and is not followed. Name the file itself.')
    try:
        # Opened without following what was put there since, or waiting for a pipe.
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(file, "rb") as opened:
            about = os.fstat(file)
            if not stat.S_ISREG(about.st_mode):
                raise UsageError(f'"{path}" is not a file. Name a file.')
            data = opened.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise UsageError(f'"{path}" is a folder. Name the files in it.') from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f'"{path}" can\'t be read ({reason}). Name a file that is there.'
        ) from None
    if len(data) > MAX_BYTES:
        raise UsageError(
            f'"{path}" is bigger than {MAX_BYTES >> 20} MiB. Split it into smaller files.'
        )
    return data


def _find_kind(name: str, data: bytes) -> str:
    """Return the kind that the content shows beyond doubt, or ""."""
    for sign, what in _WRONG.items():
        if data.startswith(sign):
            raise UsageError(f'"{name}" is {what}, which can\'t be imported. Export it as a table '
                             "(CSV, XLSX, ODS), references (RIS) or RDF.")  # fmt: skip
    if data.startswith(b"PK"):
        return _find_archive(name, data)
    head = _head(data)
    found = [(match.start(), kind) for kind, sign in _SIGNS if (match := sign.search(head))]
    first = head.lstrip("\ufeff \t\r\n")[:1]
    if first in "<{[":  # markup speaks for itself: what it quotes doesn't
        found = [f for f in found if f[1] in ("qdc", "rdfxml", "html", "jsonld")]
    return min(found)[1] if found else ""


def _head(data: bytes) -> str:
    part = data[: 1 << 16]
    if part.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return part.decode("utf-16", "replace")
    return part.decode("utf-8-sig", "replace")


def _find_archive(name: str, data: bytes) -> str:
    names = check_archive(name, data)
    if "content.xml" in names:
        return "ods"
    if "xl/workbook.xml" in names or any(n.startswith("xl/") for n in names):
        return "xlsx"
    if any(n.lower().endswith(".qde") for n in names):
        return "qdpx"
    what = "a Word document" if "word/document.xml" in names else "an archive"
    raise UsageError(f'"{name}" is {what}, which can\'t be imported. Export it as a table (CSV, '
                     "XLSX, ODS).")  # fmt: skip


def check_archive(name: str, data: bytes) -> frozenset[str]:
    """Return the names in a ZIP archive that may be unpacked.

    Raises:
        DataFaults: It is damaged, unpacks to far more than it should, or is otherwise suspicious.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise unreadable(name, "The archive is damaged. Save the file again.", str(error)) from None
    problem, seen = find_danger(entries, _MAX_UNPACKED)
    if problem:
        raise unreadable(name, f"{problem} Save it again, or as CSV.", seen)
    return frozenset(e.filename for e in entries)


def read_text(upload: Upload) -> tuple[str, str]:
    """Return the text of a file, and a sentence about its encoding or "".

    UTF-8 with or without byte order mark, UTF-16 with one, otherwise Windows-1252; line ends
    become those of Unix.

    Raises:
        DataFaults: It is no text, or its bytes mean nothing in these encodings.
    """
    data, note = upload.data, ""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide or b"\0" in data:
            name = "UTF-16, as which it begins" if wide else _ENCODINGS
            raise _no_text(upload.name, data, error.start, name) from None
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as undefined:
            raise _no_text(upload.name, data, undefined.start, _ENCODINGS) from None
        note = "It is not UTF-8 and was read as Windows-1252: check accented letters."
    if "\0" in text:
        raise unreadable(upload.name, f"Line {text.count(chr(10), 0, text.find(chr(0))) + 1} holds "
                         "NUL: this is not a text file. Export it again as UTF-8.")  # fmt: skip
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _no_text(name: str, data: bytes, place: int, encoding: str) -> DataFaults:
    line = data.count(b"\n", 0, place) + 1
    message = f"Byte {place + 1} (line {line}) has no meaning in {encoding}. "
    return unreadable(name, message + "Export the file again as UTF-8.", f"0x{data[place]:02X}")


def unreadable(name: str, message: str, value: str = "") -> DataFaults:
    """Return the error for a file that can't be imported."""
    fault = Fault(name, 0, "", "import-unreadable", "error", shorten(value, 120), message)
    return DataFaults([fault])
