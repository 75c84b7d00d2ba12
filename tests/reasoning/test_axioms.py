"""Axioms in words: each form against a sentence written by hand, and nothing passed over."""

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kg.reasoning import say_axioms
from kg.schema import ontology_triples
from kg.terms import QES, RDFS

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
EX = "https://example.org/"
LABELS = {
    EX + name: label
    for name, label in {
        "Study": "study", "Entity": "entity", "Setting": "setting", "Unit": "unit",
        "Group": "group",
        "in": "takes place in", "part": "part of", "near": "near", "used": "used (PROV)",
        "year": "year", "note": "note", "trust": "trust",
    }.items()
}  # fmt: skip
CASES = [
    # classes
    (":Study rdfs:subClassOf :Entity .", ["Every study is an entity."]),
    (":Unit rdfs:subClassOf owl:Thing .", ["Every unit is anything."]),
    (":Study owl:equivalentClass :Unit .", ["Something is a study exactly when it is a unit."]),
    (":Study owl:disjointWith :Entity .", ["Nothing is both a study and an entity."]),
    ("[] a owl:AllDisjointClasses ; owl:members ( :Study :Group :Unit ) .",
     ["Nothing is more than one of these: a study, a group and a unit."]),
    (":Group owl:disjointUnionOf ( :Study :Unit ) .",
     ["A group is always exactly one of these: a study or a unit."]),
    (":Group owl:unionOf ( :Study :Unit ) .",
     ["Something is a group exactly when it is a study or a unit."]),
    (":Group owl:hasKey ( :year :note ) .",
     ['Two of a group with the same "year" and "note" are the same.']),
    ("[ a owl:Class ; owl:unionOf ( :Study :Unit ) ] rdfs:subClassOf :Entity .",
     ["Whatever is a study or a unit is an entity."]),
    # expressions
    (":Study rdfs:subClassOf [ owl:onProperty :in ; owl:someValuesFrom :Setting ] .",
     ["Every study takes place in a setting."]),
    (":Study rdfs:subClassOf [ owl:onProperty :in ; owl:allValuesFrom :Setting ] .",
     ["Every study takes place in nothing other than a setting."]),
    (":Study rdfs:subClassOf [ owl:onProperty :in ; owl:hasValue :trust ] .",
     ['Every study takes place in "trust".']),
    (":Study rdfs:subClassOf [ owl:onProperty :in ; owl:hasSelf true ] .",
     ["Every study takes place in itself."]),
    (":Study rdfs:subClassOf [ owl:onProperty :in ; owl:maxCardinality 1 ] .",
     ["Every study takes place in at most 1 thing(s)."]),
    (":Study rdfs:subClassOf [ owl:onProperty :in ; owl:minQualifiedCardinality 2 ; "
     "owl:onClass :Setting ] .",
     ["Every study takes place in at least 2 thing(s), each a setting."]),
    (":year a owl:DatatypeProperty . "
     ":Study rdfs:subClassOf [ owl:onProperty :year ; owl:cardinality 1 ] .",
     ['Every study has exactly 1 value(s) for "year".']),
    (":Study rdfs:subClassOf [ owl:onProperty :year ; owl:someValuesFrom xsd:integer ] .",
     ['Every study has a value for "year" that is a whole number.']),
    (":Study rdfs:subClassOf [ owl:onProperty :year ; owl:allValuesFrom xsd:integer ] .",
     ['Every study has no value for "year" other than a whole number.']),
    (":Study rdfs:subClassOf [ owl:onProperty :year ; owl:hasValue 3 ] .",
     ['Every study has the value "3" for "year".']),
    (":Study rdfs:subClassOf [ owl:complementOf :Entity ] .",
     ["Every study is anything but an entity."]),
    (":Study rdfs:subClassOf [ owl:intersectionOf ( :Unit [ owl:onProperty :in ; "
     "owl:someValuesFrom :Setting ] ) ] .",
     ["Every study is a unit and also something that takes place in a setting."]),
    (":Study owl:equivalentClass [ owl:oneOf ( :trust :x ) ] .",
     ['Something is a study exactly when it is one of "trust" or "x".']),
    (":Study rdfs:subClassOf [ owl:onProperty [ owl:inverseOf :in ] ; owl:someValuesFrom :Unit ] .",
     ['Every study stands in the inverse of "takes place in" to a unit.']),
    # relations
    (":in rdfs:domain :Study .", ["If x takes place in y, then x is a study."]),
    (":in rdfs:range [ owl:unionOf ( :Setting :Unit ) ] .",
     ["If x takes place in y, then y is a setting or a unit."]),
    (":part rdfs:subPropertyOf :near .", ["If x is a part of y, then x is near y."]),
    (":in owl:equivalentProperty :used .", ["x takes place in y exactly when x used (PROV) y."]),
    (":in owl:inverseOf :near .", ["x takes place in y exactly when y is near x."]),
    (":in owl:propertyDisjointWith :near .",
     ["Never both: x takes place in y, and x is near y."]),
    ("[] a owl:AllDisjointProperties ; owl:members ( :in :near ) .",
     ['No two of these hold between the same two: "takes place in" and "near".']),
    (":in owl:propertyChainAxiom ( :part :near ) .",
     ["If x is a part of y and y is near z, then x takes place in z."]),
    (":in owl:propertyChainAxiom ( :part :near :in ) .",
     ["If x is a part of y1, y1 is near y2 and y2 takes place in z, then x takes place in z."]),
    (":near a owl:SymmetricProperty .", ["If x is near y, then y is near x."]),
    (":near a owl:TransitiveProperty .",
     ["If x is near y and y is near z, then x is near z."]),
    (":near a owl:AsymmetricProperty .", ["Never both: x is near y, and y is near x."]),
    (":near a owl:IrreflexiveProperty .", ["Nothing is near itself."]),
    (":near a owl:ReflexiveProperty .", ["Everything is near itself."]),
    (":in a owl:FunctionalProperty .",
     ["If x takes place in y and x takes place in z, then y and z are the same."]),
    (":in a owl:InverseFunctionalProperty .",
     ["If x takes place in z and y takes place in z, then x and y are the same."]),
    # data properties
    (":year a owl:DatatypeProperty , owl:FunctionalProperty .",
     ['Nothing has more than one value for "year".']),
    (":year a owl:DatatypeProperty ; rdfs:domain :Study .",
     ['Whatever has a value for "year" is a study.']),
    (":year rdfs:range xsd:integer .", ['Every value of "year" is a whole number.']),
    (":year rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions "
     "( [ xsd:minInclusive 1 ] [ xsd:maxInclusive 5 ] ) ] .",
     ['Every value of "year" is a whole number at least 1 and at most 5.']),
    (":year rdfs:range [ a rdfs:Datatype ; owl:oneOf ( 1 2 ) ] .",
     ['Every value of "year" is one of "1" or "2".']),
    (":note a owl:DatatypeProperty . :year rdfs:subPropertyOf :note .",
     ['Every value of "year" is a value of "note".']),
    # individuals
    (":trust a :Entity .", ['"trust" is an entity.']),
    (":trust :in :x .", ['"trust" takes place in "x".']),
    (":trust :year 3 .", ['"trust" has the value 3 for "year".']),
    (":trust :note 'so' .", ['"trust" has the value "so" for "note".']),
    (":trust owl:sameAs :x .", ['"trust" and "x" are the same.']),
    (":trust owl:differentFrom :x .", ['"trust" and "x" are not the same.']),
    ("[] a owl:AllDifferent ; owl:distinctMembers ( :trust :x ) .",
     ['No two of these are the same: "trust" and "x".']),
    ("[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :trust ; "
     "owl:assertionProperty :in ; owl:targetIndividual :x .",
     ['It does not hold that "trust" takes place in "x".']),
    # no axioms: declarations, annotations, headers
    (":Study a owl:Class ; rdfs:label 'x' ; rdfs:comment 'y' ; owl:deprecated true .", []),
    (":remark a owl:AnnotationProperty . :Study :remark 'z' .", []),
    (":o a owl:Ontology ; owl:versionInfo '1' ; owl:imports :other .", []),
    ("[] a owl:Class ; owl:unionOf ( :Study :Unit ) .", []),
    # what has no sentence of its own, and what is broken, is shown all the same
    (":Study owl:topThing :Unit .", ["TopThing(study unit)."]),
    (":Study rdfs:subClassOf [ owl:oddity :Unit ] .",
     ["Every study is something that (oddity unit)."]),
    (":Study owl:disjointUnionOf rdf:nil .", ["DisjointUnionOf(study nil)."]),
    (":in owl:propertyChainAxiom [ rdf:first :part ] .",
     ["PropertyChainAxiom(takes place in (first part of))."]),
    (":Study a owl:Surprise .", ["Type(study Surprise)."]),
]  # fmt: skip


