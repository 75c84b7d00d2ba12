"""Mapping sets, bridge and requests upstream: sound, and saying no more than is known."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg import resources
from kg.checks import MappingSet, check_mappings, read_mapping_set
from kg.exports.turtle import reformat_turtle
from kg.reasoning import find_inconsistencies
from kg.schema import ontology_triples
from kg.store import RdfFormat, Triple, parse

ROOT = Path(__file__).resolve().parents[2]
SETS = sorted((ROOT / "ontology/mappings").glob("*.sssom.tsv"))
BRIDGE = ROOT / "ontology/bridge/qes-bfo-bcio.ttl"
UPSTREAM = ROOT / "docs/upstream"
REQUESTS = sorted(p for p in UPSTREAM.glob("*.md") if p.name != "README.md")
CONDITIONS = ROOT / "data/collective-efficacy/tables/conditions.csv"

QES = "https://w3id.org/qes-kg/"
CE = "https://w3id.org/collective-efficacy/"
CASE = CE + "id/"
OBO = "http://purl.obolibrary.org/obo/"
BCIO = "http://humanbehaviourchange.org/ontology/BCIO_"
PREFIXES = f"""
@prefix obo: <{OBO}> .
@prefix hbcp: <http://humanbehaviourchange.org/ontology/> .
@prefix qes: <{QES}> .
@prefix owl: <{OWL}> .
@prefix rdfs: <{RDFS}> .
"""
ROWS = {
    "qes-bcio": 20, "qes-eco": 4, "qes-fhir-certainty": 12, "qes-mondo": 18,
    "qes-network-canvas": 8, "qes-obi-omrse": 4, "qes-pico": 3, "qes-sepio": 8,
}  # fmt: skip


@cache
def read_ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in resources.ontology_files():
        graph.parse(file, format="turtle")
    return graph


@cache
def read_conditions() -> dict[str, dict[str, str]]:
    with CONDITIONS.open(encoding="utf-8", newline="") as file:
        return {CASE + row["id"]: row for row in csv.DictReader(file)}


def list_terms() -> dict[str, str]:
    labels = {str(s): str(o) for s, o in read_ontology().subject_objects(RDFS.label)}
    return labels | {iri: row["label"] for iri, row in read_conditions().items()}


def list_apart() -> set[str]:
    """Return every concept and every sense: no two of them may meet in a hierarchy."""
    kinds = (rdflib.URIRef(QES + "Concept"), rdflib.URIRef(QES + "Sense"))
    return {str(s) for kind in kinds for s in read_ontology().subjects(RDF.type, kind)}


@cache
def read_set(path: Path) -> MappingSet:
    found, faults = read_mapping_set(path.name, path.read_bytes())
    assert faults == []
    return found


def triples(text: str | bytes) -> list[Triple]:
    content = (PREFIXES + text).encode() if isinstance(text, str) else text
    return [q.triple for q in parse(content, format=RdfFormat.TURTLE)]


def test_every_set_is_sound_and_complete() -> None:
    found = {path.name.removesuffix(".sssom.tsv"): len(read_set(path).rows) for path in SETS}
    assert found == ROWS
    apart = list_apart()
    assert {CE + name for name in ("collective-efficacy", "social-cohesion", "social-capital",
                                   "self-efficacy", "sense-group-belief")} < apart  # fmt: skip
    assert check_mappings(SETS, list_terms(), apart) == []


def test_two_concepts_given_one_object_would_be_found(tmp_path: Path) -> None:
    lines = (ROOT / "ontology/mappings/qes-bcio.sssom.tsv").read_text(encoding="utf-8").split("\n")
    given = next(line for line in lines if line.startswith("ce:self-efficacy\t")
                 and "narrowMatch" in line)  # fmt: skip
    place = next(i for i, line in enumerate(lines) if line.startswith("ce:social-cohesion\t"))
    wrong = given.replace("ce:self-efficacy\tself-efficacy", "ce:social-capital\tsocial capital")
    lines.insert(place, wrong.replace("skos:narrowMatch", "skos:broadMatch"))
    file = tmp_path / "qes-bcio.sssom.tsv"
    file.write_text("\n".join(lines), encoding="utf-8")
    (fault,) = check_mappings([file], list_terms(), list_apart())
    assert (fault.rule, fault.value) == ("mapping-shared-target", "BCIO:006154")
    assert (fault.row, fault.column) == (place + 1, "object_id")


def test_every_mapping_says_why_and_why_not_more() -> None:
    rows = [(row, read_set(path)) for path in SETS for row in read_set(path).rows]
    assert len(rows) == sum(ROWS.values()) == 77
    for row, found in rows:
        comment, predicate = row.get("comment"), row.get("predicate_id")
        why_not = "Exact: " if predicate == "skos:exactMatch" else "Not "
        assert why_not in comment and comment.endswith("."), (found.name, row.line)
        assert len(comment) > 40, (found.name, row.line)
        assert row.get("author_label") == "The collective-efficacy-kg contributors"
        assert row.get("mapping_justification") == "semapv:ManualMappingCuration"
        assert row.get("object_source_version"), (found.name, row.line)
        assert found.slots["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert "not yet registered" in found.slots["mapping_set_description"]


def test_a_less_certain_source_makes_a_less_certain_mapping() -> None:
    words = ("not verified", "general knowledge")
    rows = [row for path in SETS for row in read_set(path).rows
            if any(word in row.get("comment") for word in words)]  # fmt: skip
    assert len(rows) == 8
    assert all(float(row.get("confidence")) <= 0.7 for row in rows)


def test_only_conditions_are_matched_exactly() -> None:
    exact = {
        found.expand(row.get("subject_id"))
        for found in map(read_set, SETS)
        for row in found.rows
        if row.get("predicate_id") == "skos:exactMatch"
    }
    assert len(exact) == 12
    assert exact < read_conditions().keys()


def test_the_mondo_set_says_what_the_table_of_conditions_says() -> None:
    found = read_set(ROOT / "ontology/mappings/qes-mondo.sssom.tsv")
    said = {
        found.expand(row.get("subject_id")): (row.get("object_id"), row.get("predicate_id"))
        for row in found.rows
    }
    table = read_conditions()
    assert said == {
        iri: (row["mondo"], f"skos:{row['match'].removesuffix(' match')}Match")
        for iri, row in table.items()
        if row["mondo"]
    }
    without = [row["label"] for row in table.values() if not row["mondo"]]
    assert len(without) == 12 and len(table) == 30
    page = (ROOT / "docs/alignment.md").read_text(encoding="utf-8")
    for label in without:
        assert label in found.slots["mapping_set_description"], label
        assert label in page, label


def test_the_page_counts_the_rows() -> None:
    page = (ROOT / "docs/alignment.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `([\w-]+)\.sssom\.tsv` \| [^|]+ \| (\d+) \|", page, re.M)) == {
        name: str(count) for name, count in ROWS.items()
    }


def test_the_bridge_is_never_loaded_by_default() -> None:
    assert BRIDGE not in {*resources.ontology_files(), *resources.shape_files()}
    foreign = ("BFO_", "OBI_", "OMRSE_", "ENVO_", "BCIO_")
    names = {str(t.subject) for t in ontology_triples()}
    assert [n for n in names if any(f in n for f in foreign)] == []
    release = (ROOT / "ontology/release/qes-kg.ttl").read_text(encoding="utf-8")
    assert not any(f in release for f in foreign)


def test_the_bridge_has_a_header_of_its_own_stubs_and_no_imports() -> None:
    content = BRIDGE.read_bytes()
    assert reformat_turtle(content) == content
    graph = rdflib.Graph().parse(data=content, format="turtle")
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [rdflib.URIRef(QES + "bridge")]
    assert list(graph.objects(None, OWL.versionIRI)) == [rdflib.URIRef(QES + "bridge/2026-11-25")]
    assert list(graph.triples((None, OWL.imports, None))) == []
    names = {s for s in graph.subjects(RDF.type, OWL.Class) if isinstance(s, rdflib.URIRef)}
    ours = {s for s in names if s.startswith(QES)}
    assert (len(ours), len(names)) == (7, 25)
    for stub in names - ours:
        assert len(list(graph.objects(stub, RDFS.label))) == 1, stub
        assert len(list(graph.objects(stub, RDFS.isDefinedBy))) == 1, stub
    declared = set(read_ontology().subjects(RDF.type, OWL.Class))
    assert ours < declared
    assert [s for s in ours if list(graph.objects(s, RDFS.label))] == []


def test_ontology_and_bridge_are_consistent_and_every_class_can_have_members() -> None:
    assert find_inconsistencies([*ontology_triples(), *triples(BRIDGE.read_bytes())]) == []


def test_every_class_of_ours_is_an_information_entity_or_a_process() -> None:
    graph = read_ontology() + rdflib.Graph().parse(BRIDGE, format="turtle")
    above = {
        rdflib.URIRef(OBO + "IAO_0000030"): set(),
        rdflib.URIRef(OBO + "BFO_0000015"): set(),
        rdflib.URIRef(OBO + "BFO_0000004"): set(),
    }
    ours = {s for s in graph.subjects(RDF.type, OWL.Class) if s.startswith(QES)}
    for top, below in above.items():
        below |= ours & set(graph.transitive_subjects(RDFS.subClassOf, top))
    information, processes, things = above.values()
    assert processes == {rdflib.URIRef(QES + "CarryRun")}
    assert things == set()
    assert information | processes == ours
    for name in ("Study", "Transfer", "Mechanism", "Finding", "Setting", "Population"):
        assert rdflib.URIRef(QES + name) in information, name


def find_impossible(*axioms: str) -> set[str]:
    """Return the classes that can't have members once axioms stand beside ontology and bridge."""
    together = [*ontology_triples(), *triples(BRIDGE.read_bytes()), *triples(" ".join(axioms))]
    faults = find_inconsistencies(together)
    assert all(f.rule == "class-unsatisfiable" for f in faults)
    return {f.value for f in faults}


