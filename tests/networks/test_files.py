"""Every form of every network, read back by networkx: nodes, edges, attributes, types, bytes."""

import csv
import io
import tracemalloc
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest

from kg.networks import (
    KINDS,
    Attribute,
    Edge,
    Network,
    Node,
    find_losses,
    to_networkx,
    with_measures,
    write_edge_table,
    write_gexf,
    write_graphml,
    write_node_table,
)
from kg.workspace import copy_case
from kg.workspace.build import build
from tests.networks.conftest import ODD, odd

Nodes = dict[str, dict[str, Any]]
Edges = dict[str, tuple[str, str, dict[str, Any]]]
NAMES = ("co-occurrence", "concepts", "measured", "odd", "odd-undirected", "personal",
         "translations")  # fmt: skip


@pytest.fixture(scope="session")
def networks(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Network]:
    """Return each kind on the shipped case, the persons, and odd values."""
    case = build(copy_case("collective-efficacy", tmp_path_factory.mktemp("case") / "w")).store
    found = {kind: find(case) for kind, find in KINDS.items()}
    found["personal"] = KINDS["personal"](build(folder).store)
    found["measured"] = with_measures(found["concepts"])
    return {**found, "odd": odd(), "odd-undirected": odd(directed=False)}


@pytest.fixture(params=NAMES)
def network(request: pytest.FixtureRequest, networks: dict[str, Network]) -> Network:
    assert sorted(networks) == sorted(NAMES)
    return networks[request.param]


def write(writer: Callable[[Network], Any], network: Network) -> bytes:
    return "".join(writer(network)).encode()


def kept(data: Any) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "")}


def expected(network: Network) -> tuple[Nodes, Edges]:
    nodes = {n.name: kept(n.data) for n in network.nodes()}
    return nodes, {e.key: (e.source, e.target, kept(e.data)) for e in network.edges()}


def take(graph: Any) -> tuple[Nodes, Edges]:
    nodes = {name: dict(data) for name, data in graph.nodes(data=True)}
    edges = {key: (a, b, dict(data)) for a, b, key, data in graph.edges(keys=True, data=True)}
    return nodes, edges


def test_every_network_has_what_is_to_be_read_back(networks: dict[str, Network]) -> None:
    for network in networks.values():
        nodes, edges = expected(network)
        assert nodes and edges and set(a.name for a in network.node_attributes) >= {"label"}
        assert len(nodes) == sum(1 for _ in network.nodes())
        assert len(edges) == sum(1 for _ in network.edges())
        for attributes, rows in (
            (network.node_attributes, nodes.values()),
            (network.edge_attributes, [e[2] for e in edges.values()]),
        ):
            names = [a.name.lower() for a in attributes]
            assert len(set(names)) == len(names)
            types = {"text": str, "integer": int, "number": float}
            kinds = {a.name: types[a.kind] for a in attributes}
            assert all(type(v) is kinds[n] for row in rows for n, v in row.items())


def test_graphml(network: Network) -> None:
    content = write(write_graphml, network)
    graph = networkx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert graph.is_directed() is network.directed
    assert take(graph) == expected(network)


def test_graphml_has_the_bytes_that_networkx_writes(network: Network) -> None:
    graph = to_networkx(network)
    for data in [*dict(graph.nodes(data=True)).values(), *(d for *_, d in graph.edges(data=True))]:
        for name in [name for name, value in data.items() if value in (None, "")]:
            del data[name]
    content = io.BytesIO()
    networkx.write_graphml_xml(graph, content)
    assert write(write_graphml, network) == content.getvalue().rstrip() + b"\n"


def test_gexf(network: Network) -> None:
    content = write(write_gexf, network)
    graph = networkx.read_gexf(io.BytesIO(content), version="1.3")
    if not graph.is_multigraph():
        kind = networkx.MultiDiGraph if network.directed else networkx.MultiGraph
        plain, graph = graph, kind()
        graph.add_nodes_from(plain.nodes(data=True))
        graph.add_edges_from((a, b, d["id"], d) for a, b, d in plain.edges(data=True))
    assert graph.is_directed() is network.directed
    nodes, edges = take(graph)
    for key, (_, _, data) in edges.items():
        assert data.pop("id") == key
    assert (nodes, edges) == expected(network)


