"""Mapping sets under strict rules: what other programs accept wrongly is named.

Layer: checks. Common validators take an empty justification, a made-up predicate or a set without
a licence as good. Here every cell is looked at, and every subject must be a term of ours.

Source: SSSOM 1.0, https://mapping-commons.github.io/sssom/, slots of Mapping; justifications from
the Semantic Mapping Vocabulary, https://w3id.org/semapv/.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from kg.checks.sssom import (
    REQUIRED_COLUMNS,
    MappingRow,
    MappingSet,
    build_fault,
    read_mapping_set,
)
from kg.errors import Fault, nearest

__all__ = ["check_mapping_text", "check_mappings"]

_PREDICATES = tuple(
    f"skos:{kind}Match" for kind in ("broad", "close", "exact", "narrow", "related")
)
_HIERARCHY = ("skos:broadMatch", "skos:exactMatch", "skos:narrowMatch")
_JUSTIFICATIONS = tuple(
    "semapv:" + name
    for name in (
        "BackgroundKnowledgeBasedMatching", "CompositeMatching", "InstanceBasedMatching",
        "LexicalMatching", "LexicalSimilarityThresholdMatching", "LogicalReasoning",
        "ManualMappingCuration", "MappingChaining", "MappingInversion", "MappingReview",
        "SemanticSimilarityThresholdMatching", "StructuralMatching", "UnspecifiedMatching",
    )
)  # fmt: skip
_PEOPLE = ("author_id", "creator_id", "reviewer_id")
_NAMES = ("subject_id", "object_id", "subject_source", "object_source", *_PEOPLE)
_KEY = ("subject_id", "predicate_id", "object_id")
_DECIMAL = re.compile(r"[01](\.\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ORCID = re.compile(r"(\d{4}-){3}\d{3}[\dX]", re.ASCII)

# Column, rule, message, what was seen, what is probably meant.
Finding = tuple[str, str, str, str, str]


def check_mappings(
    paths: Iterable[Path], terms: Mapping[str, str], apart: Collection[str] = ()
) -> list[Fault]:
    """Return what is wrong with mapping files, one by one and together.

    Args:
        paths: SSSOM TSV files.
        terms: IRI → label of everything that may be mapped.
        apart: IRIs of which no two may map to one object by exact, broad or narrow match: such a
            pair would put them into a hierarchy through the shared object (honesty rule 4).

    Returns:
        Faults sorted by file, line and column; their table is the name of the file and their row
        the line in it.
    """
    contents = [(path.name, path.read_bytes()) for path in paths]
    return _check_contents(contents, terms, apart)


def check_mapping_text(
    name: str, text: str, terms: Mapping[str, str], apart: Collection[str] = ()
) -> list[Fault]:
    """Return what is wrong with one mapping set given as text, as :func:`check_mappings` does."""
    return _check_contents([(name, text.encode())], terms, apart)


def _check_contents(
    contents: Iterable[tuple[str, bytes]], terms: Mapping[str, str], apart: Collection[str]
) -> list[Fault]:
    sets, faults = [], []
    for name, content in contents:
        found, unreadable = read_mapping_set(name, content)
        sets.append(found)
        faults += [*unreadable, *_check_cells(found, terms), *_check_order(found)]
    return sorted([*faults, *_check_apart(sets, apart)])


def _check_cells(found: MappingSet, terms: Mapping[str, str]) -> Iterator[Fault]:
    for row in found.rows:
        for column, rule, message, seen, fix in (
            *_check_filled(row),
            *_check_names(found, row),
            *_check_subject(found, row, terms),
            *_check_values(row),
        ):
            yield build_fault(found.name, row.line, column, rule, message, seen, fix)


def _check_filled(row: MappingRow) -> Iterator[Finding]:
    for column in REQUIRED_COLUMNS:
        if column in row.cells and not row.get(column).strip():
            yield column, "mapping-empty", "It is empty. Fill it in.", "", ""
    if not (row.get("author_id") + row.get("author_label")).strip():
        yield "author_label", "mapping-empty", "Nobody is named as author. Name one.", "", ""


def _check_names(found: MappingSet, row: MappingRow) -> Iterator[Finding]:
    for column in _NAMES:
        for name in filter(None, row.get(column).split("|")):
            if not found.expand(name):
                near = nearest(name.partition(":")[0], found.prefixes)
                message = "Write prefix:name, with a prefix that is in the curie_map."
                yield column, "mapping-prefix", message, name, near
            elif column in _PEOPLE and not _is_orcid(name):
                message = "This is no ORCID iD: pattern or check digit is wrong. Correct it."
                yield column, "mapping-person", message, name, ""


def _check_subject(
    found: MappingSet, row: MappingRow, terms: Mapping[str, str]
) -> Iterator[Finding]:
    iri, label = found.expand(row.get("subject_id")), row.get("subject_label")
    if iri and iri not in terms:
        yield "subject_id", "mapping-subject", "There is no such term. Correct the id.", iri, ""
    elif iri and label.strip() and label != terms[iri]:
        message = "The term is called otherwise. Write its label."
        yield "subject_label", "mapping-subject", message, label, terms[iri]


def _check_values(row: MappingRow) -> Iterator[Finding]:
    for column, rule, known in (
        ("predicate_id", "mapping-predicate", _PREDICATES),
        ("mapping_justification", "mapping-justification", _JUSTIFICATIONS),
    ):
        value = row.get(column)
        if value.strip() and value not in known:
            message = f"Write one of {', '.join(known)}."
            yield column, rule, message, value, nearest(value, known)
    value = row.get("confidence")
    if value.strip() and not (_DECIMAL.fullmatch(value) and float(value) <= 1):
        yield "confidence", "mapping-confidence", "Write a decimal from 0 to 1.", value, ""
    value = row.get("mapping_date")
    if value.strip() and not _is_date(value):
        yield "mapping_date", "mapping-date", "Write year-month-day: 2026-11-25.", value, ""


def _check_order(found: MappingSet) -> Iterator[Fault]:
    keys = [(tuple(map(row.get, _KEY)), row.line) for row in found.rows]
    first: dict[tuple[str, ...], int] = {}
    for key, line in keys:
        if first.setdefault(key, line) != line:
            message = f"Line {first[key]} says the same. Keep one."
            yield build_fault(found.name, line, "", "mapping-duplicate", message, " ".join(key))
    for (before, _), (key, line) in pairwise(keys):
        if key < before:
            message = "Rows are sorted by subject, predicate and object. Move it up."
            yield build_fault(found.name, line, "", "mapping-order", message, " ".join(key))


def _check_apart(sets: Iterable[MappingSet], apart: Collection[str]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    rows = ((found, row) for found in sets for row in found.rows)
    for found, row in rows:
        subject, target = found.expand(row.get("subject_id")), row.get("object_id")
        iri = found.expand(target)
        if not iri or subject not in apart:
            continue
        message = ""
        if iri in apart:
            message = "Two terms that are kept apart are matched. Delete it."
        elif row.get("predicate_id") in _HIERARCHY and first.setdefault(iri, subject) != subject:
            message = (
                f"{first[iri]} has this object too, and the two are kept apart. "
                "Use skos:closeMatch or skos:relatedMatch, or delete it."
            )
        if message:
            rule = "mapping-shared-target"
            yield build_fault(found.name, row.line, "object_id", rule, message, target)


def _is_orcid(curie: str) -> bool:
    """Return whether a compact name is an ORCID iD with the right check digit.

    Source: ISO 7064, MOD 11-2, which ORCID uses.
    """
    prefix, _, number = curie.partition(":")
    if prefix != "orcid" or not _ORCID.fullmatch(number):
        return False
    total = 0
    for digit in number.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return number[-1] == "0123456789X"[(12 - total % 11) % 11]


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
