"""The difference of two workspaces as one HTML page that needs no network and no script.

Layer: reports. The page has the look of the reference page, whose style it shares; words that
went and words that came are marked in a text, by strike and underline as well as by colour.
"""

from __future__ import annotations

import re
from base64 import b64encode
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.appraisal.difference import CellChange, Difference

__all__ = ["render_difference", "split_words"]

_TEMPLATES = Path(__file__).with_name("templates")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 2_000  # beyond it, both versions are marked as a whole


def render_difference(difference: Difference) -> bytes:
    """Return the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    style = "\n".join(
        (_TEMPLATES / name).read_text(encoding="utf-8").strip()
        for name in ("reference.css", "difference.css")
    )
    digest = b64encode(sha256(style.encode()).digest()).decode()
    text = environment.get_template("difference.html").render(
        difference=difference,
        versions=_versions,
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'",
    )
    lines = (line.rstrip() for line in text.splitlines())
    return ("\n".join(line for line in lines if line) + "\n").encode()


def _versions(cell: CellChange) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    return split_words(cell.before, cell.after)


def split_words(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts in pieces, each with whether the other text lacks it."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return [(before, True)], [(after, True)]
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if b > a:
            left.append(("".join(old[a:b]), kind != "equal"))
        if d > c:
            right.append(("".join(new[c:d]), kind != "equal"))
    return left, right
