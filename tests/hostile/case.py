"""A case: a bad file, the command that meets it, and the one sentence that must come of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.workspaces import minimal

__all__ = ["Case", "check", "imported", "lay", "read"]

Content = bytes | str


@dataclass(frozen=True)
class Case:
    """One bad input.

    Attributes:
        name: What is bad about it; no two cases have the same.
        args: The command, after ``kg -C ws``.
        file: Name of the file, by which the sentence must call it; a row may go by its table.
        said: Words of the sentence, worked out by hand.
        put: What lays the input into a folder with ``ws``, ``in``, ``home`` and ``outside``.
        code: Exit code.
        alone: Whether the sentence is all that is printed; else it is one line of a report.
        harmless: Why exit code 0 is right, or "".
        adds: Files that the command may write into the workspace.
    """

    name: str
    args: tuple[str, ...]
    file: str
    said: str
    put: Callable[[Path], None]
    code: int = 1
    alone: bool = True
    harmless: str = ""
    adds: tuple[str, ...] = ()

    def tells(self, text: str) -> bool:
        """Return whether a text names the file, and says once what is wrong with it."""
        names = (self.file, f"{Path(self.file).stem}, row")
        found = [line for line in text.splitlines() if self.said in line]
        return len(found) == 1 and any(name in text for name in names)


def lay(top: Path) -> None:
    """Write a sound workspace, and what lies around it and must stay as it is."""
    for name in ("in", "home", "tmp", "outside"):
        (top / name).mkdir(parents=True)
    minimal().write(top / "ws")
    (top / "home" / "notes.txt").write_text("mine\n", encoding="utf-8")
    (top / "outside" / "memos.csv").write_text("id,about\nsecret,secret\n", encoding="utf-8")


def _writer(place: str, make: Callable[[], Content] | Content) -> Callable[[Path], None]:
    def put(top: Path) -> None:
        content = make if isinstance(make, bytes | str) else make()
        path = top / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return put


def imported(
    name: str, file: str, make: Callable[[], Content] | Content, said: str, code: int = 1,
    *more: str, alone: bool = True, harmless: str = "",
) -> Case:  # fmt: skip
    """Return the case of a file that is imported, with more arguments if there are any."""
    return Case(name, ("import", f"in/{file}", *more), file, said, _writer(f"in/{file}", make),
                code, alone, harmless)  # fmt: skip


def check(
    name: str, file: str, make: Callable[[], Content] | Content, said: str, code: int = 1,
    *, alone: bool = True, harmless: str = "",
) -> Case:  # fmt: skip
    """Return the case of a file of the workspace that ``kg check`` reads."""
    return Case(name, ("check",), file, said, _writer(f"ws/{file}", make), code, alone, harmless)


def read(
    name: str, file: str, make: Callable[[], Content] | Content, said: str, code: int = 2
) -> Case:
    """Return the case of a PDF whose text is asked for."""
    return Case(name, ("quote", "--extract", f"in/{file}"), file, said,
                _writer(f"in/{file}", make), code)  # fmt: skip
