"""Bad places: links, pipes, devices and folders where files are expected, and bad settings."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.hostile.case import Case, check
from tests.hostile.made import MEMOS, lines

__all__ = ["CASES"]

GOOD = 'title: "A test"\nbase: https://example.org/review/\n'
REVIEW = "review.yaml"
LAUGHS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
OUT = "is a link that leads out of the workspace"


def linked(place: str, target: str) -> Callable[[Path], None]:
    """Return what puts a link to a place, which is meant from the fence's folder."""

    def put(top: Path) -> None:
        path = top / place
        if path.is_dir():
            path.rename(top / "outside" / path.name)
        path.unlink(missing_ok=True)
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(target if target.startswith("/") else top / target)

    return put


def piped(place: str) -> Callable[[Path], None]:
    """Return what makes a pipe that nobody writes into."""

    def put(top: Path) -> None:
        (top / place).unlink(missing_ok=True)
        os.mkfifo(top / place)

    return put


def folder(place: str) -> Callable[[Path], None]:
    """Return what makes a folder where a file is expected."""

    def put(top: Path) -> None:
        (top / place).unlink(missing_ok=True)
        (top / place).mkdir(parents=True)

    return put


def locked(place: str, content: str) -> Callable[[Path], None]:
    """Return what makes a file that nobody may read."""

    def put(top: Path) -> None:
        (top / place).write_text(content, encoding="utf-8")
        (top / place).chmod(0)

    return put


def sparse(place: str, size: int) -> Callable[[Path], None]:
    """Return what makes a file that is all hole."""

    def put(top: Path) -> None:
        (top / place).parent.mkdir(exist_ok=True)
        with (top / place).open("wb") as file:
            file.truncate(size)

    return put


def found(name: str, file: str, said: str, put: Callable[[Path], None]) -> Case:
    """Return the case of something in the workspace that ``kg check`` meets."""
    return Case(name, ("check",), file, said, put)


def taken(
    name: str, file: str, said: str, put: Callable[[Path], None], *more: str, code: int = 2
) -> Case:
    """Return the case of something that ``kg import`` is given."""
    return Case(name, ("import", f"in/{file}", *more), file, said, put, code)


def settings(name: str, text: str | bytes, said: str) -> Case:
    """Return the case of a bad ``review.yaml``."""
    return check(name, REVIEW, text, said)


