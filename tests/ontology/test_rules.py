"""The rules of the ontology: their headers, their levels, and what they say of what is shipped."""

import re
import time

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.checks import check_terms, find_names, find_rows, list_exemptions, list_rules
from kg.errors import Fault
from kg.query import Query, list_queries, run_query
from kg.store import Store
from tests.ontology.provocation import find_provocations, shipped

QUERIES = list_queries("ontology")
RULES = list_rules()
HEADER = {"summary", "problem", "principle", "remedy", "severity", "source", "columns"}
QES = "https://w3id.org/qes-kg/"
CE = "https://w3id.org/collective-efficacy/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

# The profile of ROBOT's report, with its levels.
ROBOT = {
    "error": """
        deprecated_boolean_datatype deprecated_class_reference deprecated_property_reference
        duplicate_definition duplicate_label illegal_use_of_built_in_vocabulary label_formatting
        label_whitespace misused_obsolete_label misused_replaced_by missing_label
        missing_ontology_description missing_ontology_license missing_ontology_title
        multiple_definitions multiple_equivalent_class_definitions multiple_labels""",
    "warning": """
        annotation_whitespace duplicate_exact_synonym duplicate_label_synonym
        duplicate_scoped_synonym equivalent_class_axiom_no_genus equivalent_pair
        invalid_entity_uri invalid_xref missing_definition missing_obsolete_label
        missing_subset_declaration missing_synonymtype_declaration multiple_equivalent_classes""",
    "info": "lowercase_definition missing_superclass",
}


def declare(name: str, label: Literal, *, kind: str = "Class") -> list[Triple]:
    """Return a declaration with a label, and nothing else."""
    term = NamedNode(name)
    return [
        Triple(term, TYPE, NamedNode(OWL + kind)),
        Triple(term, NamedNode(RDFS + "label"), label),
    ]


def find_faults(rule: str, *triples: Triple) -> list[Fault]:
    """Return the faults of one rule in a file that holds these triples only."""
    return [f for f in check_terms({"one.ttl": list(triples)}, {}) if f.rule == rule]


def test_what_is_shipped_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    shipped()
    start = time.process_time()
    faults = check_terms(shipped())
    spent = time.process_time() - start
    with capsys.disabled():
        print(f"\n{len(RULES)} rules of the ontology: {len(faults)} faults, {spent:.2f} s")
    assert faults == []
    assert spent < 2


def test_every_rule_of_robot_has_its_name_and_its_level() -> None:
    wanted = {name: level for level, names in ROBOT.items() for name in names.split()}
    assert len(wanted) == 32
    theirs = {r.name: r.fields["severity"] for r in RULES if "_" in r.name}
    assert theirs == wanted
    for rule in RULES:
        named = f"ROBOT report: {rule.name}" in rule.fields["source"]
        assert named == (rule.name in wanted), rule.name


def test_rules_of_our_own_have_names_of_our_own() -> None:
    own = [r.name for r in RULES if "_" not in r.name]
    assert len(own) == 56
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", name) for name in own)
    assert not set(own) & {query.name for query in list_queries("check")}


def test_one_rule_is_no_query() -> None:
    assert {r.name for r in RULES} - {q.name for q in QUERIES} == {"ill-typed-literal"}
    assert len(RULES) == len(QUERIES) + 1 == 88


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_is_documented(rule: Query) -> None:
    assert set(rule.fields) - {"except"} == HEADER
    assert rule.summary.endswith("?")
    assert rule.fields["severity"] in ("error", "warning", "info")
    for key in ("problem", "principle", "remedy"):
        assert rule.fields[key][0].isupper() and rule.fields[key].endswith(".")


@pytest.mark.parametrize("rule", QUERIES, ids=lambda r: r.name)
def test_rule_answers_in_three_columns(rule: Query) -> None:
    assert "".join(rule.text.splitlines()).count("SELECT DISTINCT ?this ?path ?value") >= 1
    assert rule.text.splitlines()[-1].startswith("ORDER BY ?this")
    assert run_query(Store(), rule.text).columns == ("this", "path", "value")


def test_every_term_of_ours_in_a_rule_exists() -> None:
    known = {t.subject for triples in shipped().values() for t in triples}
    for rule in QUERIES:
        names = {n for n in find_names(rule.text) if n.startswith((QES, CE)) and n not in (QES, CE)}
        assert {n for n in names if NamedNode(n) not in known} <= {QES + "schema/column"}, rule.name


