"""Rulings: questions on which was decided between interpreters, and those on which they differ.

The dissent is what was decided against or beside; it is in the store, in a graph of its own, and
this is where it is asked for. Where nobody decided, both sides count: two bearings of one finding
in the target, one for and one against, make a transfer *contested*. Layer: appraisal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.appraisal.judgement import JUDGEMENTS, Answer, Judgement, read_answers
from kg.schema import Schema
from kg.store import Store

__all__ = ["Ruling", "find_rulings"]


@dataclass(frozen=True)
class Ruling:
    """A question on which interpreters differ, or on which was decided.

    Attributes:
        table: Name of the table.
        unit: The question, header → value.
        decided: The row that decides, or None while the answers stand side by side.
        answers: The answers between which it decides, or which differ, sorted by interpreter.
    """

    table: str
    unit: dict[str, str]
    decided: Answer | None
    answers: tuple[Answer, ...]


def find_rulings(store: Store, schema: Schema, table: str = "") -> list[Ruling]:
    """Return what was decided between interpreters, and where they differ undecided.

    Sorted by table and question; what was decided first.
    """
    return [
        ruling
        for judgement in JUDGEMENTS
        if table in ("", judgement.table)
        for ruling in _rulings(judgement, read_answers(store, judgement, schema))
    ]


def _rulings(judgement: Judgement, answers: list[Answer]) -> Iterator[Ruling]:
    by_row = {a.row: a for a in answers}

    def ruling(decided: Answer | None, sides: Iterable[Answer], unit: tuple[str, ...]) -> Ruling:
        ordered = tuple(sorted(sides, key=lambda a: (a.interpreter, a.row)))
        headers = zip(judgement.unit, unit, strict=True)
        return Ruling(judgement.table, {h: v for h, v in headers if v}, decided, ordered)

    for unit, group in groupby(sorted(answers, key=lambda a: (a.unit, a.row)), lambda a: a.unit):
        same = list(group)
        for answer in same:
            if answer.adjudicates:
                sides = [by_row[row] for row in answer.adjudicates if row in by_row]
                yield ruling(answer, sides, unit)
        standing = [a for a in same if not a.dissent]
        said = {tuple(sorted(a.values.items())) for a in standing}
        if len({a.interpreter for a in standing}) > 1 and len(said) > 1:
            yield ruling(None, standing, unit)
