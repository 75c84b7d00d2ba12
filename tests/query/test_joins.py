"""What the shipped queries must not do, because it takes minutes on a million quads."""

import re

import pytest

from kg.query import Query, list_queries

# The rules of the ontology are left out: what they run over has a fixed and small size.
AREAS = ("carry", "check", "export", "questions", "rules", "screening", "why")
QUERIES = [(area, query) for area in AREAS for query in list_queries(area)]
PART = re.compile(r"NOT\s+EXISTS\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", re.IGNORECASE)


def find_joined(text: str) -> list[str]:
    """Return the bodies of NOT EXISTS that join: two patterns, or a path of several steps."""
    text = re.sub(r"(?m)^\s*#.*$", "", text)
    return [body.strip() for body in PART.findall(text) if _joins(body)]


def _joins(body: str) -> bool:
    flat = re.sub(r"GRAPH\s+\S+", " ", body)
    patterns = [p.split() for p in re.split(r"\s[.;](?=\s|$)|[{}]", flat) if p.strip()]
    patterns = [p for p in patterns if not p[0].startswith("FILTER")]
    steps = [name for p in patterns for name in p if "/" in name and not name.startswith("<")]
    return len(patterns) > 1 or bool(steps)


@pytest.mark.parametrize(("area", "query"), QUERIES, ids=[f"{a}/{q.name}" for a, q in QUERIES])
def test_no_query_joins_inside_not_exists(area: str, query: Query) -> None:
    """It is worked out anew for every row; MINUS is worked out once."""
    assert find_joined(query.text) == [], f"queries/{area}/{query.name}.rq: write MINUS"


def test_number_of_queries() -> None:
    assert {area: len(list_queries(area)) for area in AREAS} == {
        "carry": 33, "check": 6, "export": 2, "questions": 16, "rules": 5, "screening": 9,
        "why": 14,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("FILTER NOT EXISTS { ?a x:b ?c }", False),
        ("FILTER NOT EXISTS { GRAPH g:x { ?a x:b ?c } }", False),
        ("FILTER NOT EXISTS { ?a x:b ?c . ?c x:d ?e }", True),
        ("FILTER NOT EXISTS {\n  ?a x:b ?c ;\n    x:d ?e .\n}", True),
        ("filter not exists { ?a x:b/x:d ?c }", True),
        ("FILTER NOT EXISTS { GRAPH g:x { ?a x:b ?c } ?c x:d ?e }", True),
        ("MINUS { ?a x:b ?c . ?c x:d ?e }", False),
    ],
)
def test_what_joins(text: str, joins: bool) -> None:
    assert bool(find_joined(text)) == joins
