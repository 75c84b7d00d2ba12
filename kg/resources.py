"""Where the shipped ontology, queries and data are.

Bottom layer. In a wheel they lie under ``kg/_shipped/``, in a checkout beside the package; nowhere
else is looked.
"""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

__all__ = [
    "data_folder",
    "fingerprint",
    "mapping_files",
    "ontology_files",
    "query_folder",
    "shape_files",
]

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for place in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f'The shipped folder "{name}" is missing: install the package again.')


def ontology_files() -> tuple[Path, ...]:
    """Return the ontology's Turtle files, shapes apart, sorted by name."""
    return tuple(sorted(_folder("ontology").glob("*.ttl")))


def shape_files() -> tuple[Path, ...]:
    """Return the shape files, one per table and one per rule, sorted by path."""
    return tuple(sorted(_folder("ontology").glob("shapes/**/*.ttl")))


def mapping_files() -> tuple[Path, ...]:
    """Return the mapping sets to other vocabularies, sorted by name."""
    return tuple(sorted(_folder("ontology").glob("mappings/*.sssom.tsv")))


def query_folder(kind: str) -> Path:
    """Return the folder of the queries of one kind, for example "questions" or "carry"."""
    return _folder("queries") / kind


def data_folder(case: str) -> Path:
    """Return the folder of a shipped case; it need not exist."""
    return _folder("data") / case


@cache
def fingerprint() -> str:
    """Return a hash of everything shipped that decides what a built store holds."""
    digest = sha256()
    for path in (
        *map(str, ontology_files()),
        *_find_files(_folder("ontology") / "shapes", ".ttl"),
        *_find_files(_folder("queries"), ".rq"),
        *_find_files(_PACKAGE, ".py"),
    ):
        with open(path, "rb") as file:
            content = file.read()
        digest.update(os.path.basename(path).encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _find_files(folder: Path, extension: str) -> list[str]:
    """Return the files below a folder, sorted; pathlib takes three times as long for it."""
    return sorted(
        os.path.join(place, name)
        for place, _, names in os.walk(folder)
        for name in names
        if name.endswith(extension)
    )