def read(text: str) -> list[Triple]:
    return [q.triple for q in parse(PREFIXES + text, format=RdfFormat.TURTLE)]


def test_all_cases_are_there() -> None:
    assert len(CASES) == len({text for text, _ in CASES}) == 62


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_each_form_has_its_sentence(text: str, sentences: list[str]) -> None:
    assert [s.text for s in say_axioms(read(text), LABELS)] == sentences


def test_a_list_without_end_is_shown_and_does_not_hang() -> None:
    (sentence,) = say_axioms(
        read(
            "[] a owl:AllDisjointClasses ; owl:members _:a . _:a rdf:first :Study ; rdf:rest _:a ."
        ),
        LABELS,
    )
    assert sentence.text.startswith("Type(")


def test_an_expression_inside_itself_is_shown_and_does_not_hang() -> None:
    text = ":Study rdfs:subClassOf _:a . _:a owl:complementOf _:a ."
    (sentence,) = say_axioms(read(text), LABELS)
    assert sentence.text.startswith("SubClassOf(study")


def test_a_sentence_knows_what_it_is_about_and_what_it_mentions() -> None:
    chain, disjoint, domain = say_axioms(
        read(
            ":in rdfs:domain :Study . :in owl:propertyChainAxiom ( :part :near ) ."
            "[] a owl:AllDisjointClasses ; owl:members ( :Unit :Group ) ."
        ),
        LABELS,
    )[0:3]
    by_text = {s.text[:12]: s for s in (chain, disjoint, domain)}
    assert by_text["If x is a pa"].subjects == (EX + "in",)
    assert by_text["If x is a pa"].terms == {EX + "in", EX + "part", EX + "near"}
    assert by_text["If x takes p"].terms == {EX + "in", EX + "Study"}
    assert by_text["Nothing is m"].subjects == (EX + "Group", EX + "Unit")


def test_a_term_without_label_goes_by_its_local_name() -> None:
    assert [s.text for s in say_axioms(read(":Study rdfs:subClassOf :Odd ."), {})] == [
        "Every Study is an Odd."
    ]


def test_every_axiom_of_the_ontology_has_a_sentence_of_its_own() -> None:
    triples = ontology_triples()
    label = {
        t.subject.value: t.object.value for t in triples if t.predicate.value == RDFS + "label"
    }
    sentences = say_axioms(triples, label)
    texts = [s.text for s in sentences]
    assert len(texts) == len(set(texts)) > 800
    assert texts == sorted(texts)
    assert [t for t in texts if ")." in t and not t.endswith(("(SKOS).", "(PROV)."))] == []
    assert "Every study is an investigation." in texts
    assert "If x is a bearing of y and y is a finding of z, then x is from study z." in texts
    assert "x is quoted for y exactly when y has quotation x." in texts
    about = {iri for s in sentences for iri in s.subjects}
    said = {t.subject.value for t in triples if t.predicate.value == RDFS + "domain"}
    assert said and said <= about
    assert QES + "Study" in about
