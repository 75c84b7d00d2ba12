"""Mapping files (SSSOM TSV) as they are read: metadata, header, and one row for every line.

Layer: checks. Common readers drop every row below a misspelt header, blank or commented lines and
cells joined by a quotation mark without a word; here each is a fault with its line.

Source: SSSOM 1.0, https://mapping-commons.github.io/sssom/, MappingSet and the TSV format.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import Fault, nearest, shorten
from kg.terms import SKOS

if TYPE_CHECKING:
    import yaml

__all__ = ["REQUIRED_COLUMNS", "MappingRow", "MappingSet", "build_fault", "read_mapping_set"]

REQUIRED_COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label",
    "mapping_justification", "mapping_date", "confidence", "subject_source", "object_source",
    "comment",
)  # fmt: skip
"""Columns that every row fills in; beside them it names an author by id or label."""

_COLUMNS = (
    *REQUIRED_COLUMNS, "author_id", "author_label", "creator_id", "creator_label",
    "curation_rule", "issue_tracker_item", "license", "mapping_cardinality", "mapping_provider",
    "mapping_source", "mapping_tool", "mapping_tool_version", "object_category",
    "object_source_version", "object_type", "other", "predicate_label", "predicate_modifier",
    "publication_date", "reviewer_id", "reviewer_label", "see_also", "subject_category",
    "subject_source_version", "subject_type",
)  # fmt: skip
_REQUIRED_SLOTS = ("curie_map", "license", "mapping_set_id", "mapping_set_version")
_SLOTS = (
    *_REQUIRED_SLOTS, "comment", "creator_id", "creator_label", "issue_tracker", "mapping_date",
    "mapping_provider", "mapping_set_description", "mapping_set_source", "mapping_set_title",
    "mapping_tool", "mapping_tool_version", "object_source", "object_source_version", "other",
    "publication_date", "see_also", "sssom_version", "subject_source", "subject_source_version",
)  # fmt: skip
_BUILT_IN = {"semapv": "https://w3id.org/semapv/vocab/", "skos": SKOS}
_CURIE = re.compile(r"([A-Za-z_][\w.-]*):(\S+)", re.ASCII)
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_UNREADABLE = "mapping-unreadable"


@dataclass(frozen=True)
class MappingRow:
    """One mapping: the line of the file on which it stands, and its cells by column."""

    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Return the cell of a column, "" if the set has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class MappingSet:
    """What a mapping file holds.

    Attributes:
        name: Name of the file.
        slots: What the metadata says of the set, curie_map apart.
        prefixes: Prefix → namespace, those that SSSOM itself gives included.
        rows: The mappings in the order of the file.
    """

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[MappingRow, ...] = ()

    def expand(self, curie: str) -> str:
        """Return the IRI that a compact name stands for, "" if its prefix isn't known."""
        found = _CURIE.fullmatch(curie)
        space = self.prefixes.get(found[1], "") if found else ""
        return space + found[2] if found and space else ""


def read_mapping_set(name: str, content: bytes) -> tuple[MappingSet, list[Fault]]:
    """Return what a mapping file holds, and what can't be read in it.

    A byte order mark and CRLF are accepted. Every line below the header becomes a row or a fault.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "The file is not UTF-8. Save it as UTF-8."
        seen = f"0x{content[error.start]:02X}"
        return MappingSet(name), [build_fault(name, line, "", _UNREADABLE, message, seen)]
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    start = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    slots, prefixes, faults = _read_slots(name, "\n".join(line[1:] for line in lines[:start]))
    if start == len(lines) or not lines[start].strip():
        message = "No header line follows the metadata. Write one."
        faults.append(build_fault(name, start + 1, "", _UNREADABLE, message))
        return MappingSet(name, slots, prefixes), faults
    columns = lines[start].split("\t")
    faults += _check_columns(name, start + 1, columns)
    rows = []
    for number, row in enumerate(lines[start + 1 :], start + 2):
        lost = _find_lost(row, len(columns))
        if lost:
            faults.append(build_fault(name, number, "", "mapping-row", lost, row))
        else:
            rows.append(MappingRow(number, dict(zip(columns, row.split("\t"), strict=True))))
    if len(lines) == start + 1:
        message = "The set holds no mapping. Write one, or delete the file."
        faults.append(build_fault(name, 0, "", _UNREADABLE, message))
    return MappingSet(name, slots, prefixes, tuple(rows)), faults


def build_fault(
    name: str, line: int, column: str, rule: str, message: str, value: str = "", fix: str = ""
) -> Fault:
    """Return a fault at a line of a mapping file, 0 for the whole file."""
    return Fault(name, line, column, rule, "error", shorten(value), message, fix)


def _read_slots(name: str, text: str) -> tuple[dict[str, str], dict[str, str], list[Fault]]:
    """Return the set's slots, all prefixes and what is wrong with the metadata."""
    import yaml

    slots: dict[str, str] = {}
    prefixes = dict(_BUILT_IN)
    faults: list[Fault] = []
    try:
        # Events come one by one: an alias is met before anything could unfold.
        if any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, Loader=yaml.BaseLoader)):
            raise yaml.YAMLError("aliases (*name) are not allowed")
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        seen = Counter[str]()
        for slot, value, line in _list_pairs(node) if node is not None else ():
            seen[slot] += 1
            if slot == "curie_map":
                space = {prefix: _join_texts(iri) for prefix, iri, _ in _list_pairs(value)}
                faults += _check_prefixes(name, line, space)
                prefixes |= space
            else:
                slots[slot] = _join_texts(value)
                faults += _check_slot(name, line, slot, slots[slot])
    except (yaml.YAMLError, RecursionError) as error:
        message = "The metadata lines (#) are not plain YAML. Correct them."
        return slots, prefixes, [build_fault(name, 0, "", _UNREADABLE, message, str(error))]
    for slot in (slot for slot, times in seen.items() if times > 1):
        faults.append(build_fault(name, 0, slot, "mapping-slot", "It stands twice. Keep one."))
    for slot in (slot for slot in _REQUIRED_SLOTS if slot not in seen):
        message = "It is missing. Add it to the metadata lines (#)."
        faults.append(build_fault(name, 0, slot, "mapping-slot", message))
    return slots, prefixes, faults


