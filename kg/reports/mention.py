"""Where a term turns up outside the ontology: columns, rules of shapes, shipped queries, mappings.

Everything is read from the shapes, the queries and the mapping files; nothing is listed here.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import resources
from kg.query import list_queries
from kg.reports.vocabulary import Vocabulary, compact
from kg.schema import load_schema, shape_quads
from kg.terms import CE, QES, RDFS, SH, SKOS, local_name, plain

__all__ = [
    "ColumnUse",
    "Match",
    "Rule",
    "find_columns",
    "find_lists",
    "find_matches",
    "find_queries",
    "find_rules",
    "mapping_folder",
    "read_mappings",
]

_DECLARED = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]+)>", re.IGNORECASE)
_APART = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|(?m:(?:^|\s)#.*$)')
_NAME = re.compile(r"(?<![\w?$-])([a-z][\w-]*):([A-Za-z][\w-]*)|<([^<>\s]+)>")
_KINDS = {
    "questions": "Questions",
    "rules": "Rules that entail",
    "carry": "Stages of carrying",
    "check": "Checks",
    "why": "Explanations",
    "export": "Exports",
}


@dataclass(frozen=True)
class ColumnUse:
    """A column of a table, and what a term has to do with it.

    Attributes:
        how: "property", "class", "value" or "list".
        name: Table and header, for example "findings.study".
        help: What to write.
        required: Whether it can't be empty.
        message: The remedy that is shown with a fault.
    """

    how: str
    name: str
    help: str
    required: bool
    message: str


@dataclass(frozen=True)
class Rule:
    """A rule over several columns: its name, what it says, and the remedy."""

    name: str
    label: str
    message: str


@dataclass(frozen=True)
class Match:
    """One row of a mapping set: how a term relates to a term of another vocabulary."""

    predicate: str
    object_id: str
    object_label: str
    comment: str
    source: str


@cache
def find_columns() -> Mapping[str, tuple[ColumnUse, ...]]:
    """Return the columns that each term has to do with: IRI → columns by name."""
    found: defaultdict[str, dict[tuple[str, str], ColumnUse]] = defaultdict(dict)
    for table, column in load_schema().columns_by_shape.values():
        ways = [("property", column.path), ("property", column.through)]
        ways += [("class", column.refers_to), *(("value", v) for v in column.choices.values())]
        for how, iri in ways:
            if iri:
                use = ColumnUse(how, f"{table.name}.{column.name}", column.help, column.required,
                                column.message)  # fmt: skip
                found[iri][use.name, how] = use
    return {iri: tuple(uses[k] for k in sorted(uses)) for iri, uses in found.items()}


def find_lists(vocabulary: Vocabulary, relation: str) -> tuple[str, ...]:
    """Return the closed lists from which columns take the values of a relation, by IRI."""
    columns = (c for _, c in load_schema().columns_by_shape.values() if c.path == relation)
    values = {value for column in columns for value in column.choices.values()}
    return tuple(sorted({s for v in values for s in vocabulary.objects(v, SKOS + "inScheme")}))


@cache
def find_rules() -> Mapping[str, tuple[Rule, ...]]:
    """Return the rules of the shapes that name each term: IRI → rules by name."""
    facts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for quad in shape_quads():
        facts[plain(quad.subject), quad.predicate.value].append(plain(quad.object))
    found: defaultdict[str, set[Rule]] = defaultdict(set)
    for (shape, predicate), constraints in list(facts.items()):
        for constraint in constraints if predicate == SH + "sparql" else ():
            messages = facts[constraint, SH + "message"]
            rule = Rule(local_name(shape), " ".join(facts[shape, RDFS + "label"]),
                        " ".join(messages))  # fmt: skip
            names = {n for text in facts[constraint, SH + "select"] for n in _find_names(text)}
            for iri in names.union(facts[shape, SH + "targetClass"]):
                found[iri].add(rule)
    return {iri: tuple(sorted(rules, key=lambda r: r.name)) for iri, rules in found.items()}


@cache
def find_queries() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the shipped queries that name each term: IRI → (what it is, its name), in order."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, title in _KINDS.items():
        for query in list_queries(kind):
            for iri in sorted(set(_find_names(query.text))):
                found[iri].append((title, query.name))
    return {iri: tuple(uses) for iri, uses in found.items()}


def _find_names(text: str) -> Iterator[str]:
    """Yield the IRIs that a SPARQL text names, with or without a prefix."""
    prefixes = {"qes": QES, "ce": CE, **dict(_DECLARED.findall(text))}
    for prefix, name, iri in _NAME.findall(_APART.sub(" ", _DECLARED.sub(" ", text))):
        if iri or prefix in prefixes:
            yield iri or prefixes[prefix] + name


def mapping_folder() -> Path:
    """Return where the mapping sets are; it need not exist."""
    return resources.ontology_files()[0].parent / "mappings"


def read_mappings(folder: Path) -> dict[str, tuple[Match, ...]]:
    """Return the rows of all SSSOM files in a folder: CURIE of our term → matches.

    Args:
        folder: A folder with ``*.sssom.tsv``; empty or missing is no mapping at all.
    """
    found: defaultdict[str, list[Match]] = defaultdict(list)
    for path in sorted(folder.glob("*.sssom.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        rows = csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t")
        for row in rows:
            predicate = f"{row.get('predicate_modifier') or ''} {row.get('predicate_id') or ''}"
            target, label, comment = (
                row.get(name) or "" for name in ("object_id", "object_label", "comment")
            )
            source = path.name.removesuffix(".sssom.tsv")
            match = Match(predicate.strip(), target, label, comment, source)
            found[row.get("subject_id") or ""].append(match)
    return {name: tuple(matches) for name, matches in found.items()}


def find_matches(mappings: Mapping[str, tuple[Match, ...]], iri: str) -> tuple[Match, ...]:
    """Return the matches of a term, which a mapping set may name by CURIE or by IRI."""
    return mappings.get(compact(iri), ()) + mappings.get(iri, ())
