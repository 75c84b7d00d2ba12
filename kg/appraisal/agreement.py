"""Agreement: how far interpreters who judged the same questions gave the same answers.

Percent agreement and Cohen's kappa of each pair, Krippendorff's alpha of a pair and of all. What an
interpreter decided between others' judgements is no judgement of one's own and is not counted. A
figure that is undefined says why. Layer: appraisal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from kg.appraisal.judgement import JUDGEMENTS, Answer, Judgement, read_answers
from kg.schema import Schema
from kg.store import Store

__all__ = ["Agreement", "find_agreement", "find_alpha", "find_kappa"]

Value = str | int
Ratings = Mapping[str, Mapping[str, Value]]
"""Interpreter → question → answer."""


@dataclass(frozen=True)
class Agreement:
    """How far two or more interpreters agree in one category of one table.

    Attributes:
        table: Name of the table.
        category: Header of the column; "" for a table whose rows have no answer but their presence.
        interpreters: Ids of the interpreters that are compared, sorted.
        items: Questions that at least two of them answered.
        single: Questions that one of them alone answered.
        unclear: Questions that one of them answered twice in different ways; not counted.
        percent: Share of pairs of answers that are equal, 0 to 100; None if undefined.
        kappa: Cohen's kappa, of two interpreters; None if undefined.
        alpha: Krippendorff's alpha; None if undefined.
        metric: "nominal" or "ordinal", of alpha.
        why: Why what is undefined is so, "" if nothing is.
    """

    table: str
    category: str
    interpreters: tuple[str, ...]
    items: int
    single: int
    unclear: int = 0
    percent: float | None = None
    kappa: float | None = None
    alpha: float | None = None
    metric: str = "nominal"
    why: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the agreement in its machine form."""
        return asdict(self) | {"interpreters": list(self.interpreters)}


def find_agreement(store: Store, schema: Schema, table: str = "") -> list[Agreement]:
    """Return the agreement of every pair, and of all if there are more, in each category.

    Sorted by table, category (in the order of columns) and interpreters, pairs before all. A table
    in which nobody or one person judged gives nothing.

    Args:
        store: A built store.
        schema: The tables.
        table: Name of one table of :data:`JUDGEMENTS`; "" for all.
    """
    found: list[Agreement] = []
    for judgement in JUDGEMENTS:
        if table in ("", judgement.table):
            own = [a for a in read_answers(store, judgement, schema) if not a.adjudicates]
            people = sorted({a.interpreter for a in own})
            groups = [*combinations(people, 2), *([tuple(people)] if len(people) > 2 else [])]
            for category in judgement.categories or ("",):
                scale = _scale(judgement, category, schema)
                found += [_compare(judgement.table, category, g, own, scale) for g in groups]
    return found


def _scale(judgement: Judgement, category: str, schema: Schema) -> tuple[str, ...]:
    """Return the values of an ordered category in their order, () if it has none."""
    if category not in judgement.ordered:
        return ()
    column = schema.tables[judgement.table].find(category)
    return column.labels if column else ()


def _compare(
    table: str, category: str, people: tuple[str, ...], own: list[Answer], scale: tuple[str, ...]
) -> Agreement:
    said: dict[tuple[str, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for answer in own:
        value = answer.values.get(category, "") if category else "judged"
        if answer.interpreter in people and value:
            said[answer.unit][answer.interpreter].add(value)
    unclear = {u for u, by in said.items() if any(len(values) > 1 for values in by.values())}
    ratings: dict[str, dict[str, Value]] = {person: {} for person in people}
    for unit, by in said.items():
        for person, values in by.items() if unit not in unclear else ():
            (value,) = values
            ratings[person][repr(unit)] = scale.index(value) if value in scale else value
    sizes = Counter(item for answers in ratings.values() for item in answers)
    items = sum(size > 1 for size in sizes.values())
    metric = "ordinal" if scale else "nominal"
    numbers = _measure(ratings, metric) if category else (None, None, None)
    percent, kappa, alpha = numbers
    return Agreement(
        table, category, people, items, len(sizes) - items, len(unclear),
        percent, kappa, alpha, metric, _why(ratings, category, numbers),
    )  # fmt: skip


def _measure(ratings: Ratings, metric: str) -> tuple[float | None, float | None, float | None]:
    pairs = [pair for answers in _by_item(ratings) for pair in combinations(answers, 2)]
    percent = 100 * sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    kappa = find_kappa(ratings) if len(ratings) == 2 else None
    return percent, kappa, find_alpha(ratings, metric)


def _why(ratings: Ratings, category: str, numbers: tuple[float | None, ...]) -> str:
    """Return why kappa or alpha is undefined, "" if neither is."""
    if not category:
        return "the rows of this table have no answer but their presence"
    both = _by_item(ratings)
    values = {value for answers in both for value in answers}
    if not both:
        return "no question was answered by two"
    if len(both) == 1:
        return "one question only was answered by two"
    if len(values) == 1:
        return "one answer only was ever given: chance alone would agree as much"
    return "kappa is of two interpreters" if numbers[1] is None and len(ratings) > 2 else ""


def _by_item(ratings: Ratings) -> list[list[Value]]:
    """Return the answers to each question that at least two answered, sorted by question."""
    items: dict[str, list[Value]] = defaultdict(list)
    for person in sorted(ratings):
        for item, value in ratings[person].items():
            items[item].append(value)
    return [items[item] for item in sorted(items) if len(items[item]) > 1]


def _defined(ratings: Ratings) -> bool:
    both = _by_item(ratings)
    return len(both) > 1 and len({value for answers in both for value in answers}) > 1


def find_kappa(ratings: Ratings) -> float | None:
    """Return Cohen's kappa of two interpreters over what both answered, None if undefined.

    It is undefined below two questions, and where one answer only was given.

    Source: Cohen 1960, doi 10.1177/001316446002000104.
    """
    first, second = (ratings[person] for person in sorted(ratings))
    both = sorted(first.keys() & second.keys())
    shared = {"first": {i: first[i] for i in both}, "second": {i: second[i] for i in both}}
    return float(_task(shared).kappa()) if _defined(shared) else None


def find_alpha(ratings: Ratings, metric: str = "nominal") -> float | None:
    """Return Krippendorff's alpha of any number of interpreters, None if undefined.

    Questions that one alone answered tell nothing about agreement and are not counted.

    Args:
        ratings: Interpreter → question → answer; numbers that give the order if it is ordinal.
        metric: "nominal" or "ordinal".

    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C and D.
    """
    if not _defined(ratings):
        return None
    sizes = Counter(item for answers in ratings.values() for item in answers)
    paired = {p: {i: v for i, v in a.items() if sizes[i] > 1} for p, a in ratings.items()}
    if metric == "nominal":
        return float(_task(paired).alpha())
    counts = Counter(value for answers in paired.values() for value in answers.values())

    def distance(one: Value, other: Value) -> float:
        low, high = sorted((int(one), int(other)))
        between = sum(n for value, n in counts.items() if low <= int(value) <= high)
        return (between - (counts[one] + counts[other]) / 2) ** 2

    return float(_task(paired, distance).alpha())


def _task(ratings: Ratings, distance: Callable[[Value, Value], float] | None = None) -> Any:
    from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]

    data = [(p, i, v) for p, answers in ratings.items() for i, v in answers.items()]
    return AnnotationTask(data=data, **({"distance": distance} if distance else {}))
