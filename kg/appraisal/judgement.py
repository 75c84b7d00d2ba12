"""Judgements: the tables whose rows may exist once for each interpreter, and what they judge.

A row of such a table answers a question, which the columns of its *unit* make, in the columns of
its *categories*, in the name of an interpreter. Layer: appraisal, above query and checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.schema import Column, Schema, Table
from kg.store import DefaultGraph, NamedNode, Quad, Store
from kg.terms import DISSENT_GRAPH, QES, RDF_TYPE, plain, show_id

__all__ = ["JUDGEMENTS", "Answer", "Judgement", "read_answers"]


@dataclass(frozen=True)
class Judgement:
    """One table of judgements.

    Attributes:
        table: Name of the table.
        unit: Headers of the columns that make the question.
        categories: Headers of the columns that answer it; none where the row itself is the answer.
        interpreter: Header of the column that says whose answer it is.
        ordered: Those of the categories whose values have an order, that of their list.
    """

    table: str
    unit: tuple[str, ...]
    categories: tuple[str, ...]
    interpreter: str
    ordered: tuple[str, ...] = ()


_COMPONENTS = ("methodological limitations", "coherence", "adequacy", "relevance")

JUDGEMENTS = (
    Judgement("appraisals", ("study", "tool", "item"), ("judgement",), "by"),
    Judgement("bearings", ("finding", "towards"), ("polarity", "sense", "kind"), "interpreter"),
    Judgement("confidence", ("review finding",), ("level", *_COMPONENTS), "by",
              ("level", *_COMPONENTS)),
    Judgement("decisions", ("kind", "what", "sense", "target", "precondition", "factor"),
              ("by precondition", "asked", "concern", "directness"), "signed by",
              ("concern", "directness")),
    Judgement("eligibility", ("study", "criterion", "stage"), ("decision",), "by"),
    Judgement("requires", ("what", "sense", "precondition"), (), "interpreter"),
    Judgement("study-relations", ("studies",), ("relation",), "interpreter"),
    Judgement("translations", ("constructs",), ("kind",), "interpreter"),
    Judgement("uses", ("in", "concept"), ("sense",), "interpreter"),
)  # fmt: skip
"""In the order of their names; tests tie them to the shapes.

The sense of a bearing is an answer and no part of the question: two people may read the same
finding in different senses. ``requires`` has no answer but its presence: nothing is adjudicated.
"""


@dataclass(frozen=True)
class Answer:
    """What one interpreter says on one question.

    Attributes:
        row: IRI of the row.
        unit: The values of the unit, in the order of its columns, as they stand in cells.
        values: Header of a category → its value, "" where the row says nothing.
        interpreter: Id of the interpreter.
        adjudicates: IRIs of the rows between which it decides; empty for a judgement of one's own.
        dissent: Whether it was adjudicated and no longer counts.
    """

    row: str
    unit: tuple[str, ...]
    values: dict[str, str] = field(hash=False)
    interpreter: str
    adjudicates: tuple[str, ...] = ()
    dissent: bool = False


def read_answers(store: Store, judgement: Judgement, schema: Schema) -> list[Answer]:
    """Return all answers in one table, dissent included and left-out rows not, sorted by row."""
    table = schema.tables[judgement.table]
    kind = NamedNode(table.cls)
    graphs = (DefaultGraph(), NamedNode(DISSENT_GRAPH))
    rows = {
        plain(q.subject): graph == graphs[1]
        for graph in graphs
        for q in store.quads_for_pattern(None, NamedNode(RDF_TYPE), kind, graph)
    }
    return [_answer(store, row, rows[row], judgement, table) for row in sorted(rows)]


def _answer(store: Store, row: str, dissent: bool, judgement: Judgement, table: Table) -> Answer:
    def values(header: str) -> str:
        column = table.find(header)
        assert column is not None, header
        return "; ".join(sorted({_show(v, column) for v in _values(store, row, column, table)}))

    links = _quads(store, row, QES + "adjudicates")
    return Answer(
        row=row,
        unit=tuple(values(header) for header in judgement.unit),
        values={header: values(header) for header in judgement.categories},
        interpreter=values(judgement.interpreter),
        adjudicates=tuple(sorted(plain(q.object) for q in links)),
        dissent=dissent,
    )


def _quads(store: Store, node: str, path: str) -> Iterable[Quad]:
    for graph in (DefaultGraph(), NamedNode(DISSENT_GRAPH)):
        yield from store.quads_for_pattern(NamedNode(node), NamedNode(path), None, graph)


def _values(store: Store, row: str, column: Column, table: Table) -> Iterable[str]:
    nodes = [plain(q.object) for q in _quads(store, row, column.through)] if column.through else []
    for node in nodes if column.through else [row]:
        for quad in _quads(store, node, column.path):
            if column.path != RDF_TYPE or plain(quad.object) in column.choices.values():
                yield plain(quad.object)


def _show(value: str, column: Column) -> str:
    if column.choices:
        by_iri = {column.choices[label.lower()]: label for label in column.labels}
        return by_iri.get(value, value)
    return show_id(value) if column.refers_to else value
