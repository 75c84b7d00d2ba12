"""Source texts from PDF files: made once, by asking for it, and then the truth like any text."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import UsageError
from kg.sources import read_review
from kg.sources.pdf import read_pdf
from kg.store import write_text

__all__ = ["extract_text"]


def extract_text(folder: Path, file: str, *, write: bool = True) -> tuple[str, str, int]:
    """Write the text of a PDF beside the other texts, and return its name, itself and its pages.

    Args:
        folder: The workspace.
        file: A PDF, named from here or by its name in the folder of texts.
        write: Whether to write, or only to read.

    Raises:
        MachineryError: pypdf is not installed.
        UsageError: The PDF can't be read, or there is such a text already and it is another one.
        CannotWrite: The text can't be written.
    """
    review = read_review(folder)
    texts, path = folder / review.texts, Path(file)
    if not Path(os.path.realpath(texts)).is_relative_to(os.path.realpath(folder)):
        raise UsageError(
            f'The folder "{review.texts}" leads out of the workspace. Put a folder there.'
        )
    if not path.is_file() and (texts / path.name).is_file():
        path = texts / path.name
    name = f"{path.stem}.txt"
    text, pages = read_pdf(path)
    if os.path.lexists(texts / name):
        before = (texts / name).read_bytes() if (texts / name).is_file() else b""
        if before != text.encode():
            raise UsageError(
                f'"{review.texts}/{name}" is there already and quotations may have offsets in it. '
                "Rename or delete it first: nothing is overwritten."
            )
    elif write:
        texts.mkdir(exist_ok=True)
        write_text(texts / name, text)
    return name, text, pages
