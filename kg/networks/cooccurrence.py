"""Co-occurrence: which concepts are found together in how many studies.

`kg.networks`. Pairs are made study by study: in a large synthesis a query that joins every study
with itself takes minutes.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, groupby
from pathlib import Path

from kg.columns import find_measure
from kg.networks.network import INTEGER, Attribute, Edge, Network, Node, name_nodes
from kg.query import run_query
from kg.store import Store
from kg.terms import QES, RDFS, local_name

__all__ = ["find_co_occurrence", "find_occurrences"]

_NODE = (
    Attribute("label", "label of the concept, or its id"),
    Attribute("kind", "concept"),
    Attribute("studies", "studies in which the concept occurs", INTEGER),
    Attribute("iri", "IRI"),
)
_EDGE = (
    Attribute("label", "occurs with"),
    Attribute("weight", "studies in which both concepts occur", INTEGER),
    Attribute("through", "ids of these studies"),
)
_LABELS = (
    f"SELECT ?concept ?label WHERE {{ ?concept a <{QES}Concept> ; <{RDFS}label> ?label }} "
    "ORDER BY ?concept STR(?label)"
)


def find_occurrences(store: Store, columns: Path | None = None) -> list[tuple[str, str]]:
    """Return (study, concept) for each concept that occurs in a study, sorted; IRIs.

    A concept occurs in a study if a finding of the study bears on it, or if a construct of the
    study concerns it. Studies that were screened out or await decision are left out, and studies
    of one sample are one study, the first by name.

    Args:
        store: A built store.
        columns: Folder of the columns of this store, if it has any.

    Source: design of the concept model, honesty rule 7 (roles; one sample counts once).
    """
    rows = find_measure(store, "why", "occurrences", columns).rows
    return [(study, concept) for study, concept in rows]


def find_co_occurrence(store: Store, columns: Path | None = None) -> Network:
    """Return the concepts that occur in studies, and each pair that occurs together; undirected.

    The weight of an edge is the number of studies, as :func:`find_occurrences` counts them. How
    often two concepts stand together says nothing about what one has to do with the other.
    """
    found = find_occurrences(store, columns)
    number = dict(sorted(Counter(concept for _, concept in found).items()))
    names = dict(zip(number, name_nodes(list(number)), strict=True))
    labels = {iri: label for iri, label in reversed(run_query(store, _LABELS).rows)}
    pairs: dict[tuple[str, str], list[str]] = {}
    for study, rows in groupby(found, key=lambda row: row[0]):
        for pair in combinations((concept for _, concept in rows), 2):
            pairs.setdefault(pair, []).append(study)

    def nodes() -> list[Node]:
        return [
            Node(
                name,
                {
                    "label": labels.get(iri, "") or name,
                    "kind": "concept",
                    "studies": number[iri],
                    "iri": iri,
                },
            )
            for iri, name in names.items()
        ]

    def edges() -> list[Edge]:
        return [
            Edge(
                names[one],
                names[other],
                f"{names[one]}--occurs-with--{names[other]}",
                {
                    "label": "occurs with",
                    "weight": len(studies),
                    "through": "; ".join(map(local_name, studies)),
                },
            )
            for (one, other), studies in sorted(pairs.items())
        ]

    return Network(
        "co-occurrence",
        "Concepts, and how many studies hold both of two: a finding of the study bears on the "
        "concept, or a construct of the study concerns it.",
        False,
        _NODE,
        _EDGE,
        nodes,
        edges,
    )
