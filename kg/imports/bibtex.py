"""BibTeX, read by bibtexparser: entries as raw records, with TeX turned into text.

Layer imports. What bibtexparser can't parse is a record that is rejected with its reason, and an
entry that has a field or key twice is taken: nothing it reports is lost.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.imports.tagged import Raw

if TYPE_CHECKING:
    from bibtexparser.middlewares import LatexDecodingMiddleware

__all__ = ["read_bibtex"]

_BLANK = re.compile(r"[\s~]+")
_ENTRY = re.compile(r"^[ \t]*@(?!comment|string|preamble)\w+[ \t]*[{(]", re.M | re.I)
_NAMES = ("author", "editor")
_VERBATIM = ("doi", "url", "eprint", "file", "pmid", "pmcid")


def read_bibtex(text: str) -> tuple[list[Raw], list[str]]:
    """Return the entries of a BibTeX file in its order, and what a reader should know."""
    from bibtexparser.entrypoint import parse_string

    with _silent():
        library = parse_string(text)
        strings = {name: _bare(str(s.value)) for name, s in library.strings_dict.items()}
        found = (_read_block(block, strings) for block in library.blocks)
        records = [record for record in found if record is not None]
    begun = len(_ENTRY.findall(text))
    notes = []
    if begun > len(records):
        notes.append(f"Entries that begin inside another one, not taken over: "
                     f"{begun - len(records)}. Look for a brace that is not closed.")  # fmt: skip
    return records, notes


def _read_block(block: Any, strings: dict[str, str]) -> Raw | None:
    from bibtexparser.model import Entry, ParsingFailedBlock

    place = f"line {(block.start_line or 0) + 1}"
    if isinstance(block, ParsingFailedBlock):
        inner = block.ignore_error_block
        if not isinstance(inner, Entry):
            if not (block.raw or "").lstrip().startswith("@"):
                return None
            return Raw(place, broken="It can't be read as BibTeX: look for a brace or comma.")
        block = inner  # a field or the key stands twice; its strings were not put in
        for part in block.fields:
            part.value = strings.get(str(part.value).strip(), part.value)
    if not isinstance(block, Entry):
        return None
    fields = [(field.key.lower(), _bare(str(field.value))) for field in block.fields]
    pairs = [(k, v) for k, text in fields for v in (_split(text) if k in _NAMES else [text])]
    texts = _decode([v for k, v in pairs if k not in _VERBATIM])
    plain = ((k, v if k in _VERBATIM else texts.pop(0)) for k, v in pairs)
    return Raw(place, [("type", block.entry_type.lower()), *plain])


def _bare(value: str) -> str:
    """Return a value without the delimiters that an entry with a fault still has."""
    value = value.strip()
    outer = value[:1] + value[-1:]
    return value[1:-1] if len(value) > 1 and outer in ('""', "{}") and _whole(value) else value


def _whole(value: str) -> bool:
    """Return whether the first and the last brace of a text belong together."""
    depth = 0
    for place, character in enumerate(value):
        depth += (character == "{") - (character == "}")
        if depth == 0 and value[0] == "{" and place < len(value) - 1:
            return False
    return True


def _split(value: str) -> list[str]:
    """Return the names in an author field, each as "Family, Given" or as the whole name."""
    from bibtexparser.middlewares.names import (
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    found = []
    for name in split_multiple_persons_names(" ".join(value.split())):
        whole = name.startswith("{") and name.endswith("}") and _whole(name)
        if whole or name.lower() == "others":
            found.append(name)
            continue
        parts = parse_single_name_into_parts(name, strict=False)
        family = " ".join([*parts.von, *parts.last])
        given = " ".join([*parts.first, *parts.jr])
        found.append(f"{family}, {given}" if family and given else family or given or name)
    return found


def _decode(texts: list[str]) -> list[str]:
    """Return texts without TeX; one that can't be decoded only loses its braces."""
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    tex = {i: t for i, t in enumerate(texts) if "\\" in t}
    if tex:
        entry = Entry("x", "x", [Field(f"f{i}", t) for i, t in tex.items()])
        try:
            done = _decoder().transform_entry(entry, Library())
        except RecursionError:
            done = None
        if isinstance(done, Entry):
            tex = {i: str(done.fields_dict[f"f{i}"].value) for i in tex}
    plain = (tex.get(i, t) for i, t in enumerate(texts))
    return [_BLANK.sub(" ", t.replace("{", "").replace("}", "").replace("--", "–")).strip()
            for t in plain]  # fmt: skip


@cache
def _decoder() -> LatexDecodingMiddleware:
    from bibtexparser.middlewares import LatexDecodingMiddleware

    return LatexDecodingMiddleware()


@contextmanager
def _silent() -> Iterator[None]:
    """Keep bibtexparser from writing to stderr: what it says is in the report."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
