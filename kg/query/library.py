"""The query library: one query a file, its stem its name, its header its documentation.

A header is lines that start with ``#+``: ``summary`` (the question), ``param NAME: meaning``,
``column NAME: meaning``, ``source``, ``tags``; for checks and rules of the ontology ``problem``,
``principle``, ``remedy`` and ``severity``, for rules ``except IRI: reason`` as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from kg import resources
from kg.errors import UnknownName

__all__ = ["Query", "get_query", "list_queries", "read_query"]


@dataclass(frozen=True)
class Query:
    """One query file.

    Attributes:
        name: Stem of the file.
        text: SPARQL text, header included.
        fields: Header entries with one value.
        params: Parameter name → meaning.
        columns: Column name → meaning, in order.
    """

    name: str
    text: str
    fields: dict[str, str] = field(default_factory=dict, hash=False)
    params: dict[str, str] = field(default_factory=dict, hash=False)
    columns: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def summary(self) -> str:
        """Return the question that the query answers."""
        return self.fields.get("summary", "")

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the text."""
        return sha256(self.text.encode()).hexdigest()


def read_query(path: Path) -> Query:
    """Return the query in a file."""
    text = path.read_text(encoding="utf-8-sig")
    query = Query(path.stem, text)
    for line in text.splitlines():
        if not line.startswith("#+"):
            continue
        key, _, value = line[2:].strip().partition(":")
        kind, _, name = key.partition(" ")
        if kind == "param":
            query.params[name] = value.strip()
        elif kind == "column":
            query.columns[name] = value.strip()
        else:
            query.fields[kind] = value.strip()
    return query


@cache
def list_queries(kind: str) -> tuple[Query, ...]:
    """Return the shipped queries of one kind by name.

    Args:
        kind: questions, carry, check, export, ontology, rules or why.
    """
    return tuple(read_query(p) for p in sorted(resources.query_folder(kind).glob("*.rq")))


def get_query(kind: str, name: str) -> Query:
    """Return one shipped query.

    Raises:
        UnknownName: There is no such query; the nearest name is offered.
    """
    queries = {q.name: q for q in list_queries(kind)}
    if name not in queries:
        raise UnknownName("question", name, queries)
    return queries[name]
