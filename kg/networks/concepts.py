"""Concepts, studies and settings: which study stands in which setting and speaks of what.

`kg.networks`. Studies and concepts alone are a network of two kinds of nodes (edges "names" and
"bears on"); every study is shown with its role, so that none passes for an included one.
"""

from __future__ import annotations

from kg.networks.network import Attribute, Edge, Network, Node, name_nodes
from kg.query import get_query, run_query
from kg.store import Store
from kg.terms import local_name

__all__ = ["find_concepts"]

_NODE = (
    Attribute("label", "label, or the id where there is none"),
    Attribute("kind", "concept, study or setting"),
    Attribute("detail", "role of a study, kind of a setting"),
    Attribute("iri", "IRI"),
)
_EDGE = (
    Attribute("label", "takes place in, names, or bears on"),
    Attribute("polarity", "polarity of a bearing"),
    Attribute("sense", "sense of the concept in which it bears"),
    Attribute("through", "the bearing, or the study itself"),
)


def find_concepts(store: Store) -> Network:
    """Return concepts, studies and settings with the links between them; directed.

    A node is named by its id, or by its IRI where two have the same id.
    """
    rows = run_query(store, get_query("export", "nodes").text).as_dicts()
    iris = [row["node"] for row in rows]
    names = dict(zip(iris, name_nodes(iris), strict=True))
    nodes = []
    for row in rows:
        name = names[row["node"]]
        data = {"label": row["label"] or name, "kind": row["kind"], "detail": row["detail"]}
        nodes.append(Node(name, {**data, "iri": row["node"]}))
    edges = _find_edges(store, names)
    return Network(
        "concepts",
        "Concepts, studies and settings: a study takes place in a setting, names a concept, or "
        "has a finding that bears on it.",
        True,
        _NODE,
        _EDGE,
        lambda: nodes,
        lambda: edges,
    )


def _find_edges(store: Store, names: dict[str, str]) -> list[Edge]:
    """Return the edges by source in the order of the nodes, as every program takes them apart."""
    found: dict[str, dict[str, dict[str, Edge]]] = {name: {} for name in names.values()}
    for row in run_query(store, get_query("export", "edges").text).as_dicts():
        source, target = names[row["source"]], names[row["target"]]
        through = local_name(row["through"])
        key = f"{source}--{row['relation'].replace(' ', '-')}--{target}--{through}"
        data = {"label": row["relation"], "polarity": row["polarity"], "sense": row["meant"]}
        edge = Edge(source, target, key, {**data, "through": through})
        found[source].setdefault(target, {})[key] = edge
    return [e for targets in found.values() for keys in targets.values() for e in keys.values()]
