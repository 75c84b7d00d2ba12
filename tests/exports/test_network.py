"""GraphML and node and edge CSV, read back by readers that are not ours."""

import csv
import io
import xml.etree.ElementTree as ElementTree
from collections import Counter

import networkx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import UsageError
from kg.exports import build_network, export, find_losses
from kg.store import Store
from tests.exports.conftest import ODD_TEXTS, RDF_TYPE, Source

QES = "https://w3id.org/qes-kg/"
CE = "https://w3id.org/collective-efficacy/"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"

Nodes = dict[str, dict[str, str]]
Edges = dict[str, tuple[str, str, dict[str, str]]]


def expected(store: Store) -> tuple[Nodes, Edges]:
    """Return nodes and edges, worked out from the triples without the query library."""

    def value(node: object, name: str) -> str:
        predicate = NamedNode(name if "://" in name else QES + name)
        found = sorted(q.object.value for q in store.quads_for_pattern(node, predicate, None, None))
        return found[0] if found else ""

    def pairs(name: str) -> set[tuple[NamedNode, NamedNode]]:
        quads = store.quads_for_pattern(None, NamedNode(QES + name), None, None)
        return {(q.subject, q.object) for q in quads if not str(q.graph_name).endswith("carried>")}

    def is_a(node: NamedNode, cls: str) -> bool:
        return Quad(node, RDF_TYPE, NamedNode(QES + cls)) in store

    def name(node: NamedNode) -> str:
        return node.value.rpartition("/")[2]

    studies = {q.subject for q in store.quads_for_pattern(None, RDF_TYPE, NamedNode(QES + "Study"))}
    bearings = {(b, t) for b, t in pairs("bearsOn") if is_a(t, "Concept")}
    kinds = {s: "study" for s in studies}
    kinds |= {setting: "setting" for _, setting in pairs("takesPlaceIn")}
    kinds |= {c: "concept" for _, c in bearings | pairs("namesConcept")}
    nodes = {}
    for node, kind in kinds.items():
        nodes[name(node)] = {"label": value(node, LABEL.value), "kind": kind, "iri": node.value}
        types = {q.object for q in store.quads_for_pattern(node, RDF_TYPE, None, None)}
        more = {NamedNode(value(node, "playsRole"))} if kind == "study" else set()
        more = types - {NamedNode(QES + "Setting")} if kind == "setting" else more
        if detail := "".join(value(m, LABEL.value) for m in more):
            nodes[name(node)]["detail"] = detail
    edges: Edges = {}
    for relation, found in (("takes place in", "takesPlaceIn"), ("names", "namesConcept")):
        for study, other in pairs(found):
            key = f"{name(study)}--{relation.replace(' ', '-')}--{name(other)}--{name(study)}"
            edges[key] = (name(study), name(other), {"label": relation, "through": name(study)})
    for bearing, concept in bearings:
        study = value(NamedNode(value(bearing, "bearingOf")), "findingOf").rpartition("/")[2]
        polarity = value(NamedNode(value(bearing, "hasPolarity")), LABEL.value)
        sense = value(bearing, "inSense")
        more = {"sense": value(NamedNode(sense), LABEL.value)} if sense else {}
        key = f"{study}--bears-on--{name(concept)}--{name(bearing)}"
        data = {"label": "bears on", "polarity": polarity, "through": name(bearing), **more}
        edges[key] = (study, name(concept), data)
    return nodes, edges


class NetworkRoundTrip:
    """What every form of the network must keep."""

    def read(self, source: Source) -> tuple[Nodes, Edges]:
        """Return nodes and edges as an independent reader finds them, empty values left out."""
        raise NotImplementedError

    def test_shipped_case_comes_back(self, shipped: Source) -> None:
        self.compare(shipped)

    def test_odd_values_come_back(self, odd: Source) -> None:
        self.compare(odd)
        nodes, _ = self.read(odd)
        shown = {name: text for name, text in ODD_TEXTS.items() if name != "target-setting"}
        assert {name: nodes[name]["label"] for name in shown} == shown

    def compare(self, source: Source) -> None:
        nodes, edges = self.read(source)
        wanted_nodes, wanted_edges = expected(source.store)
        assert nodes == wanted_nodes
        assert edges == wanted_edges

    def test_carried_is_refused(self, shipped: Source) -> None:
        with pytest.raises(UsageError, match="need a format with graphs"):
            export(shipped.store, "x.nodes.csv", shipped.base, shipped.targets)