def test_a_mechanism_is_no_process() -> None:
    assert find_impossible("qes:Mechanism rdfs:subClassOf obo:BFO_0000015 .") == {"Mechanism"}


WRONG = {
    "CarryRun": "obo:IAO_0000030",  # information
    "Outcome": "obo:OBI_0000011",  # a planned process
    "PersonalCommunity": "hbcp:BCIO_006001",  # people and institutions
    "Population": "hbcp:BCIO_041000",  # people
    "Sense": "obo:BFO_0000020",  # a trait of something
    "Transfer": "obo:BFO_0000015",  # a process
}


def test_each_wrong_axiom_of_a_bridge_is_found_and_nothing_else() -> None:
    assert len(WRONG) == 6
    axioms = [f"qes:{name} rdfs:subClassOf {above} ." for name, above in WRONG.items()]
    assert find_impossible(*axioms) == WRONG.keys()


SECTIONS = (
    "Label", "Definition", "Parent", "Synonyms", "Examples", "Not examples",
    "Existing BCIO terms looked at", "Sources", "Use in collective-efficacy-kg",
)  # fmt: skip
NAMES = (
    "collective-efficacy", "collective-efficacy-cohesion-and-willingness",
    "collective-efficacy-group-belief", "collective-efficacy-network-mechanism",
    "neighbourhood", "social-capital", "social-cohesion",
)  # fmt: skip
IDENTIFIER = re.compile(r"BCIO[_:](\d{6})")


