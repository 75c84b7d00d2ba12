"""From results to faults and to the rows that stay out.

A fault says what is wrong, where, what was seen and what to do. A row with an error stays
out of the default graph, and so do the rows that refer to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.checks.engine import Result
from kg.checks.locator import Locator
from kg.checks.quotation import QuotedTexts
from kg.errors import Fault, nearest
from kg.schema import Column
from kg.sources import Part, find_links, missing_tables
from kg.store import Literal, NamedNode, Triple
from kg.terms import QES, RDF_TYPE, XSD, local_name, plain, show_id

__all__ = ["LeftOut", "duplicate_faults", "judge", "leave_out"]


def duplicate_faults(locator: Locator) -> list[Fault]:
    """Return a fault for every row whose id is used more than once, within or across tables."""
    faults = []
    for iri, places in locator.rows.items():
        for table, row in places if len(places) > 1 else ():
            others = ", ".join(f"{t} row {r}" for t, r in places if (t, r) != (table, row))
            faults.append(
                Fault(table, row, locator.schema.tables[table].id_column, "id-duplicate", "error",
                      show_id(iri), f"The id is also used in {others}. Give each row its own.")
            )  # fmt: skip
    return faults


def judge(
    results: Iterable[Result], locator: Locator, parts: Iterable[Part]
) -> tuple[list[Fault], set[str]]:
    """Return the faults that the results are, and the nodes that have an error.

    What was told already is not listed again, but its row stays out all the same: what follows
    from a table that is missing or can't be read (a reference into it, a column that its header
    lacks), from an id that several rows have (together they say too much), or from a value of the
    wrong datatype (which is in no range either).
    """
    results = list(results)
    parts = list(parts)
    doubtful = _doubtful_tables(locator, parts)
    texts = QuotedTexts(parts)
    ill_typed = {(r.focus, r.shape, r.value) for r in results if r.component == "Datatype"}
    faults, wrong = [], set()
    for result in results:
        if result.severity == "error":
            wrong.add(result.focus)
        column = locator.column(result.focus, result.path)
        places = locator.rows.get(locator.row_of(result.focus), [])
        told_already = (
            len(places) > 1
            or bool(places and places[0][0] in doubtful)
            or (result.component == "Class" and column and doubtful & _owners(column, locator))
            or (
                result.component in _SILENT
                and (result.focus, result.shape, result.value) in ill_typed
            )
        )
        if not told_already:
            fault = _fault(result, column, locator)
            if passage := texts.describe(result, fault.value):
                fault = replace(fault, message=fault.message + passage)
            faults.append(fault)
    return sorted(set(faults)), wrong


def _doubtful_tables(locator: Locator, parts: list[Part]) -> set[str]:
    """Return the tables that can't be read, and those that are reported as missing."""
    missing = {f.table for f in missing_tables(parts, locator.schema)}
    return {p.name for p in parts if p.unreadable} | {
        name for name in locator.schema.tables if f"tables/{name}.csv" in missing
    }


def _owners(column: Column, locator: Locator) -> set[str]:
    """Return the tables whose rows the column may name."""
    above = locator.schema.superclasses
    return {
        t.name
        for t in locator.schema.tables.values()
        if column.refers_to in above.get(t.cls, {t.cls})
    }


_SILENT = frozenset({"Pattern", "MinInclusive", "MaxInclusive"})


def _fault(result: Result, column: Column | None, locator: Locator) -> Fault:
    table, row, name, before = locator.describe(result.focus, result.path)
    seen = locator.show(result.value) if result.value else ""
    if result.component == "MaxCount":
        seen = "; ".join(locator.values(result.focus, result.path))
    elif result.component == "MinCount" and column:
        seen = locator.unknown(result.focus, column)
    elif result.component == "SPARQL" and result.value == f'"{name}"':
        seen = ""  # the rule names the column, because there is nothing to be seen in it
    fix = _find_fix(result, seen, column, locator)
    return Fault(
        table=table,
        row=row,
        column=name,
        rule=local_name(result.shape),
        severity=result.severity,
        value=seen,
        message=before + _what(result, seen, column, locator) + result.message,
        fix=fix if fix != seen else "",
    )


_WHAT = {
    "In": "This is not in the list. ",
    "MaxCount": "There is more than one value, and only one can stand here. ",
    "MaxInclusive": "The number is too big. ",
    "MinCount": "The cell is empty. ",
    "MinInclusive": "The number is too small. ",
    "NodeKind": "This is not in the list. ",
    "Pattern": "This is not written in the right form. ",
}


_NO = {
    "anyURI": "This is not an address. ",
    "boolean": "This is neither true nor false. ",
    "dateTime": "This is not a date. ",
    "integer": "This is not a whole number. ",
    "string": "This is not plain text: it has a language or a type. ",
}


