"""Every RDF format, read back by somebody else's reader, triple for triple."""

import json
import re
import socket
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import UsageError
from kg.exports import (
    EXTENSIONS,
    context,
    context_document,
    data_quads,
    export,
    find_losses,
    to_rdflib,
    write_rdf,
)
from kg.store import Store
from tests.exports.conftest import Source

ROOT = Path(__file__).resolve().parents[2]
QES = "https://w3id.org/qes-kg/"
ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = tuple[object, ...]


@pytest.fixture(autouse=True)
def _as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from rewriting literals, and everybody from the network."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an export is read without the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def plain(term: object) -> object:
    """Return a term of either library as plain values; languages are compared in lower case."""
    if isinstance(term, NamedNode | rdflib.URIRef):
        return str(getattr(term, "value", term))
    if isinstance(term, Literal):
        return (term.value, term.datatype.value, (term.language or "").lower())
    assert isinstance(term, rdflib.Literal), term
    if term.language:
        return (str(term), str(rdflib.RDF.langString), term.language.lower())
    return (str(term), str(term.datatype or rdflib.XSD.string), "")


def rows(quads: Iterable[Quad]) -> set[Row]:
    """Return quads as rows; the graph of a default-graph quad is ""."""
    return {
        (
            *map(plain, q.triple),
            "" if isinstance(q.graph_name, DefaultGraph) else q.graph_name.value,
        )
        for q in quads
    }


@cache
def read_triples(content: bytes, form: str) -> tuple[Row, ...]:
    """Return what rdflib finds in a file without graphs, one row a statement."""
    graph = rdflib.Graph().parse(data=content, format=form)
    return tuple((*map(plain, triple), "") for triple in graph)


