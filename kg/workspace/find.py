"""Finding what a user means: a question, an id, a target, a transfer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UnknownName, UsageError
from kg.query import Query, Rows, Term, get_query, list_queries, read_query, run_query
from kg.store import Literal, NamedNode
from kg.terms import QES, RDF_TYPE, data_iri, plain, show_id
from kg.workspace.built import Built

if TYPE_CHECKING:
    from kg.synthesis import Step, Transfer

__all__ = [
    "explain_node",
    "find_node",
    "find_query",
    "find_targets",
    "find_transfers",
    "find_values",
    "list_questions",
    "query",
]


def query(built: Built, text: str, params: dict[str, str]) -> Rows:
    """Return the answer of a SPARQL text, a ``.rq`` file, or a shipped question.

    Args:
        built: The built workspace.
        text: SPARQL if it holds ``{``, a file if it ends in ``.rq``, else the name of a question.
        params: Parameter name → a text; in SPARQL of one's own, an id of a row becomes its IRI.

    Raises:
        UnknownName: There is no such file, question or parameter.
        BadQuery: The text can't be run.
    """
    wanted = find_query(text, params)
    return run_query(built.store, wanted.text, find_values(built, wanted, text, params))


def find_query(text: str, params: Iterable[str]) -> Query:
    """Return the query that a SPARQL text, a ``.rq`` file or the name of a question means.

    Raises:
        UnknownName: There is no such file or question, or it has no such parameter.
        UsageError: It takes no parameters.
    """
    if "{" in text:
        return Query("", text)
    if text.endswith(".rq"):
        if not Path(text).is_file():
            raise UnknownName("file", text, (str(p) for p in Path(text).parent.glob("*.rq")))
        wanted = read_query(Path(text))
    else:
        wanted = get_query("questions", text)
    if not wanted.params and tuple(params):
        raise UsageError(f'"{wanted.name}" takes no parameters.')
    for name in params:
        if name not in wanted.params:
            raise UnknownName("parameter", name, wanted.params)
    return wanted


def find_values(built: Built, wanted: Query, text: str, params: dict[str, str]) -> dict[str, Term]:
    """Return parameter → term: a text for a shipped question, whose columns are plain text."""
    if text == wanted.name:
        return {name: Literal(value) for name, value in params.items()}
    return {name: _term(built, value) for name, value in params.items()}


def _term(built: Built, value: str) -> Term:
    try:
        return find_node(built, value)
    except UnknownName:
        return Literal(value)


def find_node(built: Built, name: str) -> NamedNode:
    """Return the node with an id: a row, a shipped individual, a transfer or a state in a target.

    Raises:
        UnknownName: Nothing has this id; the nearest one is offered.
    """
    individual = built.individuals.get(name)
    iri = individual or (name if "://" in name else data_iri(built.review.base, name))
    try:
        node = NamedNode(iri)
    except ValueError:  # what was typed can't be an address
        raise UnknownName("id", name, ()) from None
    if next(iter(built.store.quads_for_pattern(node, NamedNode(RDF_TYPE), None)), None):
        return node
    computed = (QES + "Transfer", QES + "PreconditionState")
    known = [
        show_id(plain(q.subject))
        for cls in computed
        for q in built.store.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(cls))
    ]
    raise UnknownName("id", name, [*map(show_id, built.rows), *known, *built.individuals])


def list_questions() -> tuple[Query, ...]:
    """Return the shipped questions by name."""
    return list_queries("questions")


def explain_node(built: Built, name: str) -> Step:
    """Return the chain under the node with an id.

    Raises:
        UnknownName: Nothing has this id, or it is nothing that rests on something.
    """
    from kg.synthesis import explain

    step = explain(built.store, find_node(built, name), built.review.base)
    if step is None:
        raise UnknownName("row or claim", name, map(show_id, built.rows))
    return step


def find_targets(built: Built, name: str) -> list[str]:
    """Return the IRI of the target context with this id; of all for "all".

    Raises:
        UnknownName: There is no such target context.
    """
    kind = NamedNode(QES + "TargetContext")
    quads = built.store.quads_for_pattern(None, NamedNode(RDF_TYPE), kind)
    known = sorted({plain(q.subject) for q in quads})
    found = [iri for iri in known if name in ("all", show_id(iri))]
    if not found:
        raise UnknownName("target context", name, map(show_id, known))
    return found


def find_transfers(built: Built, *, concept: str = "", to: str = "") -> list[Transfer]:
    """Return transfers by target, id; all senses of a concept if one is named.

    Raises:
        UnknownName: There is no such target, or nothing of that name is carried.
    """
    from kg.synthesis import read_transfers

    targets = {show_id(iri) for iri in find_targets(built, to)} if to else set()
    transfers = [t for t in read_transfers(built.store) if not to or t.target in targets]
    if not concept:
        return transfers
    found = [t for t in transfers if concept in (t.concept, t.id)]
    if not found:
        raise UnknownName(
            "concept or configuration to carry", concept, {t.concept for t in transfers}
        )
    return found