def test_gexf_declares_every_attribute_with_its_type(network: Network) -> None:
    root = ElementTree.fromstring(write(write_gexf, network))
    space = "{http://gexf.net/1.3}"
    assert (root.tag, root.get("version")) == (f"{space}gexf", "1.3")
    types = {"text": "string", "integer": "integer", "number": "double"}
    own = {"node": {"label"}, "edge": {"label", "weight"}}
    for scope, wanted in (("node", network.node_attributes), ("edge", network.edge_attributes)):
        (declared,) = [a for a in root.iter(f"{space}attributes") if a.get("class") == scope]
        found = {a.get("title"): a.get("type") for a in declared}
        assert found == {a.name: types[a.kind] for a in wanted if a.name not in own[scope]}
        assert len({a.get("id") for a in declared}) == len(found)
    assert [child.tag.removeprefix(space) for child in root] == ["meta", "graph"]


def read_rows(content: bytes) -> list[dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    for row in rows:
        for name, value in row.items():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r")), value
            if value[:1] == "'" and value.lstrip("'")[:1] in tuple("=+-@\t\r"):
                row[name] = value[1:]
    return rows


def test_tables(network: Network) -> None:
    casts = {"text": str, "integer": int, "number": float}
    nodes, edges = expected(network)
    kinds = {a.name: casts[a.kind] for a in network.node_attributes}
    rows = read_rows(write(write_node_table, network))
    found = {r.pop("id"): {n: kinds[n](v) for n, v in r.items() if v} for r in rows}
    assert found == nodes
    kinds = {a.name: casts[a.kind] for a in network.edge_attributes}
    for row in read_rows(write(write_edge_table, network)):
        assert row.pop("type", "directed") == ("directed" if network.directed else "undirected")
        ends = row.pop("source"), row.pop("target")
        data = {n: kinds[n](v) for n, v in row.items() if v and n != "id"}
        assert edges.pop(row["id"]) == (*ends, data)
    assert not edges


@pytest.mark.parametrize("writer", [write_graphml, write_gexf, write_node_table, write_edge_table])
def test_the_same_bytes_twice(writer: Callable[[Network], Any], network: Network) -> None:
    assert write(writer, network) == write(writer, network)


def broken(text: str) -> Network:
    nodes = [Node("a", {"label": text})]
    edges = [Edge("a", "a", "e", {"label": text})]
    label = (Attribute("label", ""),)
    return Network("x", "x", True, label, label, lambda: nodes, lambda: edges)


@pytest.mark.parametrize("writer", [write_graphml, write_gexf])
def test_control_characters_are_replaced_and_said(writer: Callable[[Network], Any]) -> None:
    network = broken("bell\x07 \ufffe\rend")
    content = write(writer, network)
    assert b"<!-- 2 values hold control characters: each is replaced by U+FFFD. -->" in content
    read = networkx.read_graphml if writer is write_graphml else networkx.read_gexf
    graph = read(io.BytesIO(content))
    assert graph.nodes["a"]["label"] == "bell\ufffd \ufffd\rend"
    assert list(find_losses(network)) == [
        "a, label: 2 control characters are replaced by U+FFFD.",
        "e, label: 2 control characters are replaced by U+FFFD.",
    ]
    assert b"<!--" not in write(writer, broken(ODD[0]))
    assert list(find_losses(broken(ODD[0]))) == []


@pytest.mark.parametrize("writer", [write_graphml, write_gexf, write_node_table, write_edge_table])
def test_nothing_is_held_while_writing(writer: Callable[[Network], Any]) -> None:
    """120,000 nodes and edges: megabytes are written in less than 1 MiB."""
    number = 60_000
    network = Network(
        "path", "A path.", True, (Attribute("label", ""),), (Attribute("label", ""),),
        lambda: (Node(f"n{n}", {"label": f"node number {n}, one of many"}) for n in range(number)),
        lambda: (Edge(f"n{n}", f"n{n + 1}", f"e{n}", {"label": "one of many edges"})
                 for n in range(number - 1)),
    )  # fmt: skip
    tracemalloc.start()
    written = sum(len(piece) for piece in writer(network))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert written > 2_000_000
    assert peak < 1 << 20
