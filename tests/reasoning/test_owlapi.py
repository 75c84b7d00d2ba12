"""The OWL API and HermiT in their own process: the shipped ontology, and planted faults."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kg.errors import MachineryError
from kg.reasoning import owlapi
from kg.reasoning.owlapi import Verdict, convert_ontology, find_owl_faults, judge_ontologies

HEAD = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org> a owl:Ontology .
:A a owl:Class ; owl:disjointWith :B . :B a owl:Class .
"""
LABELS = {f"https://example.org/{n}": n.lower() for n in "ABCi"}
FINE = ":C a owl:Class ; rdfs:subClassOf :A . :i a :C ."
UNSATISFIABLE = ":C a owl:Class ; rdfs:subClassOf :A , :B ."
CONTRADICTION = ":i a :A , :B ."
UNPARSED = ":s a rdf:Statement ; rdf:subject :A ; rdf:predicate rdfs:label ; rdf:object :B ."
UNDECLARED = ":i a :Nobody ."
RESTRICTED = """
:p a owl:ObjectProperty , owl:TransitiveProperty .
:C a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ;
  owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .
"""
EMPTY_PROPERTY = ":p a owl:ObjectProperty ; rdfs:domain :A , :B ."


def read(text: str) -> list[Triple]:
    return [q.triple for q in parse(HEAD + text, format=RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    texts = {
        "fine": FINE, "unsatisfiable": UNSATISFIABLE, "contradiction": CONTRADICTION,
        "unparsed": UNPARSED, "undeclared": UNDECLARED, "restricted": RESTRICTED,
        "empty property": EMPTY_PROPERTY,
    }  # fmt: skip
    found = judge_ontologies([read(text) for text in texts.values()])
    return dict(zip(texts, found, strict=True))


def test_an_ontology_without_faults_has_none(verdicts: dict[str, Verdict]) -> None:
    fine = verdicts["fine"]
    assert find_owl_faults(fine, "ontology", LABELS) == []
    assert fine.consistent and not fine.stopped
    assert fine.counts == {
        "classes": 3, "object properties": 0, "data properties": 0, "annotation properties": 0,
        "individuals": 1,
    }  # fmt: skip
    # 3 declarations, 1 disjointness, 1 subclass, 1 type; the individual isn't declared.
    assert fine.axioms == 6


@pytest.mark.parametrize(
    ("name", "rule", "value", "words"),
    [
        ("unsatisfiable", "class-unsatisfiable", "C", "Every c is a b."),
        ("contradiction", "ontology-inconsistent", "", '"i" is an a.'),
        ("unparsed", "unparsed-triples", "", "Take it out"),
        ("undeclared", "owl2-dl-profile", "Nobody", "Use of undeclared class"),
        ("restricted", "owl2-dl-profile", "p", "Use of non simple property in cardinality"),
        ("empty property", "property-unsatisfiable", "p", "can't link anything"),
    ],
)
def test_a_fault_is_found_by_name(
    verdicts: dict[str, Verdict], name: str, rule: str, value: str, words: str
) -> None:
    faults = find_owl_faults(verdicts[name], "ontology", LABELS)
    found = [f for f in faults if f.rule == rule]
    assert found and words in found[0].message and value in found[0].value
    assert all(f.severity == "error" and f.table == "ontology" for f in faults)


def test_what_is_explained_is_the_smallest_reason(verdicts: dict[str, Verdict]) -> None:
    (fault,) = find_owl_faults(verdicts["unsatisfiable"], "ontology", LABELS)
    assert fault.message.count(".") == 4  # three axioms and the remedy
    for sentence in ("Every c is an a.", "Every c is a b.", "One of these has to go."):
        assert sentence in fault.message


def test_a_stopped_reasoner_is_a_fault_of_its_own_if_nothing_else_says_why() -> None:
    stopped = Verdict(stopped="out of memory")
    (fault,) = find_owl_faults(stopped, "ontology", {})
    assert (fault.rule, fault.message) == (
        "reasoner-stopped", "HermiT stopped: out of memory"
    )  # fmt: skip


@contextmanager
def counting_server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write((HEAD + UNSATISFIABLE).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_imports_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(HEAD + UNSATISFIABLE, encoding="utf-8")
    with counting_server() as (address, asked):
        text = (
            f"<https://example.org> owl:imports <{address}/bad> , <{tmp_path.as_uri()}/bad.ttl> ."
        )
        (verdict,) = judge_ontologies([read(text)])
    assert asked == []
    assert verdict.consistent and not verdict.classes and verdict.counts["classes"] == 2


def test_what_is_not_an_ontology_is_a_verdict_and_no_crash(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("<a> <b> .", encoding="utf-8")
    (verdict,) = judge_ontologies([file])
    assert verdict.stopped and verdict.consistent is None


def test_functional_syntax_is_the_same_bytes_twice(tmp_path: Path) -> None:
    written = convert_ontology(read(FINE), "ofn")
    assert written == convert_ontology(read(FINE)[::-1], "ofn")
    assert b"SubClassOf(<https://example.org/C> <https://example.org/A>)" in written
    file = tmp_path / "x.ofn"
    file.write_bytes(written)
    (verdict,) = judge_ontologies([file])
    assert verdict.axioms == 7 and verdict.consistent  # the individual is declared now


def test_what_is_missing_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(words: str) -> None:
        with pytest.raises(MachineryError, match=words) as raised:
            judge_ontologies([read(FINE)])
        assert "\n" not in str(raised.value)

    monkeypatch.setenv("KG_OWLAPI", str(tmp_path))
    fails("no jars are in .* make owlapi")
    monkeypatch.setattr(owlapi.importlib.util, "find_spec", lambda name: None)
    fails(r"pip install 'collective-efficacy-kg\[ontology\]'")
    monkeypatch.setenv("PATH", str(tmp_path))
    fails("needs Java .* default-jre-headless")


def test_a_process_that_dies_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.jar").write_bytes(b"no archive")
    monkeypatch.setenv("KG_OWLAPI", str(tmp_path))
    with pytest.raises(MachineryError, match="The OWL API gave no answer: "):
        judge_ontologies([read(FINE)])
