"""How far each shape looks is derived; here it stands as it was found by reading each of them."""

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import SH

from kg import resources
from kg.checks import get_reach
from kg.checks.pattern import parse_pattern
from kg.checks.reach import find_owners, find_reach
from kg.checks.rule import Rule, narrow_targets, read_rules
from kg.schema import load_schema, shape_quads
from kg.terms import QES, RDF_TYPE, SHAPE, local_name, plain

PREFIXES = {"qes": QES, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}

# Shape → whether it looks at nothing but the row, what belongs to it, and what it refers to.
LOCAL = {
    "adjudicated-relied-on": False,  # does any row adjudicate the step that is named?
    "adjudicates-acyclic": False,  # from adjudicated to adjudicated row, as far as it goes
    "adjudicates-between": True,
    "adjudicates-once": False,  # does another row adjudicate the same?
    "adjudicates-reason-given": True,
    "adjudicates-same-question": True,  # the row, and the rows that it names
    "alters-answered": True,
    "bearings-screened-out": True,  # the study of its finding
    "bearings-sense-of-concept": True,  # the senses of a concept: a table that doesn't grow
    "broader-acyclic": False,
    "components-reason-given": True,
    "confidence-components": True,
    "confidence-explained": True,
    "constructs-broader-acyclic": False,
    "constructs-owner": True,
    "constructs-sense-of-concept": True,
    "constructs-third-order-source": True,  # translations into it belong to it
    "criteria-years-order": True,
    "cue-needed": True,
    "cue-verbatim": True,  # quotations of the row and of statements that it names
    "decisions-sense-of-concept": True,
    "decisions-substitution": True,
    "eligibility-once": False,  # is one of the two rows adjudicated by any row?
    "eligibility-reason-given": True,
    "findings-quoted": True,  # quotations of the finding
    "findings-quoted-from-own-report": True,
    "offsets-order": True,
    "quotations-copied-from-text": True,  # the one text that the report names
    "quotations-in-text": True,
    "quotations-unverified": True,
    "relations-two-studies": True,
    "reports-answered": True,
    "requires-sense-of-concept": True,
    "review-findings-sense-of-concept": True,
    "role-signed": True,
    "searches-answered": True,
    "setting-kinds-acyclic": False,
    "setting-kinds-named-once": False,  # does any other kind have the name?
    "settings-answered": True,
    "statements-quoted": True,
    "statements-quoted-from-own-report": True,
    "statements-sense-of-concept": True,
    "studies-answered": True,
    "study-not-its-own-sample": True,
    "targets-condition": False,  # up the kinds of settings, as far as it goes
    "ties-one-network": True,
    "translations-across-senses": True,
    "translations-two-studies": True,
    "uses-sense-of-concept": True,
}
# Table → the column by which its rows belong to a row that is nearer to a study.
OWNERS = {
    "appraisals": "study",
    "bearings": "finding",
    "constructs": "study",
    "decisions": "what",  # a precondition, which may be derived from a study's construct
    "eligibility": "study",
    "findings": "study",
    "memos": "about",
    "preconditions": "construct",
    "quotations": "of",
    "requires": "what",
    "translations": "into",
    "uses": "in",
}


def test_every_rule_is_where_reading_it_puts_it() -> None:
    reach = get_reach()
    found = {local_name(s): True for s in reach.local}
    found |= {local_name(s): False for s in reach.world}
    assert found == LOCAL
    assert reach.sights.keys() == reach.world.keys()


def test_shapes_of_columns_look_at_a_value_and_what_it_is() -> None:
    """Otherwise they would have to be judged by their reach, as rules are."""
    allowed = {
        "class", "datatype", "description", "in", "maxCount", "maxInclusive", "message",
        "minCount", "minInclusive", "name", "nodeKind", "order", "path", "pattern", "property",
        "sparql", "targetClass", "targetSubjectsOf", "severity", "prefixes", "select",
        "declare", "prefix", "namespace",
    }  # fmt: skip
    graph = rdflib.Graph()
    for file in resources.shape_files():
        graph.parse(str(file), format="turtle")
    sh = str(SH)
    used = {p.removeprefix(sh) for p in map(str, graph.predicates()) if p.startswith(sh)}
    assert used <= allowed, used - allowed
    assert all(isinstance(path, rdflib.URIRef) for path in graph.objects(None, SH.path))


def test_rows_belong_to_what_reading_the_tables_says() -> None:
    schema = load_schema()
    found = {
        table: next(c.name for c in schema.tables[table].columns if c.path == path)
        for table, path in find_owners(schema).items()
    }
    assert found == OWNERS


def reach_of(where: str) -> str:
    """Return why a rule on findings with this pattern is not local, "" if it is."""
    select = f"SELECT DISTINCT $this ?path ?value WHERE {{ {where} }}"
    try:
        pattern = parse_pattern(select, PREFIXES)
    except ValueError:
        pattern = None
    rule = Rule("urn:shape", "urn:rule", select, PREFIXES, (QES + "Finding",), (), pattern)
    return find_reach([rule], load_schema()).world.get("urn:shape", "")