@cache
def read_quads(content: bytes, form: str) -> tuple[Row, ...]:
    """Return what rdflib finds in a file with graphs, one row a statement."""
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format=form)
    default = (None, rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
    quads = dataset.quads()
    return tuple((*map(plain, spo), "" if g in default else str(g)) for *spo, g in quads)


class RoundTrip:
    """What every RDF format must do; a format is a subclass that says how to read it."""

    extension: str
    form: str

    def read(self, content: bytes) -> tuple[Row, ...]:
        """Return what somebody else's reader finds in the file, one row a statement."""
        return read_triples(content, self.form)

    def legal(self, row: Row) -> Row:
        """Return a row as the format can hold it."""
        return row

    def test_shipped_case_comes_back(self, shipped: Source) -> None:
        content = shipped.write(f"x.{self.extension}")
        found = self.read(content)
        assert len(shipped.quads) > 10_000
        assert len(found) == len(shipped.quads)
        assert set(found) == rows(shipped.quads)

    def test_odd_values_come_back(self, odd: Source) -> None:
        content = odd.write(f"x.{self.extension}")
        assert set(self.read(content)) == set(map(self.legal, rows(odd.quads)))

    def test_no_carried_claim_unless_asked(self, shipped: Source) -> None:
        content = shipped.write(f"x.{self.extension}").decode()
        assert "CarryRun" not in content and "/carried" not in content
        claims = {
            q.subject.value for q in shipped.carried if q.object == NamedNode(QES + "Transfer")
        }
        assert len(claims) > 10
        assert not [c for c in claims if c.rpartition("/")[2] in content]

    def test_nothing_of_the_ontology(self, shipped: Source) -> None:
        content = shipped.write(f"x.{self.extension}").decode()
        assert "ObjectProperty" not in content and "IAO_0000115" not in content

    def test_ends_with_one_line_break(self, odd: Source) -> None:
        content = odd.write(f"x.{self.extension}")
        assert content.endswith(b"\n") and not content.endswith(b"\n\n")


class WithoutGraphs(RoundTrip):
    """A format that can't keep carried claims apart refuses them."""

    def test_carried_is_refused(self, shipped: Source) -> None:
        for write in (
            lambda: shipped.write(f"x.{self.extension}", shipped.targets),
            lambda: write_rdf(shipped.store, self.extension, shipped.base, shipped.targets),
        ):
            with pytest.raises(UsageError, match=r"need a format with graphs: \.trig"):
                write()


class WithGraphs(RoundTrip):
    """A format with graphs keeps each target's claims in a graph of its own."""

    fast: RdfFormat

    def read(self, content: bytes) -> tuple[Row, ...]:
        return read_quads(content, self.form)

    def test_carried_comes_back_when_asked(self, shipped: Source) -> None:
        content = shipped.write(f"x.{self.extension}", shipped.targets)
        found = set(self.read(content))
        assert len(shipped.targets) == 2
        assert found == rows(shipped.quads) | rows(shipped.carried)

    def test_one_target_brings_only_its_own_claims(self, shipped: Source) -> None:
        target = shipped.targets[0]
        content = shipped.write(f"x.{self.extension}", (target,))
        graphs = {q.graph_name for q in parse(content, format=self.fast)}
        assert graphs == {DefaultGraph(), NamedNode(f"{target}/carried")}

    def test_carried_claims_keep_status_and_modality(self, shipped: Source) -> None:
        content = shipped.write(f"x.{self.extension}", shipped.targets)
        found = self.read(content)
        claims = {
            (s, g) for s, p, o, g in found if o == QES + "Transfer" and str(p).endswith("#type")
        }
        assert len(claims) > 10 and all(g for _, g in claims)
        for name in ("hasStatus", "hasModality"):
            assert claims <= {(s, g) for s, p, _, g in found if p == QES + name}, name


class TestTurtle(WithoutGraphs):
    extension, form = "ttl", "turtle"

    def test_has_prefixes(self, odd: Source) -> None:
        content = odd.write("x.ttl").decode()
        assert f"@prefix : <{odd.base}> ." in content and ":study a qes:Study ;" in content


class TestNTriples(WithoutGraphs):
    extension, form = "nt", "nt"


class TestRdfXml(WithoutGraphs):
    extension, form = "rdf", "xml"

    def legal(self, row: Row) -> Row:
        def legal(value: object) -> object:
            if isinstance(value, tuple):
                return tuple(map(legal, value))
            return ILLEGAL.sub("\ufffd", value) if isinstance(value, str) else value

        return tuple(map(legal, row))

    def test_control_characters_are_replaced_and_reported(self, odd: Source) -> None:
        losses = find_losses(odd.store, "x.rdf")
        assert losses == ("study, control: 2 control characters are replaced by U+FFFD.",)
        content = odd.write("x.rdf").decode()
        assert content.count("<!--") == 1
        assert "<!-- 1 values hold control characters: each is replaced by U+FFFD. -->" in content

    def test_nothing_is_reported_where_nothing_is_lost(self, odd: Source, shipped: Source) -> None:
        assert find_losses(shipped.store, "x.rdf") == ()
        assert b"<!--" not in shipped.write("x.rdf")
        assert all(find_losses(odd.store, f"x.{e}") == () for e in ("ttl", "trig", "nq", "jsonld"))

    @pytest.mark.parametrize("name", ["https://example.org/1", "https://example.org/a/", "urn:x:1"])
    def test_property_without_a_name_is_refused(self, name: str) -> None:
        node = NamedNode("https://example.org/x")
        store = Store()
        store.add(Quad(node, NamedNode(name), node))
        with pytest.raises(UsageError, match=r"can't hold the property <.*> .*|can't hold"):
            write_rdf(store, "rdf", "https://example.org/")
        assert name.encode() in write_rdf(store, "nt", "https://example.org/")


class TestTriG(WithGraphs):
    extension, form, fast = "trig", "trig", RdfFormat.TRIG


class TestNQuads(WithGraphs):
    extension, form, fast = "nq", "nquads", RdfFormat.N_QUADS


class TestJsonLd(WithGraphs):
    extension, form, fast = "jsonld", "json-ld", RdfFormat.JSON_LD

    def test_a_second_reader_finds_the_same(self, odd: Source, shipped: Source) -> None:
        for source, targets in ((odd, ()), (shipped, shipped.targets)):
            content = source.write("x.jsonld", targets)
            expected = rows(source.quads) | (rows(source.carried) if targets else set())
            assert rows(parse(content, format=RdfFormat.JSON_LD)) == expected

    def test_context_is_in_the_file_and_nothing_is_fetched(self, shipped: Source) -> None:
        document = json.loads(shipped.write("x.jsonld"))
        assert document["@context"] == context(shipped.base)
        assert not any(
            name in ("@import", "@context") or isinstance(name, dict)
            for name in document["@context"].values()
            if isinstance(name, list)
        )
        assert "@import" not in document["@context"]
        assert all("@context" not in node for node in document["@graph"])

    def test_every_key_has_a_meaning(self, shipped: Source) -> None:
        """A JSON-LD reader drops a key that the context doesn't know, without a word."""
        content = shipped.write("x.jsonld", shipped.targets)
        document = json.loads(content)
        terms = set(document["@context"])
        nodes = [n for top in document["@graph"] for n in [top, *top.get("@graph", ())]]
        keys = {key for node in nodes for key in node if not key.startswith("@")}
        unknown = {k for k in keys if k not in terms and k.partition(":")[0] not in terms}
        assert unknown == set()


def test_shipped_context_is_the_one_that_the_shapes_give() -> None:
    """`ontology/context.jsonld` is written by `kg.exports.context_document()`."""
    shipped = (ROOT / "ontology/context.jsonld").read_bytes()
    assert shipped == context_document()
    assert json.loads(shipped) == {"@context": context()}
    with_base = context("https://example.org/")
    assert with_base.pop("@base") == "https://example.org/"
    assert with_base == context()


def test_a_file_written_by_hand_can_use_the_shipped_context() -> None:
    document = json.loads((ROOT / "ontology/context.jsonld").read_bytes())
    document |= {
        "id": "https://example.org/b",
        "type": "qes:Bearing",
        "bearsOn": "ce:trust",
        "presupposes": "true",
    }
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    bearing = rdflib.URIRef("https://example.org/b")
    assert set(graph.predicate_objects(bearing)) == {
        (rdflib.RDF.type, rdflib.URIRef(QES + "Bearing")),
        (
            rdflib.URIRef(QES + "bearsOn"),
            rdflib.URIRef("https://w3id.org/collective-efficacy/trust"),
        ),
        (rdflib.URIRef(QES + "presupposes"), rdflib.Literal("true", datatype=rdflib.XSD.boolean)),
    }


def test_every_format_is_tried() -> None:
    tried = {c.extension for c in (*WithoutGraphs.__subclasses__(), *WithGraphs.__subclasses__())}
    others = {"graphml", "nodes.csv", "edges.csv"}  # test_network.py
    # tests/ontology/test_release.py, test_queries.py, test_description.py
    elsewhere = {"owl", "ontology.ttl", "ontology.jsonld", "queries.ttl", "void.ttl"}
    assert tried | others | elsewhere == set(EXTENSIONS)
    assert len(EXTENSIONS) == 14


def test_objects_for_users_hold_the_same(odd: Source) -> None:
    assert {(*map(plain, t), "") for t in to_rdflib(odd.store)} == rows(odd.quads)


def test_a_triple_of_the_ontology_that_a_table_repeats_is_exported() -> None:
    label = Triple(*[NamedNode(f"https://example.org/{n}") for n in "abc"])
    only = Triple(*[NamedNode(f"https://example.org/{n}") for n in "abd"])
    store = Store()
    for triple in (label, only):
        store.add(Quad(*triple))
        store.add(Quad(*triple, NamedNode(QES + "graph/ontology")))
    store.add(Quad(*label, NamedNode("https://example.org/graph/concepts")))
    store.add(Quad(*only, NamedNode("https://example.org/target/carried")))
    assert data_quads(store) == [Quad(*label)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("graph.docx", 'The format of "graph.docx" is not known. Write one of .edges.csv,'),
        ("graph.tttl", 'Did you mean ".ttl"?'),
        ("graph", 'The format of "graph" is not known.'),
        ("", "is not known"),
    ],
)
def test_unknown_format_is_named(odd: Source, name: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        export(odd.store, name, odd.base)
    assert words in str(caught.value)


def test_extension_is_found_in_any_case(odd: Source) -> None:
    assert export(odd.store, "A.TTL", odd.base) == export(odd.store, "a.ttl", odd.base)
    assert export(odd.store, "my-nodes.csv", odd.base).startswith(b"id,label,kind")
