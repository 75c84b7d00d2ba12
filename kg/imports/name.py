"""Names of authors: what stands in a file, as family name and given names.

Layer imports. Who shares authors is found from names, so one name must lead to one row; but two
full given names that differ are two people.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.terms import slug

__all__ = ["Name", "fold", "read_name", "split_names"]

_INITIALS = re.compile(r"(?:[^\W\d_]\.?[- ]?){1,4}")
_SHORT = re.compile(r"(?P<family>.*\S) (?P<given>[^\W\d_a-z]{1,4})")
_OTHERS = re.compile(r"(et al\.?|others|and others|…|\.\.\.)", re.I)


@dataclass(frozen=True)
class Name:
    """One author.

    Attributes:
        text: The name as it stands in the file.
        family: Family name, or the whole name of a group.
        given: Given names or initials, "" for a group.
    """

    text: str
    family: str
    given: str = ""

    @property
    def initials(self) -> str:
        """Return the initials in small letters: "ne" for both "NE" and "Nancy E."."""
        if _abbreviated(self.given):
            return fold(self.given)
        return "".join(fold(word)[:1] for word in re.split(r"[\s.-]+", self.given))

    @property
    def key(self) -> tuple[str, str]:
        """Return what all ways to write the name share: family name and initials."""
        return fold(self.family), self.initials

    @property
    def id(self) -> str:
        """Return the id that the author gets if it is free: "adler-ne"."""
        return "-".join(filter(None, (slug(_plain(self.family)), self.initials)))

    def fits(self, other: Name) -> bool:
        """Return whether two names with one key can be of one person."""
        if _abbreviated(self.given) or _abbreviated(other.given):
            return True
        return fold(self.given) == fold(other.given)


def _abbreviated(given: str) -> bool:
    return not given or (given.upper() == given and _INITIALS.fullmatch(given) is not None)


def read_name(text: str) -> Name:
    """Return the name in "Family, Given", "Family GN" or the name of a group."""
    family, comma, given = text.partition(",")
    if comma and family.strip():
        return Name(text, family.strip(), given.strip())
    short = _SHORT.fullmatch(text)
    return Name(text, short["family"], short["given"]) if short else Name(text, text.strip(" ,"))


def split_names(texts: list[str]) -> tuple[list[str], bool] | None:
    """Return the names in author fields and whether the list is complete, None if unclear.

    A field holds one name, or several with ";", "|" or "and" between them, or in the way of
    Vancouver ("Teig E, Amulya J") or of Scopus ("Teig, E., Amulya, J.").
    """
    names: list[str] = []
    for text in texts:
        found = _split(text)
        if found is None:
            return None
        names += found
    kept = [n for n in names if not _OTHERS.fullmatch(n)]
    kept = [re.sub(r",? et al\.?$", "", n) for n in kept]
    complete = kept == names
    return [n for n in kept if n], complete


def _split(text: str) -> list[str] | None:
    text = " ".join(text.split())
    for separator in (r"\s*[;|]\s*", r"\s+(?:and|&)\s+"):
        parts = [p.strip(" ,") for p in re.split(separator, text)]
        if len(parts) > 1:
            return [p for p in parts if p]
    parts = [p.strip() for p in text.split(",") if p.strip()]
    if len(parts) < 3 and not all(map(_SHORT.fullmatch, parts)):
        return [", ".join(parts)]
    if all(_SHORT.fullmatch(p) or _OTHERS.fullmatch(p) for p in parts):
        return parts
    if len(parts) % 2 == 0 and all(_abbreviated(p) for p in parts[1::2]):
        return [f"{f}, {g}" for f, g in zip(parts[::2], parts[1::2], strict=True)]
    return None


def _plain(text: str) -> str:
    """Return text without accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return the letters and digits of a text, in small letters without accents."""
    return "".join(c for c in _plain(text).casefold() if c.isalnum())
