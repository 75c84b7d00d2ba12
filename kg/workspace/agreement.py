"""Agreement and dissent for people and programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from kg.appraisal import JUDGEMENTS, Agreement, Answer, Ruling, find_agreement, find_rulings
from kg.errors import UnknownName
from kg.query import Rows
from kg.schema import load_schema
from kg.store import Store
from kg.terms import show_id
from kg.workspace.render import render_rows

__all__ = ["list_agreement", "list_rulings", "render_agreement", "render_rulings"]

_HEADER = (
    "table", "category", "interpreters", "items", "single", "unclear", "percent", "kappa", "alpha",
    "metric", "why",
)  # fmt: skip


def list_agreement(store: Store, table: str = "") -> list[Agreement]:
    """Return how far interpreters agree, in one table of judgements or in all.

    Raises:
        UnknownName: There is no such table of judgements.
    """
    return find_agreement(store, load_schema(), _known(table))


def list_rulings(store: Store, table: str = "") -> list[Ruling]:
    """Return what was decided between interpreters, and where they differ undecided.

    Raises:
        UnknownName: There is no such table of judgements.
    """
    return find_rulings(store, load_schema(), _known(table))


def _known(table: str) -> str:
    names = [j.table for j in JUDGEMENTS]
    if table and table.lower() not in names:
        raise UnknownName("table of judgements", table, names)
    return table.lower()


def render_agreement(found: Sequence[Agreement], form: str) -> str:
    """Return figures as text, JSON or CSV; text and CSV with two and three decimals."""
    if form == "json":
        return json.dumps([f.as_dict() for f in found], ensure_ascii=False, indent=1)
    if form == "csv":
        return _csv(found)
    if not found:
        return "No two people judged in the same table: there is nothing to compare."
    lines: list[str] = []
    for agreement in found:
        head = f"{agreement.table}, {agreement.category or 'presence of rows'}"
        if head not in lines:
            lines.append(head)
        lines.append(f"  {' – '.join(agreement.interpreters)}: {_figures(agreement)}")
    return "\n".join(lines)


def _figures(agreement: Agreement) -> str:
    parts = [f"{agreement.items} judged by both, {agreement.single} by one only"]
    if len(agreement.interpreters) > 2:
        parts = [f"{agreement.items} judged by two or more, {agreement.single} by one only"]
    if agreement.unclear:
        parts.append(f"{agreement.unclear} judged twice by one and not counted")
    if agreement.percent is not None:
        parts.append(f"{agreement.percent:.1f} % agree")
    if agreement.kappa is not None:
        parts.append(f"kappa {agreement.kappa:.3f}")
    if agreement.alpha is not None:
        parts.append(f"alpha {agreement.alpha:.3f} ({agreement.metric})")
    elif agreement.why:
        parts.append(f"kappa and alpha undefined: {agreement.why}")
    return "; ".join(parts)


def _csv(found: Sequence[Agreement]) -> str:
    def line(a: Agreement) -> tuple[str, ...]:
        figures = ("" if a.percent is None else f"{a.percent:.2f}",
                   *("" if v is None else f"{v:.4f}" for v in (a.kappa, a.alpha)))  # fmt: skip
        counts = map(str, (a.items, a.single, a.unclear))
        people = ";".join(a.interpreters)
        return (a.table, a.category, people, *counts, *figures, a.metric, a.why)

    return render_rows(Rows(_HEADER, tuple(line(a) for a in found)), "csv")


def render_rulings(found: Sequence[Ruling], form: str) -> str:
    """Return decisions with both sides, and open differences, as text, JSON or CSV."""
    if form == "json":
        return json.dumps([_ruling(r) for r in found], ensure_ascii=False, indent=1)
    if form == "csv":
        header = ("table", "question", "part", "row", "interpreter", "answer")
        rows = tuple(
            (r.table, _question(r), part, show_id(a.row), a.interpreter, _said(a))
            for r in found
            for part, a in _parts(r)
        )
        return render_rows(Rows(header, rows), "csv")
    if not found:
        return "Nobody's judgement was adjudicated, and nobody differs."
    lines: list[str] = []
    for ruling in found:
        state = "decided" if ruling.decided else "not decided"
        lines.append(f"{ruling.table}, {_question(ruling)}: {state}")
        lines += [
            f"  {part:<8} {answer.interpreter}: {_said(answer)} ({show_id(answer.row)})"
            for part, answer in _parts(ruling)
        ]
    return "\n".join(lines)


def _parts(ruling: Ruling) -> Iterator[tuple[str, Answer]]:
    if ruling.decided:
        yield "decision", ruling.decided
    for answer in ruling.answers:
        yield "dissent" if answer.dissent else "stands", answer


def _question(ruling: Ruling) -> str:
    return ", ".join(f"{header} {value}" for header, value in ruling.unit.items())


def _said(answer: Answer) -> str:
    return ", ".join(f"{header} {value}" for header, value in answer.values.items() if value)


def _ruling(ruling: Ruling) -> dict[str, object]:
    def answer(given: Answer) -> dict[str, object]:
        return {
            "id": show_id(given.row),
            "interpreter": given.interpreter,
            "dissent": given.dissent,
            "values": given.values,
        }

    return {
        "table": ruling.table,
        "question": ruling.unit,
        "decision": answer(ruling.decided) if ruling.decided else None,
        "answers": [answer(a) for a in ruling.answers],
    }
