"""Personal networks as one network: persons, members and ties, with the statistics of each person.

`kg.networks`. Persons have no members in common, so it falls apart into one piece a person, with
the person in the middle.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from kg.networks.network import INTEGER, NUMBER, TEXT, Attribute, Edge, Network, Node, name_nodes
from kg.networks.personal import CHOICES, MEASURES, PersonalNetworks, find_statistics

if TYPE_CHECKING:
    import polars

__all__ = ["find_membership"]

_MEANINGS = {
    "size": "number of members",
    "ties": "pairs of members who are tied",
    "density": "share of the pairs of members who are tied",
    "effective size": "members less the mean number of ties that each has to the others",
    "constraint": "how far the person's ties lead to members who are tied to one another",
    "relationship": "relationship of a member to the person",
    "circle": "circle on the map, 1 is the innermost",
    "contact": "how often they are in contact",
}
_KINDS = {"size": INTEGER, "ties": INTEGER}
_NODE = (
    Attribute("label", "code name"),
    Attribute("kind", "ego or alter"),
    Attribute("ego", "the person whose network it is"),
    Attribute("origin", "whether the data of the person are real or synthetic"),
    *(Attribute(c, _MEANINGS[c]) for c in CHOICES),
    Attribute("support", "support work that a member does"),
    *(Attribute(m, _MEANINGS[m], _KINDS.get(m, NUMBER)) for m in MEASURES),
    Attribute("left out", "rows of this network that have faults and are not in it", INTEGER),
    Attribute("iri", "IRI", TEXT),
)
_EDGE = (
    Attribute("label", "has member, or is tied to"),
    Attribute("strength", "how close two members are, 1 (little) to 3 (very)", INTEGER),
)


def find_membership(networks: PersonalNetworks) -> Network:
    """Return persons and members, each person tied to all members of the network; undirected.

    Nodes and edges are made one by one from the data frames.
    """
    statistics = find_statistics(networks)
    egos = len(networks.egos)
    iris = [*networks.egos["row"], *networks.alters["row"]]
    names = name_nodes(iris)
    support = dict(
        networks.support.group_by("alter", maintain_order=True).agg("value").iter_rows()
    )  # fmt: skip

    def nodes() -> Iterator[Node]:
        columns = ("row", "label", "origin", "left out", *MEASURES)
        for name, row in zip(names[:egos], statistics.select(columns).iter_rows(), strict=True):
            iri, label, origin, left_out, *values = row
            data = {"label": label or name, "kind": "ego", "ego": name, "origin": origin}
            measures = dict(zip(MEASURES, values, strict=True))
            yield Node(name, {**data, **measures, "left out": left_out, "iri": iri})
        origins = networks.egos["origin"].to_list()
        rows = networks.alters.select("row", "ego", "label", *CHOICES).iter_rows()
        for place, name, row in zip(count(), names[egos:], rows, strict=False):
            iri, ego, label, *values = row
            data = {"label": label or name, "kind": "alter", "ego": names[ego]}
            choices = dict(zip(CHOICES, values, strict=True))
            work = "; ".join(support.get(place, ()))
            yield Node(
                name, {**data, "origin": origins[ego], **choices, "support": work, "iri": iri}
            )

    def edges() -> Iterator[Edge]:
        for name, ego in zip(names[egos:], networks.alters["ego"], strict=True):
            yield _edge(names[ego], "has member", name, None)
        for one, other, strength in _find_ties(networks).iter_rows():
            yield _edge(names[egos + one], "is tied to", names[egos + other], strength)

    return Network(
        "personal",
        "Persons and the members of their personal networks: a person has a member, and members "
        "are tied to one another.",
        False,
        _NODE,
        _EDGE,
        nodes,
        edges,
    )


def _edge(source: str, relation: str, target: str, strength: int | None) -> Edge:
    key = f"{source}--{relation.replace(' ', '-')}--{target}"
    return Edge(source, target, key, {"label": relation, "strength": strength})


def _find_ties(networks: PersonalNetworks) -> polars.DataFrame:
    """Return each pair of tied members once; the strength is null where rows disagree on it."""
    import polars as pl

    low, high = pl.min_horizontal("one", "other"), pl.max_horizontal("one", "other")
    said = pl.col("strength").drop_nulls().unique()
    return (
        networks.ties.select(low.alias("low"), high.alias("high"), "strength")
        .filter(pl.col("low") != pl.col("high"))
        .group_by("low", "high")
        .agg(pl.when(said.len() == 1).then(said.first()).alias("strength"))
        .sort("low", "high")
    )