def read_sections(path: Path) -> dict[str, str]:
    title, *parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)
    assert title.startswith("# New term request: "), path.name
    return {head: body.strip() for head, _, body in (part.partition("\n") for part in parts)}


def list_bcio_labels() -> dict[str, str]:
    """Return BCIO id → label, from the table of the pack and from the mapping set."""
    page = (UPSTREAM / "README.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| BCIO_(\d{6}) \| ([^|]+?) \|", page, re.M))
    assert len(table) == 24
    found = read_set(ROOT / "ontology/mappings/qes-bcio.sssom.tsv")
    mapped = {row.get("object_id")[5:]: row.get("object_label") for row in found.rows}
    assert all(table.get(name, label) == label for name, label in mapped.items())
    return table | mapped


def test_the_requests_are_all_there() -> None:
    assert tuple(sorted(path.stem for path in REQUESTS)) == NAMES
    page = (UPSTREAM / "README.md").read_text(encoding="utf-8")
    assert "Nothing has been sent yet" in page
    for path in REQUESTS:
        assert f"]({path.name})" in page, path.name


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_a_request_has_every_section_and_names_only_known_terms(path: Path) -> None:
    sections = read_sections(path)
    assert tuple(sections) == SECTIONS
    assert all(len(sections[name]) > 10 for name in SECTIONS)
    labels = list_bcio_labels()
    name, _, label = sections["Parent"].partition(" ")
    assert labels[name.removeprefix("BCIO_")] == label
    assert re.fullmatch(
        rf"An? <{re.escape(label)}> (that|in which) [^.]+\.", sections["Definition"]
    )
    page = (UPSTREAM / "README.md").read_text(encoding="utf-8")
    assert f"({path.name})" in page and f"| {sections['Parent']} |" in page
    named = set(IDENTIFIER.findall(path.read_text(encoding="utf-8")))
    assert len(named) >= 4
    assert named <= labels.keys()
    for found, seen in re.findall(r"^\| BCIO_(\d{6}) ([^|]+?) \|",
                                  sections["Existing BCIO terms looked at"], re.M):  # fmt: skip
        assert seen == labels[found]
    assert re.search(r"doi 10\.\d{4}|PMC\d", sections["Sources"])
    assert re.search(r"`(ce|qes):[\w-]+`", sections["Use in collective-efficacy-kg"])


def test_no_request_makes_one_of_the_terms_a_parent_of_another() -> None:
    parents = {read_sections(path)["Parent"] for path in REQUESTS}
    labels = {read_sections(path)["Label"] for path in REQUESTS}
    assert len(labels) == 7
    assert not any(label in parent for label in labels for parent in parents)


def test_every_term_of_ours_that_a_request_names_exists() -> None:
    terms = list_terms()
    spaces = {"ce": CE, "qes": QES}
    named = {
        spaces[prefix] + name
        for path in REQUESTS
        for prefix, name in re.findall(r"`(ce|qes):([\w-]+)`", path.read_text(encoding="utf-8"))
    }
    assert len(named) == 10
    assert named <= terms.keys()
