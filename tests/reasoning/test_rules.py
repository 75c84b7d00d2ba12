"""Each rule on a tiny graph, with what it entails worked out by hand."""

from collections.abc import Iterable

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse, serialize

from kg.query import list_queries, run_update
from kg.reasoning import infer

ENTAILED = NamedNode("https://w3id.org/qes-kg/graph/entailed")
PREFIXES = """
@prefix : <https://example.org/> .
@prefix qes: <https://w3id.org/qes-kg/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

# rule: (what is said, what follows)
CASES = {
    "01-broader": (
        ":type-2 skos:broader :diabetes . :diabetes skos:broader :long-term . :other a :Thing .",
        """:type-2 skos:broaderTransitive :diabetes , :long-term .
           :diabetes skos:broaderTransitive :long-term .""",
    ),
    "02-same-sample": (
        ":a qes:sharesSampleWith :b . :c qes:sharesSampleWith :b . :d qes:sharesSampleWith :e .",
        """:a qes:sameSampleAs :b , :c . :b qes:sameSampleAs :a , :c . :c qes:sameSampleAs :a , :b .
           :d qes:sameSampleAs :e . :e qes:sameSampleAs :d .""",
    ),
    "03-counted-as": (
        """:a a qes:Study . :b a qes:Study ; qes:sharesSampleWith :a . :d a qes:Study .
           :c a qes:Study ; qes:sharesSampleWith :b . :d2 a qes:Review .""",
        ":a qes:countedAs :a . :b qes:countedAs :a . :c qes:countedAs :a . :d qes:countedAs :d .",
    ),
    "04-shares-authors": (
        """:review a qes:Review ; qes:hasReviewKind qes:review-kind-source-review ;
               qes:reportedIn :article . :article qes:hasAuthor :v , :r .
           :ours a qes:Review ; qes:hasReviewKind qes:review-kind-this-synthesis ;
               qes:reportedIn :draft . :draft qes:hasAuthor :o .
           :near a qes:Study ; qes:reportedIn :first , :second . :second qes:hasAuthor :x , :r .
           :far a qes:Study ; qes:reportedIn :third . :third qes:hasAuthor :x , :o .
           :unknown a qes:Study ; qes:reportedIn :fourth .""",
        ":near qes:sharesAuthorsWith :review .",
    ),
    "05-from-study": (
        """:b1 qes:bearingOf :f1 . :f1 qes:findingOf :s1 . :b2 qes:bearingOf :f2 .
           :f3 qes:findingOf :s1 .""",
        ":b1 qes:fromStudy :s1 .",
    ),
}


def read(text: str) -> set[Quad]:
    return set(parse(PREFIXES + text, format=RdfFormat.TURTLE))


def make_store(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def default_graph(store: Store) -> set[Quad]:
    return set(store.quads_for_pattern(None, None, None, DefaultGraph()))


def entailed(store: Store) -> set[Quad]:
    return {Quad(*q.triple) for q in store.quads_for_pattern(None, None, None, ENTAILED)}


def test_every_rule_has_a_case_and_runs_in_the_order_of_its_number() -> None:
    names = [rule.name for rule in list_queries("rules")]
    assert names == list(CASES) == sorted(names)
    assert [int(name[:2]) for name in names] == [1, 2, 3, 4, 5]
    assert all(rule.summary.endswith(".") for rule in list_queries("rules"))


@pytest.mark.parametrize("name", CASES)
def test_rule_entails_this_and_nothing_else(name: str) -> None:
    said, follows = map(read, CASES[name])
    (rule,) = [r for r in list_queries("rules") if r.name == name]
    store = make_store(said)
    run_update(store, rule.text)
    assert entailed(store) == follows
    assert default_graph(store) == said | follows
    assert len(store) == len(said | follows) + len(follows)  # and no third graph


@pytest.mark.parametrize("name", CASES)
def test_rule_finds_nothing_new_the_second_time(name: str) -> None:
    (rule,) = [r for r in list_queries("rules") if r.name == name]
    store = make_store(read(CASES[name][0]))
    run_update(store, rule.text)
    once = set(store)
    run_update(store, rule.text)
    assert set(store) == once


@pytest.mark.parametrize("name", CASES)
def test_rule_entails_nothing_from_a_named_graph(name: str) -> None:
    """What stays out of the default graph, such as a row with faults, entails nothing."""
    (rule,) = [r for r in list_queries("rules") if r.name == name]
    aside = NamedNode("https://example.org/graph/studies")
    store = make_store(Quad(*q.triple, aside) for q in read(CASES[name][0]))
    before = set(store)
    run_update(store, rule.text)
    assert set(store) == before


def test_all_rules_together_entail_what_each_does_and_stay_there() -> None:
    said = set().union(*(read(said) for said, _ in CASES.values()))
    store = make_store(said)
    infer(store)
    once = set(store)
    assert entailed(store) >= set().union(*(read(follows) for _, follows in CASES.values()))
    assert default_graph(store) == said | entailed(store)
    infer(store)
    assert set(store) == once


def test_a_circle_of_broader_conditions_comes_to_an_end() -> None:
    store = make_store(read(":a skos:broader :b . :b skos:broader :a ."))
    infer(store)
    assert len(entailed(store)) == 4


def test_the_study_that_stands_for_a_sample_does_not_depend_on_the_order_of_rows() -> None:
    rows = sorted(read(CASES["03-counted-as"][0]), key=str)
    results = []
    for order in (rows, rows[::-1]):
        store = make_store(order)
        infer(store)
        results.append(serialize(sorted((q.triple for q in entailed(store)), key=str),
                                 format=RdfFormat.N_TRIPLES))  # fmt: skip
    assert results[0] == results[1]
