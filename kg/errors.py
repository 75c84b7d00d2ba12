"""Errors, and faults in data, with the codes under which the documentation explains them.

Bottom layer: everything may import it, it imports nothing of ours.

    KgError                        has a code and an exit code
    ├── UsageError            2    a wrong call: the caller can mend it
    │   ├── NoWorkspace            workspace-missing
    │   ├── UnknownName            name-unknown
    │   ├── CannotWrite            folder-not-writable
    │   └── BadQuery               query-invalid
    ├── DataFaults            1    the data have faults and the verb can't go on
    └── MachineryError        3    something that should work on this machine does not
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

__all__ = [
    "BadQuery",
    "CannotWrite",
    "DataFaults",
    "Fault",
    "KgError",
    "MachineryError",
    "NoWorkspace",
    "UnknownName",
    "UsageError",
    "count",
    "nearest",
    "shorten",
]


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in the data: where it is, what was seen and what to do.

    Attributes:
        table: Name of the table or file.
        row: Record number counting blank rows, header = 1; 0 for the whole table.
        column: Header of the column, "" for the whole row.
        rule: Local name of the shape or query, or the code of a fault of the file itself.
        severity: "error" (the row is left out), "warning" or, of the ontology, "info".
        value: What was seen, "" if nothing was.
        message: What is wrong, and the remedy.
        fix: A value that is probably meant, or "".
    """

    table: str
    row: int
    column: str
    rule: str
    severity: str
    value: str
    message: str
    fix: str = ""

    def __str__(self) -> str:
        """Return the fault as one line for people."""
        where = self.table
        if self.row:
            where += f", row {self.row}"
        if self.column:
            where += f', column "{self.column}"'
        seen = f' Seen: "{shorten(self.value)}".' if self.value else ""
        fix = f' Did you mean "{self.fix}"?' if self.fix else ""
        mark = "" if self.severity == "error" else f"{self.severity}: "
        return f"{where}: {mark}{self.message}{seen}{fix}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the fault in its machine form."""
        return asdict(self)


class KgError(Exception):
    """Base of every error that the package raises on purpose."""

    code = "error"
    exit_code = 3


class UsageError(KgError):
    """A wrong call: a missing folder, an unknown name, a wrong option."""

    code = "usage"
    exit_code = 2


class NoWorkspace(UsageError):
    """The folder has no ``review.yaml``."""

    code = "workspace-missing"


_WHERE = {
    "id": "Ids stand in the first column of the tables; those of carried claims in `kg carry`.",
    "question": "`kg query` lists the questions.",
    "table": "`kg schema` lists the tables.",
}


class UnknownName(UsageError):
    """Something was asked for by a name that is not there."""

    code = "name-unknown"

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Say what was asked for, and what comes nearest to it or where such names are found."""
        names = sorted(set(known))
        near = nearest(name, names)
        if near:
            hint = f'Did you mean "{near}"?'
        elif kind in _WHERE:
            hint = _WHERE[kind]
        else:
            hint = f"Known: {', '.join(names[:10])}." if names else "None is known."
        super().__init__(f'There is no {kind} called "{shorten(name)}". {hint}')


class CannotWrite(UsageError):
    """A verb that writes meets a folder or file that can't be written."""

    code = "folder-not-writable"


class BadQuery(UsageError):
    """A SPARQL text can't be read, or asks for something that is refused."""

    code = "query-invalid"


class DataFaults(KgError):
    """The data have faults that stop the verb; they are carried as values."""

    code = "data-faults"
    exit_code = 1

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep all faults, not only the first."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class MachineryError(KgError):
    """Something that should work on this machine does not (Java, an engine)."""

    code = "machinery"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that comes nearest to ``name``, or ""."""
    from difflib import get_close_matches

    by_lower = {k.lower(): k for k in sorted(known)}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else ""


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shorten(text: str, length: int = 200) -> str:
    """Return ``text`` on one line, cut in the middle if it is longer than ``length``."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 30]} … {line[-25:]}"
