"""What the command line shows: data to stdout or a file, words to stderr."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from kg.errors import CannotWrite, Fault, UsageError, count

__all__ = ["count", "find_format", "formats", "put", "say", "say_faults", "use_utf8"]


def use_utf8() -> None:
    """Write UTF-8 in every locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Write words to stderr."""
    try:
        click.echo(text, err=True)
    except OSError:  # nobody reads them
        _silence(sys.stderr)


def say_faults(faults: Iterable[Fault]) -> None:
    """Write faults to stderr, one a line."""
    for fault in faults:
        say(str(fault))


def put(text: str, output: str | None = None, *, quiet: bool = True) -> None:
    """Write data to stdout, or to a file and say so.

    A reader who has seen enough (``kg carry | head``) is no error.

    Raises:
        CannotWrite: The file can't be written, or stdout is full.
    """
    text = text if not text or text.endswith("\n") else text + "\n"
    if output is not None:
        from pathlib import Path

        from kg.workspace import write_text

        write_text(Path(output), text)
        if not quiet:
            say(f"written: {output}")
        return
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        raise CannotWrite(
            f"The output can't be written ({error.strerror}). Write it to another place with -o."
        ) from None


def _silence(stream: object) -> None:
    """Send what is still buffered nowhere, so that nothing is raised when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]
    os.close(nowhere)


def formats(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add --format and -o to a command."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        command = click.option("-o", "output", metavar="FILE", help="Write to a file.")(command)
        return click.option(
            "--format", "form", type=click.Choice(names), help="Form of the answer."
        )(command)

    return add


def find_format(given: str | None, output: str | None, known: tuple[str, ...]) -> str:
    """Return the format that is asked for, by name or by the extension of the output file.

    Raises:
        UsageError: The extension is none of the known ones.
    """
    if given:
        return given
    extension = _extension(output) if output else ""
    if extension in ("", "txt"):
        return known[0]
    if extension not in known:
        raise UsageError(
            f'The format of "{output}" is not known. Write one of: {", ".join(known)}; or name it '
            "with --format."
        )
    return extension


def _extension(file: str) -> str:
    from pathlib import Path  # here, for it takes as long to load as half of click

    return Path(file).suffix.lower().removeprefix(".")