@pytest.mark.parametrize(
    "where",
    [
        "$this qes:findingOf ?value . ?value qes:playsRole ?role",
        "$this qes:findingOf ?study . ?value qes:findingOf ?study",  # another of its study
        "$this qes:findingOf/^qes:findingOf ?value",
        "?value qes:bearingOf $this",
        "$this qes:hasQuotation/qes:quotedFrom/qes:hasAuthor ?value",
        "$this qes:observedIn ?value FILTER NOT EXISTS { ?value a qes:SupportGroup }",
        "$this ?path ?value",
        "$this qes:cue ?value FILTER (STRLEN(?value) > 3 && EXISTS { ?memo qes:annotates $this })",
    ],
)
def test_local_patterns(where: str) -> None:
    assert reach_of(where) == ""


@pytest.mark.parametrize(
    "where",
    [
        "$this qes:statement ?text . ?value qes:statement ?text",  # two rows of one text
        "$this qes:findingOf ?study . ?study qes:reportedIn ?r . ?value qes:reportedIn ?r",
        "?value qes:interprets $this",
        "?value ?path $this",
        "$this qes:findingOf ?study . ?value qes:sharesSampleWith ?study",
        "$this qes:findingOf ?study . ?study qes:sharesSampleWith* ?value",
        "$this qes:cue ?value . ?other a qes:Finding",
        "$this qes:cue ?value FILTER NOT EXISTS { ?study qes:playsRole ?role }",
        "$this qes:cue ?value OPTIONAL { $this qes:statement ?text }",
        "$this qes:cue ?value MINUS { $this qes:statement ?text }",
        "$this qes:cue ?value . GRAPH ?g { ?a ?b ?c }",
        "{ SELECT ?value WHERE { ?other qes:cue ?value } } $this qes:cue ?value",
        "VALUES ?value { 1 } $this qes:cue ?value",
    ],
)
def test_what_may_look_further_is_not_local(where: str) -> None:
    assert reach_of(where)


def test_what_is_read_further_away_is_known() -> None:
    reads = {(d, by.replace(QES, "")): v for (d, by), v in get_reach().reads.items()}
    assert reads[1, "translates"] == {QES + n for n in ("constructOf", "inSense", "interprets")}
    assert reads[1, "restsOnStatement"] == {QES + "exact", QES + "hasQuotation"}
    assert reads[1, "^quotedFor"] == {QES + "exact", QES + "quotedFor"}
    assert "" in reads[1, "adjudicates"]
    assert get_reach().companions == {"senses"}
    assert get_reach().joins == {(QES + "sourceFile", QES + "fileName")}


def test_the_fast_engine_asks_every_rule_once() -> None:
    triples = [quad.triple for quad in shape_quads()]
    kept = {
        plain(t.subject)
        for t in narrow_targets(triples)
        if t.predicate.value in (str(SH.targetClass), str(SH.targetSubjectsOf))
    }
    rules = {rule.shape for rule in read_rules(triples)}
    assert rules == {SHAPE + name for name in LOCAL}
    assert not kept & rules
    assert len(kept) == len(load_schema().tables)


# Here a group has no triple that ties it to the node that is judged: asked once about all nodes,
# its condition would be about any of them, and faults would be missed.
UNTIED = (
    "$this qes:cue ?value . { ?x qes:statement ?y FILTER NOT EXISTS { $this qes:reason ?z } }",
    "$this qes:cue ?value . { ?x qes:cue ?value FILTER (?x != $this) }",
    "?x qes:cue ?value FILTER (?x = $this)",
)


@pytest.mark.parametrize("where", UNTIED)
def test_a_rule_that_is_not_the_same_asked_once_keeps_its_targets(where: str) -> None:
    turtle = f"""
        @prefix sh: <{SH}> . @prefix qes: <{QES}> .
        <urn:p> sh:declare [ sh:prefix "qes" ; sh:namespace "{QES}" ] .
        <urn:s> a sh:NodeShape ; sh:targetClass qes:Finding ; sh:sparql <urn:r> .
        <urn:r> sh:prefixes <urn:p> ; sh:select "SELECT $this ?value WHERE {{ {where} }}" .
    """
    triples = [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]
    assert sorted(map(str, narrow_targets(triples))) == sorted(map(str, triples))


def test_patterns_are_taken_apart() -> None:
    group = parse_pattern(
        "SELECT * WHERE { # a comment } \n $this a/rdfs:subClassOf* ?k ; qes:cue \"}\", 'x' . "
        "{ ?k ^(qes:a|qes:b/qes:c) $this } UNION { BIND (STR(?k) AS ?s) } "
        "FILTER (?k < 3 || NOT EXISTS { ?k qes:d true }) }",
        PREFIXES,
    )
    path, *texts = group.steps
    assert path.repeated
    assert [h.property for h in path.paths[0]] == [RDF_TYPE, PREFIXES["rdfs"] + "subClassOf"]
    assert [s.object for s in texts] == ['"}"', "'x'"]
    (one, other), (inner,) = group.unions[0], group.exists
    back = [[(local_name(h.property), h.backward) for h in p] for p in one.steps[0].paths]
    assert back == [[("a", True)], [("c", True), ("b", True)]]
    assert (other.bound, other.used) == ({"?s"}, {"?k"})
    assert group.used == {"?k"}
    assert inner.steps[0].object == '"true"'
