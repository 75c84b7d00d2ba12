"""The check pass alone: workspaces read and judged, without the rest of the build.

Hundreds of workspaces that differ in one cell are judged here, so a file is read again only if its
bytes changed; and the reference engine judges many workspaces, each with a base of its own, in one
run.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.checks import Locator, Result, duplicate_faults, judge, validate
from kg.errors import Fault
from kg.schema import Schema, load_schema, ontology_quads
from kg.sources import (
    Part,
    find_kinds,
    list_files,
    missing_tables,
    name_kinds,
    read_file,
    read_review,
    repeated_tables,
    with_kinds,
    write_lines,
)

__all__ = ["Place", "find_faults", "judge_together", "place", "read_workspace", "run_engine"]

Place = tuple[str, int, str, str, str]


def place(fault: Fault) -> Place:
    """Return where a fault is and which rule says so."""
    return fault.table, fault.row, fault.column, fault.rule, fault.severity


_read: dict[tuple[object, ...], list[Part]] = {}


def read_workspace(folder: Path, keep: bool = True) -> list[Part]:
    """Return the parts of a workspace; ``keep`` remembers them for the next one."""
    review = read_review(folder)
    parts: list[Part] = []
    for file in list_files(folder, review):
        key = (review, file.name, file.digest)
        found = _read.get(key) or read_file(file, review, load_schema())
        if keep:
            _read[key] = found
        parts += found
    return name_kinds(parts, schema_of(parts))


def schema_of(parts: Iterable[Part]) -> Schema:
    """Return the schema with the kinds of settings that rows add."""
    return with_kinds(load_schema(), find_kinds(parts, load_schema()))


@cache
def _ontology() -> bytes:
    return write_lines(q.triple for q in ontology_quads())


def run_engine(parts: Iterable[Part], engine: str) -> list[Result]:
    """Return what an engine says about parts and ontology; it must be that engine."""
    results, used = validate(b"".join([_ontology(), *(p.text for p in parts)]), engine)
    assert used == engine
    return results


def find_faults(parts: list[Part], results: Iterable[Result]) -> list[Fault]:
    """Return all faults of the first pass, as a build reports them."""
    schema = schema_of(parts)
    repeated = repeated_tables(parts, schema)
    locator = Locator(parts, schema)
    faults, _ = judge(results, locator, parts)
    faults += [f for p in parts for f in p.faults]
    faults += [*missing_tables(parts, schema), *repeated]
    doubtful = {p.name for p in parts if p.unreadable}
    faults += [f for f in duplicate_faults(locator) if not repeated or f.table not in doubtful]
    return sorted(set(faults))


def judge_together(
    workspaces: dict[str, list[Part]], engine: str
) -> dict[str, tuple[list[Result], list[Fault]]]:
    """Return results and faults of each workspace, all of them judged in one run.

    Args:
        workspaces: Base of each workspace → its parts; no base begins with another.
        engine: Engine that judges.
    """
    own: dict[str, list[Result]] = {base: [] for base in workspaces}
    for result in run_engine((p for parts in workspaces.values() for p in parts), engine):
        own[next(base for base in own if result.focus.startswith(base))].append(result)
    return {base: (own[base], find_faults(parts, own[base])) for base, parts in workspaces.items()}