class TestGraphML(NetworkRoundTrip):
    def read(self, source: Source) -> tuple[Nodes, Edges]:
        graph = networkx.read_graphml(io.BytesIO(source.write("x.graphml")), force_multigraph=True)
        assert graph.is_directed()
        edges = {key: (a, b, data) for a, b, key, data in graph.edges(keys=True, data=True)}
        return {name: dict(data) for name, data in graph.nodes(data=True)}, edges

    def test_carried_is_refused(self, shipped: Source) -> None:
        with pytest.raises(UsageError, match="need a format with graphs"):
            export(shipped.store, "x.graphml", shipped.base, shipped.targets)


def write_by_networkx(store: Store) -> bytes:
    """Return the network as networkx writes it, empty values left out."""
    graph = build_network(store)
    for data in [*dict(graph.nodes(data=True)).values(), *(d for *_, d in graph.edges(data=True))]:
        for name in [name for name, value in data.items() if not value]:
            del data[name]
    content = io.BytesIO()
    # Not networkx.write_graphml, which writes other bytes where lxml is installed.
    networkx.write_graphml_xml(graph, content)
    return content.getvalue().rstrip() + b"\n"


def test_graphml_has_the_bytes_that_networkx_writes(shipped: Source, odd: Source) -> None:
    for source in (shipped, odd):
        assert source.write("x.graphml") == write_by_networkx(source.store)
    store = make(("https://example.org/s?a=1&b='2'", "<a & b>"), ("https://example.org/t", ""))
    assert export(store, "x.graphml", "https://example.org/") == write_by_networkx(store)
    assert export(Store(), "x.graphml", "https://example.org/") == write_by_networkx(Store())


class TestGraphMLByItsXml(NetworkRoundTrip):
    """GraphML once more, by the elements that the format defines."""

    def read(self, source: Source) -> tuple[Nodes, Edges]:
        root = ElementTree.fromstring(source.write("x.graphml"))
        keys = {k.get("id"): (k.get("for"), k.get("attr.name")) for k in root.iter(GRAPHML + "key")}

        def data(element: ElementTree.Element) -> dict[str, str]:
            kind = element.tag.removeprefix(GRAPHML)
            found = [(keys[d.get("key")], d.text or "") for d in element.iter(GRAPHML + "data")]
            assert all(of == kind for (of, _), _ in found)
            assert len({name for (_, name), _ in found}) == len(found)
            return {str(name): text for (_, name), text in found}

        nodes = {str(n.get("id")): data(n) for n in root.iter(GRAPHML + "node")}
        edges = {
            str(e.get("id")): (str(e.get("source")), str(e.get("target")), data(e))
            for e in root.iter(GRAPHML + "edge")
        }
        assert all(a in nodes and b in nodes for a, b, _ in edges.values())
        return nodes, edges

    def test_every_key_says_what_it_is_for_and_is_a_text(self, shipped: Source) -> None:
        root = ElementTree.fromstring(shipped.write("x.graphml"))
        keys = list(root.iter(GRAPHML + "key"))
        assert len(keys) == 8
        assert {k.get("for") for k in keys} == {"node", "edge"}
        assert {k.get("attr.type") for k in keys} == {"string"}
        # Gephi drops the second of two attributes whose names differ only in case.
        names = Counter((k.get("for"), str(k.get("attr.name")).lower()) for k in keys)
        assert set(names.values()) == {1}

    def test_graph_is_directed_and_every_edge_has_an_id_of_its_own(self, shipped: Source) -> None:
        root = ElementTree.fromstring(shipped.write("x.graphml"))
        (graph,) = root.iter(GRAPHML + "graph")
        assert graph.get("edgedefault") == "directed"
        ids = [e.get("id") for e in root.iter(GRAPHML + "edge")]
        assert None not in ids and len(ids) == len(set(ids)) > 200

    def test_nothing_is_replaced_unsaid(self, shipped: Source) -> None:
        assert find_losses(shipped.store, "x.graphml") == ()
        assert b"<!--" not in shipped.write("x.graphml")


