"""HermiT, through owlready2, on the ontology, the shipped case, and planted contradictions."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.cli.main import cli
from kg.errors import MachineryError
from kg.reasoning import check_consistency, consistency, find_inconsistencies
from kg.reasoning.stripped import find_clashes, keep_terminology, strip
from kg.schema import ontology_quads
from kg.workspace import copy_case
from kg.workspace.build import build
from tests.workspaces import minimal

PREFIXES = """
@prefix : <https://example.org/> .
@prefix ce: <https://w3id.org/collective-efficacy/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qes: <https://w3id.org/qes-kg/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
WRONG = """
:A a owl:Class ; owl:disjointWith :B . :B a owl:Class .
:Wrong a owl:Class ; rdfs:subClassOf :A , :B .
"""
OWLREADY = "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#"


def read(text: str) -> list[Triple]:
    return [q.triple for q in parse(PREFIXES + text, format=RdfFormat.TURTLE)]


def with_ontology(text: str) -> list[Triple]:
    return [*(q.triple for q in ontology_quads()), *read(text)]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_case("collective-efficacy", tmp_path_factory.mktemp("case") / "shipped")


def test_ontology_is_consistent_and_every_class_can_have_members() -> None:
    assert find_inconsistencies(ontology_quads()) == []


def test_shipped_case_is_consistent_with_the_ontology_and_the_command_says_so(
    shipped: Path,
) -> None:
    store = build(shipped).store
    judged = strip(q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert len(judged) > 10_000
    done = CliRunner().invoke(cli, ["-C", str(shipped), "check", "--ontology"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "0 faults" in done.stderr


def test_command_names_a_planted_contradiction(tmp_path: Path) -> None:
    workspace = minimal()
    workspace.more["planted.ttl"] = PREFIXES + (
        f"<{workspace.iri('pair')}> a qes:Couple , qes:Household ; rdfs:label 'A pair' ."
    )
    folder = workspace.write(tmp_path / "planted")
    done = CliRunner().invoke(cli, ["-C", str(folder), "check", "--ontology"])
    assert done.exit_code == 1
    assert "couple" in done.stdout.lower() and "pair" in done.stdout


def test_planted_class_that_nothing_can_belong_to_is_named() -> None:
    faults = find_inconsistencies(
        with_ontology(":Wrong a owl:Class ; rdfs:subClassOf qes:Couple , qes:Household .")
    )
    assert [(f.table, f.rule, f.value) for f in faults] == [
        ("ontology", "class-unsatisfiable", "Wrong")
    ]
    assert "Nothing can belong to this class" in faults[0].message


def test_planted_individual_of_two_disjoint_classes_is_named() -> None:
    faults = find_inconsistencies(with_ontology(":both a qes:Finding , qes:ReviewFinding ."))
    assert [(f.table, f.rule, f.value) for f in faults] == [
        ("data", "individual-of-disjoint-classes", "both")
    ]
    assert "Finding and ReviewFinding" in faults[0].message


def test_class_that_can_have_no_members_but_has_one_is_named() -> None:
    (fault,) = find_inconsistencies(read(WRONG + ":member a :Wrong ."))
    assert (fault.rule, fault.value) == ("class-unsatisfiable", "Wrong")


def test_what_no_pair_of_classes_explains_is_said_of_the_whole() -> None:
    (fault,) = find_inconsistencies(
        read(":p a owl:DatatypeProperty ; rdfs:range xsd:integer . :x :p 'text' .")
    )
    assert (fault.table, fault.rule, fault.value) == ("data", "ontology-inconsistent", "")
    assert fault.message.endswith(".")


def test_a_fault_of_the_ontology_is_not_laid_on_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [Quad(*t) for t in read(WRONG)]
    monkeypatch.setattr(consistency, "ontology_quads", lambda: tuple(wrong))
    store = Store()
    store.extend([*wrong, *(Quad(*t) for t in read(":x a :Wrong ."))])
    assert [f.rule for f in check_consistency(store)] == ["class-unsatisfiable"]


def test_carried_claims_are_not_judged() -> None:
    graph = NamedNode("https://example.org/target/carried")
    store = Store()
    store.extend(Quad(*t) for t in read(":A a owl:Class ; owl:disjointWith :B . :B a owl:Class ."))
    store.extend(Quad(*t, graph) for t in read(":x a :A , :B ."))
    assert check_consistency(store) == []


def test_missing_java_is_said_with_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, shipped: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MachineryError, match="apt-get install default-jre-headless") as caught:
        find_inconsistencies(ontology_quads())
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)


def test_broken_java_is_machinery_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import owlready2

    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\necho no memory left >&2\nexit 7\n")
    broken.chmod(0o755)
    monkeypatch.setattr(owlready2, "JAVA_EXE", str(broken))
    with pytest.raises(MachineryError, match="HermiT stopped: no memory left"):
        find_inconsistencies(read(":A a owl:Class ."))
    monkeypatch.setattr(owlready2, "JAVA_EXE", str(tmp_path / "none"))
    with pytest.raises(MachineryError, match="HermiT stopped"):
        find_inconsistencies(read(":A a owl:Class ."))


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Offer a Python module that leaves a mark when somebody imports it."""
    mark = tmp_path / "mark"
    (tmp_path / "kg_trap.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield mark
    sys.modules.pop("kg_trap", None)


def test_nothing_in_the_data_is_run_or_fetched(trap: Path, tmp_path: Path) -> None:
    """Tried once without stripping: owlready2 does import the module."""
    bait = read(f"""
        :o a owl:Ontology ; owl:imports <{(tmp_path / "other.owl").as_uri()}> ;
            <{OWLREADY}python_module> "kg_trap" .
        <{OWLREADY}python_module> a owl:DatatypeProperty , owl:AnnotationProperty .
        :p a owl:DatatypeProperty , <{OWLREADY}python_module> . :A a owl:Class . :x a :A ; :p "x" .
    """)
    import owlready2

    raw = tmp_path / "raw.nt"
    lines = [f"{t} .\n" for t in bait if "imports" not in t.predicate.value]
    raw.write_text("".join(lines), encoding="utf-8")
    owlready2.World().get_ontology(raw.as_uri()).load(only_local=True)
    assert trap.exists()  # so the bait works
    trap.unlink()
    sys.modules.pop("kg_trap", None)
    assert find_inconsistencies(bait) == []
    assert not trap.exists()
    kept = "\n".join(map(str, strip(bait)))
    assert "lesfleursdunormal" not in kept and "import" not in kept and "Ontology" not in kept


def test_values_that_hermit_can_not_take_do_not_stop_it() -> None:
    text = """
        :p a owl:DatatypeProperty . :A a owl:Class .
        :x a :A ; :p "2019"^^xsd:gYear , "2020-01-01"^^xsd:date , "abc"^^xsd:integer ,
            "2020-02-30T00:00:00"^^xsd:dateTime , "x"^^:own , "a\\u0001b" , "\\"]]>\\n\\\\u" ,
            "2020-02-03T04:05:06Z"^^xsd:dateTime , 1 , 1.5 , true , "x"@en-GB  ,
            "not a uri"^^xsd:anyURI .
        :x :undeclared :y ; rdfs:comment "note" . :x a :Undeclared .
    """
    rows = strip(read(text))
    assert find_inconsistencies(rows) == find_inconsistencies(read(text)) == []
    values = [t.object for t in rows if t.predicate.value.endswith("/p")]
    assert len(values) == 7
    assert not any("undeclared" in str(t).lower() or "comment" in str(t) for t in rows)


def test_texts_are_hashed_and_stay_equal_or_different() -> None:
    text = ":p a owl:DatatypeProperty . :a :p 'one' . :b :p 'one' . :c :p 'two' . :d :p 'one'@en ."
    values = {t.subject.value[-1]: t.object for t in strip(read(text)) if t.subject.value[-2] == "/"
              and t.predicate.value.endswith("/p")}  # fmt: skip
    assert values["a"] == values["b"] != values["c"]
    assert values["a"].value == values["d"].value and values["d"].language == "en"
    assert "one" not in values["a"].value


def test_axioms_of_the_ontology_survive_stripping() -> None:
    """Everything but annotations and data: the reasoner sees the whole ontology."""
    triples = [q.triple for q in ontology_quads()]
    kept = strip(triples)
    lost = {t.predicate.value for t in set(triples) - set(kept)}
    annotations = {t.subject.value for t in triples if "AnnotationProperty" in str(t.object)}
    header = {f"http://www.w3.org/2002/07/owl#{n}" for n in ("versionIRI", "versionInfo")}
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    rdfs = {
        f"http://www.w3.org/2000/01/rdf-schema#{n}" for n in ("label", "comment", "isDefinedBy")
    }
    texts = {t.predicate.value for t in kept if "/qes-kg/" in t.predicate.value}
    assert lost <= annotations | header | rdfs | texts | {rdf_type}
    terminology = keep_terminology(kept)
    assert not any("skos/core#Concept>" in str(t.object) and t.predicate.value == rdf_type
                   for t in terminology)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (":x a :A , :B .", ["x"]),
        (":x a :A . :y a :B .", []),
        (":Sub rdfs:subClassOf :Mid . :Mid rdfs:subClassOf :B . :x a :A , :Sub .", ["x"]),
        (":x a :A , :C .", ["x"]),  # by owl:AllDisjointClasses
        (":x a :A , :Free .", []),
        (":p rdfs:domain :B . :x a :A ; :p :y .", ["x"]),
        (":p rdfs:range :B . :y a :A . :x :p :y .", ["y"]),
        (":q rdfs:subPropertyOf :p . :p rdfs:domain :B . :x a :A ; :q :y .", ["x"]),
        (":x a :A , :B . :w a :B , :C .", ["w", "x"]),
        (":Both rdfs:subClassOf :A , :B . :x a :Both .", []),  # the class is to blame
        (":Loop rdfs:subClassOf :Loop2 . :Loop2 rdfs:subClassOf :Loop . :x a :Loop .", []),
    ],
)
def test_clashes_are_found_by_name(text: str, names: list[str]) -> None:
    axioms = ":A owl:disjointWith :B . [] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) ."
    found = find_clashes(read(axioms + text))
    assert [name.rpartition("/")[2] for name in found] == names
