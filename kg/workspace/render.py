"""Answers as text for people, JSON, CSV or Turtle."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kg.errors import Fault, UnknownName, count
from kg.query import Rows
from kg.schema import Column, Table, load_schema
from kg.terms import local_name

if TYPE_CHECKING:
    from kg.synthesis import Removal, Transfer

__all__ = [
    "render_faults",
    "render_removals",
    "render_rows",
    "render_schema",
    "render_transfers",
]

_WIDEST = 60


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_safe(v) for v in row] for row in rows)
    return text.getvalue()


def _safe(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula."""
    text = str(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def render_faults(faults: Sequence[Fault], form: str, engine: str) -> str:
    """Return faults as lines, JSON (with the engine that judged), CSV or a validation report."""
    if form == "json":
        return _json([{**f.as_dict(), "engine": engine} for f in faults])
    if form == "csv":
        header = tuple(Fault.__dataclass_fields__)
        return _csv(header, (tuple(f.as_dict().values()) for f in faults))
    if form == "ttl":
        return _report(faults)
    return "\n".join(map(str, faults))


def _report(faults: Sequence[Fault]) -> str:
    """Return a SHACL validation report that also says table, row and column."""
    lines = [
        "@prefix kg: <https://w3id.org/qes-kg/schema/> .",
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        "@prefix shape: <https://w3id.org/qes-kg/shapes/> .",
        "",
        "<#report> a sh:ValidationReport ;",
        f"    sh:conforms {'false' if any(f.severity == 'error' for f in faults) else 'true'}",
    ]
    if faults:
        names = ", ".join(f"<#fault-{n}>" for n in range(1, len(faults) + 1))
        lines[-1] += " ;"
        lines.append(f"    sh:result {names}")
    lines[-1] += " ."
    for number, fault in enumerate(faults, start=1):
        severity = "Violation" if fault.severity == "error" else "Warning"
        lines += [
            "",
            f"<#fault-{number}> a sh:ValidationResult ;",
            f"    sh:sourceShape shape:{fault.rule} ;",
            f"    sh:resultSeverity sh:{severity} ;",
            f"    sh:resultMessage {_literal(fault.message)} ;",
            f"    sh:value {_literal(fault.value)} ;",
            f"    kg:table {_literal(fault.table)} ;",
            f"    kg:row {fault.row} ;",
            f"    kg:columnName {_literal(fault.column)} .",
        ]
    return "\n".join(lines)


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def render_rows(rows: Rows, form: str) -> str:
    """Return a table of answers as aligned text, CSV or JSON; IRIs of data as their ids."""
    shown = [tuple(_short(v) for v in row) for row in rows.rows]
    if form == "json":
        return _json([dict(zip(rows.columns, row, strict=True)) for row in shown])
    if form == "csv":
        return _csv(rows.columns, shown)
    return _aligned(rows.columns, shown)


def _short(value: str) -> str:
    ours = ("https://w3id.org/qes-kg/", "https://w3id.org/collective-efficacy/")
    return local_name(value) if value.startswith(ours) else value


def _aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    import textwrap

    cells = [[textwrap.wrap(v, _WIDEST) or [""] for v in row] for row in [header, *rows]]
    widths = [max(len(line) for row in cells for line in row[i]) for i in range(len(header))]
    lines = []
    for number, row in enumerate(cells):
        for n in range(max(len(c) for c in row)):
            parts = [
                (c[n] if n < len(c) else "").ljust(w) for c, w in zip(row, widths, strict=True)
            ]
            lines.append("  ".join(parts).rstrip())
        if number == 0:
            lines.append("  ".join("-" * w for w in widths))
    return "\n".join([*lines, f"({len(rows)} rows)"])


def render_transfers(transfers: Sequence[Transfer], form: str) -> str:
    """Return carried claims for people, as JSON (design, section 8) or as CSV."""
    if form == "json":
        return _json([t.as_dict() for t in transfers])
    if form == "csv":
        header = (
            "id", "status", "scope", "modality", "source studies", "review statements",
            "for", "against", "independent", "preconditions", "sentence",
        )  # fmt: skip
        return _csv(header, (_transfer_row(t) for t in transfers))
    return "\n\n".join("\n".join(_transfer_lines(t)) for t in transfers) or "Nothing is carried."


def _transfer_row(transfer: Transfer) -> tuple[object, ...]:
    evidence = transfer.target_evidence
    return (
        transfer.id, transfer.status, transfer.scope, transfer.modality,
        transfer.source["studies"], transfer.source["review_statements"],
        evidence["for"], evidence["against"], evidence["independent"],
        "; ".join(f"{p['id']}: {p['state']}" for p in transfer.preconditions), transfer.sentence,
    )  # fmt: skip


def _transfer_lines(transfer: Transfer) -> Iterable[str]:
    evidence, source = transfer.target_evidence, transfer.source
    scope = transfer.scope + (f": {', '.join(transfer.parts)}" if transfer.parts else "")
    yield transfer.id
    yield f"  status         {transfer.status}" + (f" ({scope})" if scope else "")
    yield f"  modality       {transfer.modality}; {transfer.generalisation} generalisation"
    yield (
        f"  elsewhere      {source['studies']} {'study' if source['studies'] == 1 else 'studies'}; "
        f"{count(source['review_statements'], 'review statement')}"
    )
    yield (
        f"  in the target  {evidence['for']} for, {evidence['against']} against, "
        f"{evidence['independent']} independent"
    )
    for item in transfer.preconditions:
        yield f"  precondition   {item['state']}: {item['label']}"
    for item in transfer.confidence:
        yield f"  confidence     {item['review_finding']}: {item['level']}"
    if transfer.near_misses:
        counts = sorted({n["label"] for n in transfer.near_misses})
        labels = [f"{c} ({sum(n['label'] == c for n in transfer.near_misses)})" for c in counts]
        yield f"  near misses    {', '.join(labels)}"
    if transfer.left_out:
        yield f"  left out       {', '.join(transfer.left_out)}"
    yield f"  read           {transfer.read}"
    yield f"  {transfer.sentence}"


def render_removals(removals: Sequence[Removal], form: str) -> str:
    """Return leave-one-out for people or as JSON (design, section 8)."""
    if form == "json":
        return _json([r.as_dict() for r in removals])
    lines = []
    for removal in removals:
        lines += [
            f"without {removal.kind} {removal.removed}: {i} loses its basis" for i in removal.lost
        ]
        lines += [
            f"without {removal.kind} {removal.removed}: {i}: {a} → {b}"
            for i, a, b in removal.changed
        ]
    touched = sum(bool(r.lost or r.changed) for r in removals)
    return "\n".join([*lines, f"({len(removals)} left out one by one; {touched} change a claim)"])


def render_schema(name: str | None, form: str) -> str:
    """Return all tables, or the columns of one, for people, as JSON or as Markdown.

    Raises:
        UnknownName: There is no such table.
    """
    tables = load_schema().tables
    if name is not None and name.lower() not in tables:
        raise UnknownName("table", name, tables)
    chosen = [tables[name.lower()]] if name else list(tables.values())
    if form == "json":
        return _json([_table_dict(t) for t in chosen])
    if form == "md":
        return "# Tables and columns\n\n" + "\n".join(_table_markdown(t) for t in chosen)
    if name is None:
        return _aligned(("table", "what it holds"), [(t.name, t.why) for t in chosen])
    return "\n".join(_table_lines(chosen[0]))


def _table_dict(table: Table) -> dict[str, object]:
    return {
        "table": table.name,
        "why": table.why,
        "columns": [
            {"name": table.id_column, "required": True, "help": "Short readable id."},
            *(
                {
                    "name": c.name,
                    "required": c.required,
                    "several": bool(c.separator),
                    "help": c.help,
                    "values": list(c.labels),
                    "refers_to": _refers(c),
                    "property": c.path,
                }
                for c in table.columns
            ),
        ],
    }


def _refers(column: Column) -> list[str]:
    """Return the tables whose ids the column takes."""
    above = load_schema().superclasses
    wanted = column.refers_to
    return [
        table.name
        for table in load_schema().tables.values()
        if wanted and (wanted in above.get(table.cls, ()) or table.cls in above.get(wanted, ()))
    ]


def _kind(column: Column) -> str:
    if column.labels:
        return "one of: " + "; ".join(column.labels)
    if column.refers_to:
        tables = _refers(column)
        if len(tables) == len(load_schema().tables):
            return "id from any table"
        return f"id from {', '.join(tables)}"
    kinds = {
        "anyURI": "address",
        "boolean": "true or false",
        "dateTime": "date and time, as 2026-05-01T09:30:00Z",
        "integer": "whole number",
    }
    return kinds.get(local_name(column.datatype), "text")


def _table_lines(table: Table) -> Iterable[str]:
    yield f"{table.name}: {table.why}"
    yield ""
    yield f"{table.id_column} (required): Short readable id that never changes its meaning."
    for column in table.columns:
        marks = [
            m for m, on in (("required", column.required), ("several, ;", column.separator)) if on
        ]
        yield f"{column.name}{' (' + ', '.join(marks) + ')' if marks else ''}: {column.help}"
        yield f"    {_kind(column)}"


def _table_markdown(table: Table) -> str:
    rows = [
        f"| {c.name} | {'yes' if c.required else ''} | {'yes' if c.separator else ''} "
        f"| {_kind(c).replace('|', '/')} | {c.help} |"
        for c in table.columns
    ]
    head = (
        "| column | required | several | what goes in | meaning |\n| --- | --- | --- | --- | --- |"
    )
    first = (
        f"| {table.id_column} | yes |  | text | Short readable id that never changes its meaning. |"
    )
    return "\n".join([f"## {table.name}", "", table.why, "", head, first, *rows, ""])
