"""Co-occurrence: which concepts are found together in how many studies.

`kg.networks`. The pairs are joined in columns: in a large synthesis a query that joins every study
with itself takes minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.networks.column import (
    read_answer,
    read_choice,
    read_column,
    read_labels,
    read_rows,
)
from kg.networks.network import INTEGER, Attribute, Edge, Network, Node, name_nodes
from kg.store import Store
from kg.terms import QES, local_name

if TYPE_CHECKING:
    import polars

__all__ = ["find_co_occurrence", "find_occurrences"]

_COUNTED = ("included by the source review", "demonstration corpus", "target-context evidence")
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


def find_occurrences(store: Store) -> polars.DataFrame:
    """Return "study" and "concept": each concept that occurs in a study, sorted; IRIs.

    A concept occurs in a study if a finding of the study bears on it, or if a construct of the
    study concerns it. Studies that were screened out or await decision are left out, and studies
    of one sample are one study, the first by name.

    Source: design of the concept model, honesty rule 7 (roles; one sample counts once).
    """
    import polars as pl

    text = f"SELECT ?row ?study WHERE {{ ?row <{QES}fromStudy> ?study }}"
    bears = read_column(store, "bearings", "towards").join(
        read_answer(store, text, "row", "study"), on="row"
    )
    concerns = read_column(store, "constructs", "concept").join(
        read_column(store, "constructs", "study").rename({"value": "study"}), on="row"
    )
    roles = read_choice(store, "studies", "role").filter(pl.col("value").is_in(_COUNTED))
    text = f"SELECT ?study ?counted WHERE {{ ?study <{QES}countedAs> ?counted }}"
    counted = read_answer(store, text, "study", "counted")
    return (
        pl.concat([bears, concerns])
        .join(read_rows(store, "concepts"), left_on="value", right_on="row", how="semi")
        .join(roles, left_on="study", right_on="row", how="semi")
        .join(counted, on="study")
        .select(pl.col("counted").alias("study"), pl.col("value").alias("concept"))
        .unique()
        .sort("study", "concept")
    )


def find_co_occurrence(store: Store) -> Network:
    """Return the concepts that occur in studies, and each pair that occurs together; undirected.

    The weight of an edge is the number of studies, as :func:`find_occurrences` counts them. How
    often two concepts stand together says nothing about what one has to do with the other.
    """
    import polars as pl

    found = find_occurrences(store)
    number = dict(found.group_by("concept").len().sort("concept").iter_rows())
    names = dict(zip(number, name_nodes(list(number)), strict=True))
    labels = dict(read_labels(store, "concepts").iter_rows())
    pairs = (
        found.join(found, on="study", suffix="_2")
        .filter(pl.col("concept") < pl.col("concept_2"))
        .sort("concept", "concept_2", "study")
        .group_by("concept", "concept_2", maintain_order=True)
        .agg("study")
    )

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
            for one, other, studies in pairs.iter_rows()
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