def mapped(name: str, text: str, said: str) -> Case:
    """Return the case of a bad map, by which a sound table is to be imported."""

    def put(top: Path) -> None:
        (top / "in" / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        (top / "in" / "bad.yaml").write_text(text, encoding="utf-8")

    return Case(name, ("import", "in/a.csv", "--map", "in/bad.yaml"), "bad.yaml", said, put)


REFS = "TY  - JOUR\nTI  - T\nER  - \n"

CASES = (
    # In the workspace.
    found("table that is a link out", "tables/memos.csv", OUT,
          linked("ws/tables/memos.csv", "outside/memos.csv")),
    found("text that is a link out", "texts/a.txt", OUT, linked("ws/texts/a.txt", "/etc/hostname")),
    found("side file that is a link out", "more/a.ttl", OUT,
          linked("ws/more/a.ttl", "home/notes.txt")),
    replace(found("folder of tables that is a link out", "tables", OUT,
                  linked("ws/tables", "outside")), alone=False),
    found("folder of texts that is a link out", "texts", OUT, linked("ws/texts", "home")),
    found("table that is a link to a device", "tables/memos.csv", OUT,
          linked("ws/tables/memos.csv", "/dev/zero")),
    found("table that is a link to nothing", "tables/memos.csv",
          "can't be read (No such file or directory)",
          linked("ws/tables/memos.csv", "ws/nothing.csv")),
    found("table that is a link to itself", "tables/memos.csv", "can't be read (",
          linked("ws/tables/memos.csv", "ws/tables/memos.csv")),
    found("table that is a pipe", "tables/memos.csv", "This is not a file",
          piped("ws/tables/memos.csv")),
    found("workbook that is a pipe", "tables/memos.xlsx", "This is not a file",
          piped("ws/tables/memos.xlsx")),
    found("table that is a folder", "tables/memos.csv", "This is a folder, not a file",
          folder("ws/tables/memos.csv")),
    found("side file that is a folder", "more/a.ttl", "This is a folder, not a file",
          folder("ws/more/a.ttl")),
    found("table that nobody may read", "tables/memos.csv", "can't be read (Permission denied)",
          locked("ws/tables/memos.csv", lines(MEMOS))),
    found("table of 20 GB of holes", "tables/memos.csv", "is bigger than 128 MiB",
          sparse("ws/tables/memos.csv", 20 << 30)),
    found("text of 20 GB of holes", "texts/a.txt", "is bigger than 4 MiB",
          sparse("ws/texts/a.txt", 20 << 30)),
    check("text that is not UTF-8", "texts/a.txt", b"na\xefve", "Byte 3 is not UTF-8"),
    check("text of 4 MiB of line ends", "texts/a.txt", lambda: b"\n" * (4 << 20), "", 0,
          harmless="It fits, also with its escapes."),
    check("text of 8 MB", "texts/a.txt", lambda: b"a b\n" * 2_000_000, "is bigger than 4 MiB"),
    check("text in UTF-16", "texts/a.txt", lambda: "Some words.".encode("utf-16"),
          "Byte 1 is not UTF-8"),
    # Settings.
    settings("settings of aliases in aliases", f"{GOOD}a0: &a0 x\n{LAUGHS}",
             "One text is expected after it"),
    settings("settings with an alias", "title: &t T\nbase: *t\n", "Aliases (*name)"),
    settings("settings with an object", "!!python/object/apply:os.system [id]\n",
             "The file holds no keys"),
    settings("settings with a list", f"{GOOD}texts: [a, b]\n", "One text is expected after it"),
    settings("settings with a mapping", "title:\n  a: b\n", "One text is expected after it"),
    settings("settings that are deep", "title: " + "[" * 20_000, "One text is expected after it"),
    settings("settings without a byte", b"", "The file holds no keys"),
    settings("settings that are not UTF-8", "title: ü\n".encode("cp1252"), "Byte 8 is not UTF-8"),
    settings("settings with NUL", b'title: "a\0b"\n', "The file can't be read as YAML"),
    settings("settings with a base of spaces", "title: T\nbase: https://e.org/a b/\n",
             "Write an address that starts with https://"),
    settings("settings with a base on this machine", "title: T\nbase: file:///etc/\n",
             "Write an address that starts with https://"),
    settings("settings with texts above", f"{GOOD}texts: ../outside\n",
             "Name a folder inside the workspace"),
    settings("settings of a second document", f"{GOOD}---\n{GOOD}", "more than one document"),
    *(
        replace(found(name, REVIEW, said, put), code=code)
        for name, said, put, code in (
            ("settings that are a link out", OUT, linked("ws/review.yaml", "/etc/hostname"), 1),
            ("settings that are a pipe", "There is no file", piped("ws/review.yaml"), 2),
            ("settings that are a folder", "There is no", folder("ws/review.yaml"), 2),
            ("settings of 20 GB of holes", "is bigger than 64 KiB",
             sparse("ws/review.yaml", 20 << 30), 1),
        )
    ),
    # Imported.
    taken("reference file that is a link", "a.ris", "is a link and is not followed",
          linked("in/a.ris", "home/notes.txt")),
    taken("reference file that is a device", "a.ris", "is a link and is not followed",
          linked("in/a.ris", "/dev/zero")),
    taken("reference file that is a pipe", "a.ris", "is not a file", piped("in/a.ris")),
    taken("project that is a pipe", "a.qdpx", "is not a file", piped("in/a.qdpx")),
    taken("codebook that is a folder", "a.qdc", "is not a file", folder("in/a.qdc")),
    taken("reference file that is a folder", "a.ris", "is a folder", folder("in/a.ris")),
    taken("reference file that is not there", "a.ris", "can't be read (No such file",
          lambda top: None),
    taken("reference file that nobody may read", "a.ris", "can't be read (Permission denied)",
          locked("in/a.ris", REFS)),
    taken("reference file of 20 GB of holes", "a.ris", "is bigger than 64 MiB",
          sparse("in/a.ris", 20 << 30)),
    Case("device itself", ("import", "/dev/zero"), "/dev/zero", "is not a file", lambda top: None,
         2),
    mapped("map of aliases in aliases", f"table: memos\ncolumns:\n  a: &a x\n  b: *a\n{LAUGHS}",
           "Lists and aliases (*name) are not allowed"),
    mapped("map that is deep", "columns: " + "{a: " * 20_000, "Only names and texts are expected"),
    mapped("map with an object", "!!python/object/apply:os.system [id]\n", "Lists and aliases"),
    mapped("map with NUL", "table: a\0b\n", "The file can't be read as YAML"),
)  # fmt: skip
