"""The reader cuts out what it says, nothing else, and knows all SPARQL of the shipped queries."""

from pathlib import Path

import pytest
from pyoxigraph import Store

from tests.mutation.sparql import find_mutants

QUERIES = Path(__file__).parents[2] / "queries"
FILES = sorted([*QUERIES.glob("questions/*.rq"), *QUERIES.glob("carry/*.rq")])

TEXT = """\
#+ summary: { not . a ; pattern }
PREFIX e: <https://example.org/#>
SELECT ?a (COUNT(?b) AS ?n) # FILTER (?comment)
WHERE {
  ?a e:p|^e:q/e:r* ?b , "x . } y"@en ; a e:C .
  OPTIONAL { ?a e:o? ?c FILTER (?c < 3 && ?c > 1) }
  MINUS { ?a e:m ?d }
  VALUES ?b { e:v e:w }
  BIND (EXISTS { GRAPH e:g { ?a e:e ?f } } AS ?g)
  { SELECT ?a WHERE { ?a e:s ?h } GROUP BY ?a HAVING (COUNT(?h) > 1) }
  UNION
  { FILTER NOT EXISTS { ?a e:n ?i } }
}
GROUP BY ?a
ORDER BY ?a
"""


def test_parts() -> None:
    assert [(m.kind, m.part) for m in find_mutants(TEXT)] == [
        ("TRIPLE", "?a e:p|^e:q/e:r* ?b"),
        ("TRIPLE", '?a e:p|^e:q/e:r* "x . } y"@en'),
        ("TRIPLE", "?a a e:C"),
        ("OPTIONAL", "OPTIONAL { ?a e:o? ?c FILTER (?c < 3 && ?c > 1) }"),
        ("TRIPLE", "?a e:o? ?c"),
        ("FILTER", "FILTER (?c < 3 && ?c > 1)"),
        ("MINUS", "MINUS { ?a e:m ?d }"),
        ("TRIPLE", "?a e:m ?d"),
        ("TRIPLE", "?a e:e ?f"),
        ("TRIPLE", "?a e:s ?h"),
        ("FILTER", "FILTER NOT EXISTS { ?a e:n ?i }"),
        ("TRIPLE", "?a e:n ?i"),
    ]


@pytest.mark.parametrize("mutant", find_mutants(TEXT), ids=lambda mutant: mutant.part)
def test_the_rest_stays(mutant) -> None:
    Store().query(mutant.text)
    others = {m.part for m in find_mutants(TEXT)} - {mutant.part}
    # What stood inside the missing part is gone too; what encloses it reads differently now.
    inside = {m.part for m in find_mutants(f"SELECT * WHERE {{ {mutant.part} }}")}
    enclosing = {part for part in others if mutant.part in part}
    kept = {m.part for m in find_mutants(mutant.text)}
    assert mutant.part not in kept
    assert kept >= others - inside - enclosing


def test_the_same_pattern_twice_is_told_apart() -> None:
    text = "SELECT * WHERE { ?a ?p ?b . { ?a ?p ?b } }"
    first, second = find_mutants(text)
    assert (first.part, second.part) == ("?a ?p ?b", "?a ?p ?b (2)")
    assert first.text != second.text


def test_an_update_loses_patterns_and_keeps_its_template() -> None:
    text = (
        "INSERT { ?a <p:1> ?b } WHERE { ?a <p:2> ?b } ; INSERT { ?a <p:3> 1 } WHERE { ?a <p:4> 2 }"
    )
    assert [m.part for m in find_mutants(text)] == ["?a <p:2> ?b", "?a <p:4> 2"]
    for mutant in find_mutants(text):
        Store().update(mutant.text)


@pytest.mark.parametrize("text", ["SELECT * WHERE { [] ?p ?b }", "SELECT * WHERE { ?a ?p (1 2) }",
                                  "SELECT * WHERE { ?a ?p ~ }"])  # fmt: skip
def test_unknown_sparql_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        find_mutants(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_queries_can_be_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    mutants = find_mutants(text)
    assert mutants
    assert len({(m.kind, m.part) for m in mutants}) == len(mutants)
    assert all(m.text != text for m in mutants)
    words = [line for line in text.splitlines() if not line.startswith("#")]
    for kind in ("FILTER", "MINUS", "OPTIONAL"):
        found = sum(line.count(f"{kind} ") for line in words)
        assert sum(m.kind == kind for m in mutants) == found


def test_number_of_files() -> None:
    assert len(FILES) == 16 + len(list(QUERIES.glob("carry/*.rq")))
    assert len(FILES) > 30