def _list_pairs(node: yaml.Node) -> Iterator[tuple[str, yaml.Node, int]]:
    """Yield key, value and line of the pairs of a YAML mapping."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise yaml.YAMLError("lines like license: https://… are expected")
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.YAMLError("a key is not a plain text")
        yield key.value, value, key.start_mark.line + 1


def _join_texts(node: yaml.Node) -> str:
    """Return the text of a YAML value, those of a list joined by "|" as in the cells of a row."""
    import yaml

    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(n, yaml.ScalarNode) for n in nodes):
        raise yaml.YAMLError("a value is neither a text nor a list of texts")
    return "|".join(str(n.value) for n in nodes)


def _check_prefixes(name: str, line: int, space: Mapping[str, str]) -> Iterator[Fault]:
    message = "A prefix stands for a web address; skos and semapv stand for their own."
    for prefix, iri in space.items():
        own = _BUILT_IN.get(prefix, "")
        if not _IRI.fullmatch(iri) or own not in ("", iri):
            seen = f"{prefix}: {iri}"
            yield build_fault(name, line, "curie_map", "mapping-prefix", message, seen, own)


def _check_slot(name: str, line: int, slot: str, value: str) -> Iterator[Fault]:
    if slot not in _SLOTS:
        message, fix = "SSSOM knows no such slot. Rename or delete it.", nearest(slot, _SLOTS)
        yield build_fault(name, line, slot, "mapping-slot", message, slot, fix)
    elif not value.strip():
        yield build_fault(name, line, slot, "mapping-slot", "It is empty. Fill it in.")
    elif slot in ("mapping_set_id", "license") and not _IRI.fullmatch(value):
        yield build_fault(name, line, slot, "mapping-slot", "Write a web address.", value)


def _check_columns(name: str, line: int, columns: list[str]) -> Iterator[Fault]:
    for column, times in Counter(columns).items():
        if column not in _COLUMNS:
            message, fix = "SSSOM knows no such column. Rename it.", nearest(column, _COLUMNS)
            yield build_fault(name, line, column, "mapping-column", message, column, fix)
        elif times > 1:
            yield build_fault(name, line, column, "mapping-column", "It stands twice. Keep one.")
    missing = [column for column in REQUIRED_COLUMNS if column not in columns]
    missing += [] if {"author_id", "author_label"} & set(columns) else ["author_label"]
    for column in missing:
        yield build_fault(name, line, column, "mapping-column", "It is missing. Add the column.")


def _find_lost(line: str, width: int) -> str:
    """Return why a line would not arrive whole in every reader, "" if it would."""
    cells = line.split("\t")
    if not line.strip() or line.startswith("#"):
        return "Readers drop blank lines and lines that start with #. Delete or move it."
    if len(cells) != width:
        return f"It has {len(cells)} cells, the header has {width}. Correct the tabs."
    if _CONTROL.search(line):
        return "It holds a control character. Delete it."
    try:
        same = next(csv.reader([line], delimiter="\t", strict=True)) == cells
    except csv.Error:
        same = False
    return "" if same else "A cell starts with a quotation mark, which joins cells. Reword it."
