"""The map: which column of a file becomes which column of a table, proposed and then looked at.

Layer imports. A proposal is a guess, so it is saved and shown, and only a person's second call
uses it. ``map.yaml`` is read event by event: nothing in it can unfold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from kg.errors import DataFaults, Fault, nearest, shorten
from kg.schema import Column, Table

__all__ = ["NO_PLACE", "ColumnMap", "propose_map", "read_map", "write_map"]

NO_PLACE = "-"
_ENOUGH = 80
_PARTS = ("table", "columns", "constants")
_SYNONYMS = {
    "applies to": ("population", "participants", "sample", "group", "for whom"),
    "by": ("reviewer", "assessor", "coder", "rater", "appraiser", "interpreter"),
    "country": ("location", "countries", "nation"),
    "date": ("when", "day"),
    "design": ("study design", "study type", "methodology"),
    "doi": ("digital object identifier",),
    "exact": ("quote", "quotation", "excerpt", "text", "verbatim"),
    "explanation": ("reason", "rationale", "justification"),
    "id": ("key", "code", "identifier", "record id", "number", "no", "nr", "#"),
    "interpreter": ("coder", "reviewer", "analyst", "author of the judgement", "by"),
    "item": ("question", "criterion", "domain"),
    "judgement": ("rating", "score", "answer", "assessment", "judgment", "decision"),
    "label": ("name", "title", "short name"),
    "level": ("confidence", "overall", "cerqual", "grade"),
    "locator": ("page", "pages", "page number", "p", "line", "lines"),
    "method": ("methods", "data collection", "data collection method"),
    "name": ("label", "author", "full name"),
    "note": ("notes", "comment", "comments", "remark", "remarks"),
    "quotation": ("quote", "quotes", "excerpt", "participant quote", "verbatim", "raw data"),
    "quoted from": ("report", "quote source"),
    "reason": ("rationale", "justification", "why", "argument"),
    "reports": ("report", "paper", "article", "publication"),
    "review finding": ("finding", "review statement"),
    "sample": ("sample size", "participants", "n", "number of participants"),
    "settings": ("setting", "context", "place", "where"),
    "statement": ("finding", "findings", "result", "key finding", "theme description", "text"),
    "study": ("studies", "author", "authors", "first author", "paper", "article", "reference",
              "citation", "study id", "source", "author/year", "author (year)"),
    "title": ("article title", "paper title", "document title"),
    "tool": ("instrument", "checklist"),
    "wording": ("theme", "construct", "metaphor", "code name"),
    "year": ("publication year", "year of publication", "pub year"),
}  # fmt: skip


@dataclass(frozen=True)
class ColumnMap:
    """What the columns of a file become.

    Attributes:
        table: Name of the table.
        columns: Header in the file → header of the table, or "-".
        constants: Header of the table → what stands there in every row that has nothing else.
    """

    table: str
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)


def propose_map(table: Table, header: list[str]) -> ColumnMap:
    """Return the map that headers suggest: same name, then synonym, then a similar name."""
    scores = [
        (_score(name, own, table.find(own)), -header.index(name), -place, name, own)
        for name in header
        for place, own in enumerate(table.header)
    ]
    columns = dict.fromkeys(header, NO_PLACE)
    taken: set[str] = set()
    for score, _, _, name, own in sorted(scores, reverse=True):
        if score >= _ENOUGH and columns[name] == NO_PLACE and own not in taken:
            columns[name] = own
            taken.add(own)
    return ColumnMap(table.name, columns)


def _score(name: str, own: str, column: Column | None) -> float:
    """Return how much a header suggests a column, 0 to 100."""
    from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

    words = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
    if words == own:
        return 100
    synonyms = _SYNONYMS.get(own, ())
    if words in synonyms:
        return 99 - synonyms.index(words) / 10
    similar = max(token_sort_ratio(words, other) for other in (own, *synonyms)) - 5
    helped = token_set_ratio(words, column.help.lower()) - 15 if column and len(words) > 4 else 0
    return max(similar, helped, 0)


def write_map(mapping: ColumnMap, table: Table) -> str:
    """Return a map as the text of ``map.yaml``, with what the table needs besides."""
    filled = {*mapping.columns.values(), *mapping.constants}
    needed = [c for c in table.columns if c.required and c.name not in filled]
    lines = [
        "# What each column of the file becomes: a column of the table, or - for no place.",
        f"# `kg schema {table.name}` lists the columns. Correct this file before you import by it.",
        f"table: {table.name}",
        "columns:",
        *(f"  {_quote(name)}: {_quote(own)}" for name, own in mapping.columns.items()),
        "# What stands in every row that has nothing else.",
        "constants:" if mapping.constants else "constants: {}",
        *(f"  {_quote(name)}: {_quote(value)}" for name, value in mapping.constants.items()),
    ]
    if needed:
        lines.append("# Every row needs these too, and no column was found for them:")
        lines += [f"#   {_quote(c.name)}: {_quote(_example(c))}" for c in needed]
    return "\n".join(lines) + "\n"


def _example(column: Column) -> str:
    return "; ".join(column.labels) if column.labels else "…"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_map(name: str, text: str, table: Table | None, tables: dict[str, Table]) -> ColumnMap:
    """Return the map in a YAML text.

    Args:
        name: Name of the file, for faults.
        text: Its text.
        table: Table that the user named, or None.
        tables: All tables.

    Raises:
        DataFaults: It can't be read, names unknown columns, or one column twice.
    """
    parts, faults = _read_parts(name, text)
    named = str(parts.get("table", ""))
    if not faults and named not in tables:
        faults.append(_fault(name, "table", "There is no such table; `kg schema` lists them.",
                             named, nearest(named, tables)))  # fmt: skip
    elif not faults and table and table.name != named:
        faults.append(_fault(name, "table", f"The map is for another table than {table.name}.",
                             named))  # fmt: skip
    if faults:
        raise DataFaults(faults)
    columns, constants = parts.get("columns", {}), parts.get("constants", {})
    known = tables[named].header
    assert isinstance(columns, dict) and isinstance(constants, dict)
    mapping = ColumnMap(
        named,
        {" ".join(k.split()): _fold(v) or NO_PLACE for k, v in columns.items()},
        {_fold(k): " ".join(v.split()) for k, v in constants.items()},
    )
    for own in (*mapping.columns.values(), *mapping.constants):
        if own != NO_PLACE and own not in known:
            faults.append(_fault(name, own, f"{named} has no such column; `kg schema {named}` "
                                 "lists them.", own, nearest(own, known)))  # fmt: skip
    used = [own for own in mapping.columns.values() if own != NO_PLACE]
    faults += [_fault(name, own, "Two columns of the file lead to it. Keep one.", own)
               for own in sorted({o for o in used if used.count(o) > 1})]  # fmt: skip
    if faults:
        raise DataFaults(sorted(faults))
    return mapping


def _fold(text: str) -> str:
    return " ".join(text.split()).lower()


def _read_parts(name: str, text: str) -> tuple[dict[str, str | dict[str, str]], list[Fault]]:
    """Return table, columns and constants, and what can't be read as such."""
    import yaml

    parts: dict[str, str | dict[str, str]] = {}
    keys: list[str] = []  # the key on each level that waits for its value
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent | yaml.SequenceStartEvent):
                return {}, [_fault(name, keys[0] if keys else "",
                                   "Lists and aliases (*name) are not allowed.")]  # fmt: skip
            if isinstance(event, yaml.MappingStartEvent):
                depth += 1
                if depth > 2 or len(keys) != depth - 1:
                    return {}, [_fault(name, "", "Only names and texts are expected there.")]
                if keys:
                    parts[keys[0]] = {}
            elif isinstance(event, yaml.MappingEndEvent):
                depth -= 1
                del keys[max(depth - 1, 0) :]
            elif isinstance(event, yaml.ScalarEvent) and (
                problem := _take(name, parts, keys, depth, event.value)
            ):
                return {}, [problem]
    except (yaml.YAMLError, RecursionError) as error:
        return {}, [_fault(name, "", "The file can't be read as YAML.", str(error))]
    shaped = isinstance(parts.get("table"), str) and isinstance(parts.get("columns"), dict)
    if not shaped or not isinstance(parts.get("constants", {}), dict):
        return {}, [
            _fault(name, "", "It needs lines for table, columns and, if wanted, constants.")
        ]
    return parts, []


def _take(
    name: str, parts: dict[str, str | dict[str, str]], keys: list[str], depth: int, value: str
) -> Fault | None:
    """Take a text, a key or the value of the key before, and return what is wrong with it."""
    if depth == 0:
        return _fault(name, "", "It needs lines for table, columns and, if wanted, constants.")
    if len(keys) < depth:
        inner = parts.get(keys[0]) if depth == 2 else parts
        if depth == 1 and value not in _PARTS:
            return _fault(name, value, f"Only {', '.join(_PARTS)} are known.", value)
        if isinstance(inner, dict) and value in inner:
            return _fault(name, value, "It stands twice. Keep one of them.", value)
        keys.append(value)
        return None
    key = keys.pop()
    inner = parts.get(keys[0]) if depth == 2 else parts
    if isinstance(inner, dict):
        inner[key] = value
    return None


def _fault(name: str, column: str, message: str, value: str = "", fix: str = "") -> Fault:
    return Fault(name, 0, column, "map-unreadable", "error", shorten(value), message, fix)