def read_csv(content: bytes) -> list[dict[str, str]]:
    """Return the rows, an apostrophe before what looks like a formula taken away."""
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    for row in rows:
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r")), value
    return [
        {k: v[1:] if v[:1] == "'" and v.lstrip("'")[:1] in tuple("=+-@\t\r") else v
         for k, v in row.items()}
        for row in rows
    ]  # fmt: skip


class TestCsv(NetworkRoundTrip):
    def read(self, source: Source) -> tuple[Nodes, Edges]:
        found = [read_csv(source.write(f"x.{kind}.csv")) for kind in ("nodes", "edges")]
        nodes, edges = [[{k: v for k, v in row.items() if v} for row in rows] for rows in found]
        assert len({n["id"] for n in nodes}) == len(nodes)
        assert len({e["id"] for e in edges}) == len(edges)
        return {n.pop("id"): n for n in nodes}, {
            e.pop("id"): (e.pop("source"), e.pop("target"), e) for e in edges
        }

    def test_header_is_what_network_programs_look_for(self, odd: Source) -> None:
        assert odd.write("x.nodes.csv").splitlines()[0] == b"id,label,kind,detail,iri"
        header = b"source,target,id,label,polarity,sense,through"
        assert odd.write("x.edges.csv").splitlines()[0] == header

    def test_lines_end_in_a_line_feed(self, shipped: Source) -> None:
        assert b"\r" not in shipped.write("x.nodes.csv") + shipped.write("x.edges.csv")


def make(*labels: tuple[str, str]) -> Store:
    """Return a store with studies of these IRIs and labels."""
    store = Store()
    for iri, label in labels:
        store.add(Quad(NamedNode(iri), RDF_TYPE, NamedNode(QES + "Study")))
        if label:
            store.add(Quad(NamedNode(iri), LABEL, Literal(label)))
    return store


def test_an_apostrophe_before_a_formula_is_not_mistaken_for_ours() -> None:
    texts = ["=1", "'=1", "''@x", "'tis", "plain", "'", "-", "\tx"]
    store = make(*((f"https://example.org/s{n}", text) for n, text in enumerate(texts)))
    rows = read_csv(export(store, "x.nodes.csv", "https://example.org/"))
    assert [row["label"] for row in rows] == texts


def test_control_characters_are_replaced_and_reported() -> None:
    store = make(("https://example.org/s", "a\x07b\x1f\rc"))
    assert find_losses(store, "x.graphml") == (
        "s, label: 2 control characters are replaced by U+FFFD.",
    )
    content = export(store, "x.graphml", "https://example.org/")
    assert b"<!-- 1 values hold control characters: each is replaced by U+FFFD. -->" in content
    graph = networkx.read_graphml(io.BytesIO(content))
    assert graph.nodes["s"]["label"] == "a\ufffdb\ufffd\rc"
    assert find_losses(store, "x.nodes.csv") == ()


def test_two_nodes_with_one_id_are_kept_apart() -> None:
    store = make((f"{CE}id/trust", "Trust study"), (f"{CE}trust-2", "Other"))
    store.add(Quad(NamedNode(f"{CE}trust"), RDF_TYPE, NamedNode(QES + "Concept")))
    store.add(Quad(NamedNode(f"{CE}id/trust"), NamedNode(QES + "namesConcept"),
                   NamedNode(f"{CE}trust")))  # fmt: skip
    graph = build_network(store)
    assert set(graph) == {f"{CE}id/trust", f"{CE}trust", "trust-2"}
    assert list(graph.edges()) == [(f"{CE}id/trust", f"{CE}trust")]


def test_a_node_without_a_label_is_shown_by_its_id() -> None:
    graph = build_network(make(("https://example.org/s", "")))
    assert graph.nodes["s"]["label"] == "s"


def test_several_labels_give_one_node() -> None:
    store = make(("https://example.org/s", "zwei"), ("https://example.org/s", "eins"))
    assert dict(build_network(store).nodes(data="label")) == {"s": "eins"}
