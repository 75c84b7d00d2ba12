"""What each stage of the rule reads, from the texts of the queries: so the shared data stay small.

`kg.cluster`. Facts are found in every batch (:func:`list_fact_names`), statuses and claims are
decided once (:func:`list_claim_names`). A line that no query names is sent nowhere; a property that
a query begins to name is sent from then on.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from kg.checks import find_read
from kg.query import Query, get_query, list_queries
from kg.schema import load_schema
from kg.sources import Part
from kg.synthesis.carry import list_stages
from kg.terms import QES, RDF_TYPE, RDFS, SKOS

__all__ = [
    "TEXTS",
    "is_read",
    "keep_read",
    "list_claim_names",
    "list_fact_names",
    "list_near_miss_stages",
]

TEXTS = (RDFS + "label", QES + "statement", SKOS + "notation")
"""Properties that are read of what a claim names, never of the evidence under it."""

_WRITTEN, _NEAR = "44-write", "51-near-misses"
_PREDICATE = re.compile(rb"^<[^>]*> <([^>]*)> (?:<([^>]*)> )?", re.MULTILINE)


def list_near_miss_stages() -> tuple[Query, ...]:
    """Return the stages that list near misses, and what these need beside the facts."""
    return tuple(get_query("carry", name) for name in (_WRITTEN, _NEAR))


@cache
def list_fact_names() -> frozenset[str]:
    """Return the IRIs that are named by what is run in every batch."""
    near = (*list_near_miss_stages(), get_query("why", "near-misses"))
    return find_read([*list_queries("rules"), *list_stages("01"), *near])


@cache
def list_claim_names() -> frozenset[str]:
    """Return the IRIs that are named by what is run once, over all batches."""
    asked = ("held", "removable", "reliance", "statuses", "transfer-details", "transfers")
    evidence = get_query("carry", "50-evidence")
    why = [get_query("why", name) for name in asked]
    return find_read([*list_stages("234"), evidence, *list_queries("check"), *why])


def keep_read(part: Part, names: frozenset[str], whole: Collection[str] = ()) -> Part:
    """Return a part with the lines that queries which name these IRIs can look at.

    Args:
        part: A part with rows; rows of which nothing is left are gone.
        names: IRIs.
        whole: Rows of which every line is kept.
    """
    texts, rows = {}, {}
    for row, numbers in part.rows.items():
        found = {}
        for number in numbers:
            start, end = part.spans[number]
            text = part.text[start:end]
            found[number] = text if row in whole else _keep_lines(text, names)
        if any(found.values()):
            rows[row] = numbers
            texts.update(found)
    kept = replace(part, text=b"", spans={}, rows=rows, damaged=part.damaged & rows.keys())
    kept.set_rows(texts.items())
    return kept


def _keep_lines(lines: bytes, names: frozenset[str]) -> bytes:
    kept = []
    for line in lines.splitlines(keepends=True):
        found = _PREDICATE.match(line)
        if found and is_read(found[1].decode(), (found[2] or b"").decode(), names):
            kept.append(line)
    return b"".join(kept)


def is_read(path: str, value: str, names: frozenset[str]) -> bool:
    """Return whether queries that name these IRIs can look at a triple.

    What a row is (``rdf:type``) is not read where the class is that of a whole table and no query
    names it: kinds of settings, which are asked for by what they are under, always are.
    """
    if path == RDF_TYPE:
        return value in names or value not in _table_classes()
    return path in names


@cache
def _table_classes() -> frozenset[str]:
    return frozenset(table.cls for table in load_schema().tables.values())