def test_every_exemption_is_needed_and_has_a_reason() -> None:
    found = [(query.name, row) for query, row in find_rows(shipped())]
    assert len(list_exemptions()) == 15
    for exemption in list_exemptions():
        rows = [row for rule, row in found if rule == exemption.rule and exemption.covers(row)]
        assert rows, f"{exemption.rule} exempts {exemption.terms} for nothing"
        assert exemption.reason.endswith(".")


def test_a_fault_says_where_and_what() -> None:
    (provocation,) = (p for p in find_provocations() if p.name == "two-labels")
    faults = check_terms(provocation.wrong())
    assert [(f.table, f.row, f.column, f.severity, f.value) for f in faults] == [
        ("core-classes.ttl", 0, "label", "error", value) for value in ("research study", "study")
    ]
    assert faults[0].message == (
        "qes:Study: The term has more than one label. Keep one; write other names as skos:altLabel."
    )


def test_the_order_of_files_and_triples_is_all_one() -> None:
    (provocation,) = (p for p in find_provocations() if p.name == "two-headers")
    graphs = provocation.wrong()
    backwards = {name: triples[::-1] for name, triples in reversed(graphs.items())}
    assert check_terms(backwards) == check_terms(graphs) != []


def test_a_file_without_anything_has_no_header_and_nothing_else() -> None:
    faults = check_terms({}, {})
    assert [(f.rule, f.table) for f in faults] == [("ontology-header", "ontology")]


@pytest.mark.parametrize(
    "text", ["ß 漢字 \u202eאבג", 'a "quoted" \\ label', "x" * 100_000, "\U0001f600", "a\x00b", ""]
)
def test_any_text_can_be_a_label(text: str) -> None:
    (fault,) = find_faults("text-language", *declare(QES + "Odd", Literal(text)))
    assert fault.value == text
    assert fault.message.startswith("qes:Odd: ")


def test_blank_nodes_in_a_circle_are_reported() -> None:
    one, other, link = BlankNode(), BlankNode(), NamedNode(QES + "link")
    faults = find_faults("blank-node", Triple(one, link, other), Triple(other, link, one))
    assert {f.message.split(": ")[0] for f in faults} == {"an axiom over several terms"}


def test_values_of_derived_datatypes_are_within_the_range() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    links = declare(QES + "size", Literal("size", language="en"), kind="DatatypeProperty")
    links.append(
        Triple(NamedNode(QES + "size"), NamedNode(RDFS + "range"), NamedNode(xsd + "decimal"))
    )
    wrong = set()
    for datatype, text in [
        ("decimal", "1.5"),
        ("integer", "1"),
        ("unsignedByte", "1"),
        ("float", "1.5"),
        ("double", "1.5"),
        ("string", "1.5"),
    ]:
        value = Literal(text, datatype=NamedNode(xsd + datatype))
        said = Triple(NamedNode(QES + "a-thing"), NamedNode(QES + "size"), value)
        if find_faults("value-against-range", *links, said):
            wrong.add(datatype)
    assert wrong == {"float", "double", "string"}


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ("integer", ["0", "-12", "+3"], ["1.0", "", "2019a", " 1", "0x1", "9" * 5_000]),
        ("unsignedByte", ["0", "255"], ["256", "-1"]),
        ("nonNegativeInteger", ["0", "-0", "+7"], ["-1"]),
        ("positiveInteger", ["1", "007"], ["0", "-1"]),
        ("decimal", ["1", "1.", ".5", "-1.50"], ["1e3", ".", "INF"]),
        ("double", ["1e3", "-INF", "NaN", "1.5"], ["inf", "1e", "1,5"]),
        ("boolean", ["true", "0"], ["TRUE", "yes", "2"]),
        ("dateTime", ["2019-01-31T24:00:00Z", "2019-01-31T12:00:00.5"], ["2019-01-31", "2019"]),
        (
            "date",
            ["2019-01-31", "2019-01-31Z"],
            ["2019-1-31", "31.1.2019", "2019-13-01", "2019-02-30"],
        ),
        ("anyURI", ["https://example.org/a?b=c#d"], ["a b", "<a>"]),
        ("language", ["en", "de-AT"], ["en_GB", "englishenglish"]),
    ],
)
def test_ill_typed_values_are_told_from_others(
    datatype: str, good: list[str], bad: list[str]
) -> None:
    kind = NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")
    node, path = NamedNode(QES + "a-thing"), NamedNode(QES + "size")
    reported = {
        text
        for text in good + bad
        if find_faults("ill-typed-literal", Triple(node, path, Literal(text, datatype=kind)))
    }
    assert reported == set(bad)