def _what(result: Result, seen: str, column: Column | None, locator: Locator) -> str:
    """Return what is wrong, in one sentence; a rule's own message says it already."""
    if result.component == "Class":
        if _holds_several(seen, column):
            return "Several ids stand here, and only one can. "
        iri = result.value.strip("<>")
        table, row = locator.place(iri)
        if table:
            return f"The id belongs to row {row} of {table}, which is something else. "
        if iri in locator.schema.individuals.values():
            return "The id belongs to something else, which is shipped. "
        return "Nothing has this id. "
    if result.component == "Datatype" and column:
        return _NO.get(local_name(column.datatype), "This is not what the column holds. ")
    if result.component == "MinCount" and seen:
        return "This has to be known. "
    return _WHAT.get(result.component, "")


def _find_fix(result: Result, seen: str, column: Column | None, locator: Locator) -> str:
    """Return the value that was probably meant, or ""."""
    if column is None:
        return ""
    if result.component in ("In", "NodeKind"):
        return nearest(seen, column.labels)
    if result.component == "Class" and not _holds_several(seen, column):
        return nearest(seen, _ids(column, locator))
    if result.component == "Datatype" and column.datatype == XSD + "boolean":
        return nearest(seen, ("true", "false"))
    return ""


def _holds_several(seen: str, column: Column | None) -> bool:
    """Return whether a cell for one id holds several: none of them is proposed for all."""
    return column is not None and not column.separator and ";" in seen


def _ids(column: Column, locator: Locator) -> list[str]:
    """Return the ids that the column could have meant."""
    tables = _owners(column, locator)
    rows = [show_id(i) for i, p in locator.rows.items() if p[0][0] in tables]
    return rows + (list(locator.schema.individuals) if locator.schema.topic(column) else [])


@dataclass
class LeftOut:
    """What stays out of the default graph.

    Attributes:
        rows: IRI of the row → (table, record number) of every row that stays out.
        names: IRI of the row → topics that it names; all topics where that can't be known.
    """

    rows: dict[str, tuple[str, int]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)

    def find_places(self, locator: Locator) -> list[tuple[str, int]]:
        """Return (table, record number) of every row that stays out, sorted."""
        rows = locator.rows
        return sorted({place for row, at in self.rows.items() for place in rows.get(row, [at])})

    def triples(self) -> list[Triple]:
        """Return the left-out rows as triples for their own graph."""
        found = []
        for iri, (table, row) in sorted(self.rows.items()):
            node = NamedNode(iri)
            found += [
                Triple(node, NamedNode(RDF_TYPE), NamedNode(QES + "LeftOutRow")),
                Triple(node, NamedNode(QES + "inTable"), Literal(table)),
                Triple(node, NamedNode(QES + "rowNumber"), Literal(row)),
            ]
            found += [
                Triple(node, NamedNode(QES + "names"), NamedNode(t))
                for t in sorted(self.names.get(iri, ()))
            ]
        return found


def leave_out(wrong: set[str], parts: list[Part], locator: Locator, topics: set[str]) -> LeftOut:
    """Return the rows that stay out: those with an error, and those that refer to them.

    Args:
        wrong: Nodes with an error, rows or their children.
        parts: Everything that was read.
        locator: Where the rows are.
        topics: IRIs of everything that a transfer may rest on.
    """
    damaged = set().union(*(p.damaged for p in parts))
    refers: defaultdict[str, set[str]] = defaultdict(set)  # row → rows that refer to it
    named: defaultdict[str, set[str]] = defaultdict(set)  # row → nodes that it refers to
    for part in parts if wrong or damaged else ():
        for subject, target in find_links(part.text):
            row, owner = locator.row_of(subject), locator.row_of(target)
            named[row].add(target)
            if owner != row:
                refers[owner].add(row)
    open_rows = {locator.row_of(node) for node in wrong} | damaged
    out = LeftOut()
    while open_rows:
        row = open_rows.pop()
        if row not in out.rows:
            out.rows[row] = locator.place(row)
            open_rows |= refers[row]
    unknown = damaged | _rows_with_unknown_topic(out.rows, parts, locator, topics)
    for row in out.rows:
        own = {row} if row in topics else set()
        out.names[row] = set(topics) if row in unknown else (named[row] & topics) | own
    for part in parts:  # a table whose rows can't be told at all may have named anything
        if part.unreadable and not part.rows:
            iri = f"{QES}left-out/{part.name}"
            out.rows[iri], out.names[iri] = (part.name, 0), set(topics)
    return out


def _rows_with_unknown_topic(
    rows: Iterable[str], parts: list[Part], locator: Locator, topics: set[str]
) -> set[str]:
    """Return the rows in which a column for a topic is required and names none that exists."""
    wanted: dict[str, list[str]] = {
        t.name: [c.path for c in t.columns if locator.schema.topic(c) and c.required]
        for t in locator.schema.tables.values()
    }
    told: defaultdict[str, set[str]] = defaultdict(set)
    dangling: set[str] = set()
    paths = {
        c.path for t in locator.schema.tables.values() for c in t.columns if locator.schema.topic(c)
    }
    for row in rows:
        for triple in locator.triples(row):
            if triple.predicate.value in paths:
                if plain(triple.object) in topics:
                    told[row].add(triple.predicate.value)
                else:
                    dangling.add(row)
    return {
        row
        for row in rows
        if row in dangling or any(p not in told[row] for p in wanted.get(locator.place(row)[0], ()))
    }
