"""Bad REFI-QDA files: codebooks and projects."""

from zipfile import ZipInfo

from tests.hostile.case import imported
from tests.hostile.made import encrypted, link, zipped

__all__ = ["CASES"]

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    + ']><Project xmlns="urn:QDA-XML:project:1.0" name="&a8;"/>'
).encode()
OUTSIDE = b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><CodeBook/>'
CODE = '<Code guid="{0}" name="{0}" isCodable="true">'.format


def project(inside: str = "") -> bytes:
    """Return the XML of a project."""
    return f'<Project xmlns="urn:QDA-XML:project:1.0" name="p">{inside}</Project>'.encode()


def codebook(inside: str) -> bytes:
    """Return the XML of a codebook."""
    return f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{inside}</Codes></CodeBook>'.encode()


def packed(*entries: tuple[str | ZipInfo, bytes], inside: str = "") -> bytes:
    """Return a project in its archive, with more entries."""
    return zipped(("project.qde", project(inside)), *entries)


def damaged() -> bytes:
    """Return an archive in which one byte of the project was changed."""
    data = bytearray(packed(inside="<Users/>" * 50))
    data[50] ^= 255
    return bytes(data)


NO_XML, NO_ARCHIVE = "can't be read as XML", "is not a ZIP archive"
OTHER = 'A "CodeBook" element is expected first'
ONE = "exactly one file that ends in .qde"
CLASH = "A GUID stands for more than one"
BOMBED = "unpacks to far more than it should"

CASES = (
    imported("codebook without a byte", "a.qdc", b"", NO_XML),
    imported("PNG named .qdc", "a.qdc", b"\x89PNG\r\n", NO_XML),
    imported("codebook cut off", "a.qdc", lambda: codebook(CODE("a"))[:-20], NO_XML),
    imported("codebook with NUL", "a.qdc", lambda: codebook("\0"), NO_XML),
    imported("codebook in no encoding", "a.qdc",
             b'<?xml version="1.0" encoding="x-none"?><a/>', NO_XML),
    imported("web page named .qdc", "a.qdc", b"<html/>", OTHER),
    imported("project named .qdc", "a.qdc", project, OTHER),
    imported("codebook with entities", "a.qdc", BOMB, "has a DOCTYPE"),
    imported("codebook with an outside DOCTYPE", "a.qdc", OUTSIDE, "has a DOCTYPE"),
    imported("codebook in UTF-16 with a DOCTYPE", "a.qdc",
             "<!DOCTYPE a><CodeBook/>".encode("utf-16"), "has a DOCTYPE"),
    imported("codebook that is deep", "a.qdc",
             lambda: codebook(CODE("x") * 300 + "</Code>" * 300), "more than 200 levels deep"),
    imported("codebook of 200,001 codes", "a.qdc",
             lambda: codebook("".join(f'<Code guid="{n}" name="a"/>' for n in range(200_001))),
             "more than 200000 elements"),
    imported("codebook of 65 MiB", "a.qdc", lambda: b"<CodeBook>" + b" " * (65 << 20),
             "bigger than 64 MiB"),
    imported("codebook with a name of 2 MB", "a.qdc",
             lambda: codebook(CODE("a" * (1 << 21)) + "</Code>"), "longer than 1"),
    imported("codebook with a GUID twice", "a.qdc",
             lambda: codebook(f"{CODE('a')}</Code>{CODE('A')}</Code>"), CLASH),
    imported("codebook with a GUID twice, once in braces", "a.qdc",
             lambda: codebook(f"{CODE('a')}</Code>{CODE('{a}')}</Code>"), CLASH),
    imported("project with a GUID of two kinds", "a.qdpx",
             lambda: packed(
                 inside='<Users><User guid="a"/></Users><Cases><Case guid="a"/></Cases>'), CLASH),
    imported("project without a byte", "a.qdpx", b"", NO_ARCHIVE),
    imported("project that is no archive", "a.qdpx", project, NO_ARCHIVE),
    imported("project cut off", "a.qdpx", lambda: packed()[:-30], NO_ARCHIVE),
    imported("project without a project", "a.qdpx", lambda: zipped(("a.txt", b"a")), ONE),
    imported("project in a folder", "a.qdpx", lambda: zipped(("a/b.qde", b"a")), ONE),
    imported("project of two projects", "a.qdpx",
             lambda: zipped(("a.qde", b""), ("b.qde", b"")), ONE),
    imported("project that is a bomb", "a.qdpx",
             lambda: packed(("sources/a.txt", b"a" * 20_000_000)), BOMBED),
    imported("project of 10,001 entries", "a.qdpx",
             lambda: packed(*((f"sources/{n}", b"") for n in range(10_000))), BOMBED),
    imported("project with an entry above", "a.qdpx", lambda: packed(("../a.txt", b"a")),
             "would lie outside of it"),
    imported("project with an absolute entry", "a.qdpx", lambda: packed(("/etc/a", b"a")),
             "would lie outside of it"),
    imported("project with an entry on a drive", "a.qdpx", lambda: packed(("C:\\a", b"a")),
             "would lie outside of it"),
    imported("project with a link", "a.qdpx", lambda: packed((link("a"), b"/etc")), "is a link"),
    imported("project that is encrypted", "a.qdpx", lambda: encrypted(packed()), "is encrypted"),
    imported("project that is damaged", "a.qdpx", damaged, "is damaged"),
    imported("project with entities", "a.qdpx", lambda: zipped(("project.qde", BOMB)),
             "has a DOCTYPE"),
    imported("project with a name twice", "a.qdpx", lambda: packed(("PROJECT.QDE", b"")),
             "have the same name"),
)  # fmt: skip
