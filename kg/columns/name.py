"""Ids in place of IRIs, so that columns join with the tables and with what commands take.

`kg.columns`. Two nodes never get the same id, and the id of a node depends on nothing but its IRI:
a part of the columns can be written without the others. Where an id would be that of another node,
the IRI itself stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.schema import load_schema
from kg.terms import data_iri

if TYPE_CHECKING:
    import polars

__all__ = ["find_id", "name_rows"]

_PLAIN = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/-]+")


def find_id(iri: str, base: str) -> str:
    """Return the id by which commands know a node, or its IRI if none is its alone.

    Args:
        iri: IRI of a row, a shipped individual or a node of a side file.
        base: Base IRI of the workspace.

    Example:
        >>> find_id("https://example.org/r/teig2009-f1", "https://example.org/r/")
        'teig2009-f1'
        >>> find_id("https://example.org/r/a%20b", "https://example.org/r/")
        'a b'
        >>> find_id("https://w3id.org/collective-efficacy/collective-efficacy", "https://a.org/")
        'collective-efficacy'
        >>> find_id("https://elsewhere.org/teig2009", "https://example.org/r/")
        'https://elsewhere.org/teig2009'
    """
    individuals = load_schema().individuals
    name = iri.rpartition("/")[2]
    if individuals.get(name) == iri:
        return name
    if not iri.startswith(base):
        return iri
    rest = iri[len(base) :]
    if _PLAIN.fullmatch(rest):
        return iri if rest in individuals or "://" in rest else rest
    name = unquote(rest)
    taken = not name or name in individuals or not {"/", "%"}.isdisjoint(name)
    return iri if taken or data_iri(base, name) != iri else name


def name_rows(values: polars.Series, base: str) -> polars.Series:
    """Return the ids of IRIs, as :func:`find_id` gives them; what is empty stays empty."""
    rest = values.str.strip_prefix(base)
    usual = (
        values.str.starts_with(base)
        & rest.str.contains(f"^(?:{_PLAIN.pattern})$")
        & ~rest.str.contains("://", literal=True)
        & ~rest.is_in(sorted(load_schema().individuals))
    )
    others = values.filter(~usual).drop_nulls().unique()
    named = {iri: find_id(iri, base) for iri in others}
    if named:
        rest = rest.zip_with(usual, values.replace(named))
    return rest.alias(values.name)
