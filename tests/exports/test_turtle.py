"""Turtle in one form: the ontology's modules are in it, and it changes nothing but the layout."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.compare import isomorphic

from kg.exports.turtle import reformat_turtle, write_turtle

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "ontology").glob("*.ttl"))

UNTIDY = """\
# Head, "quoted".
# Second line.
@prefix owl: <http://www.w3.org/2002/07/owl#> .
PREFIX ex: <https://example.org/>
@prefix unused: <https://example.org/unused/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:b a owl:Class . # lost
[] a owl:AllDisjointClasses ; owl:members ( ex:b ex:A ) .
ex:A rdfs:comment "two\\nlines ;\\n.\\n 🙂 \\"x\\" \\\\"@en ; rdfs:label "a"@en ;
  rdfs:subClassOf ex:b, [ a owl:Restriction ; owl:onProperty ex:p ; owl:someValuesFrom ex:b ] ;
  a owl:Class .
"""

TIDY = '''\
# Head, "quoted".
# Second line.
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

ex:A
    a owl:Class ;
    rdfs:label "a"@en ;
    rdfs:comment """two
lines ;
.
 🙂 "x" \\\\"""@en ;
    rdfs:subClassOf
        ex:b ,
        [
            a owl:Restriction ;
            owl:onProperty ex:p ;
            owl:someValuesFrom ex:b ;
        ] ;
.

ex:b
    a owl:Class ;
.

[]    a owl:AllDisjointClasses ;
    owl:members (
        ex:b
        ex:A
    ) ;
.
'''


@pytest.mark.parametrize("file", MODULES, ids=lambda f: f.name)
def test_module_is_in_the_one_form(file: Path) -> None:
    """`make ontology` brings it there."""
    assert file.read_bytes() == reformat_turtle(file.read_bytes())


def test_layout_is_settled_and_nothing_else_changes() -> None:
    written = reformat_turtle(UNTIDY.encode())
    assert written.decode() == TIDY
    assert reformat_turtle(written) == written
    one, other = (rdflib.Graph().parse(data=t, format="turtle") for t in (UNTIDY, TIDY))
    assert isomorphic(one, other) and len(one) == 15


def test_order_of_the_triples_does_not_matter() -> None:
    triples = [q.triple for q in parse(UNTIDY.encode(), RdfFormat.TURTLE)]
    prefixes = {"ex": "https://example.org/", "owl": "http://www.w3.org/2002/07/owl#"}
    first = write_turtle(triples, prefixes, "Head")
    assert first == write_turtle(triples[::-1], prefixes, "Head")
    assert first.startswith(b"# Head\n@prefix ex: <https://example.org/> .\n@prefix owl:")


def test_what_is_not_turtle_is_said() -> None:
    with pytest.raises(ValueError, match="not Turtle: at line 1"):
        reformat_turtle(b"<a> <b> .")
