"""How often a built workspace uses each term of the ontology."""

from __future__ import annotations

from kg.query import run_query
from kg.store import Store
from kg.terms import CE, QES

__all__ = ["count_usage"]

# The default graph holds ontology, tables and what follows from them; no carried graph.
# What the ontology says about itself is no use of it.
_QUERY = """
PREFIX g: <https://w3id.org/qes-kg/graph/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?term (COUNT(*) AS ?uses)
WHERE {
  {
    SELECT DISTINCT ?term ?s ?p ?o
    WHERE {
      {
        ?s a ?kind .
        MINUS { GRAPH g:ontology { ?s a ?kind } }
        ?kind rdfs:subClassOf* ?term .
        BIND ("" AS ?p)
        BIND ("" AS ?o)
      } UNION {
        ?s ?term ?o .
        MINUS { GRAPH g:ontology { ?s ?term ?o } }
        BIND ("" AS ?p)
      } UNION {
        ?s ?p ?term .
        MINUS { GRAPH g:ontology { ?s ?p ?term } }
        FILTER (?p != <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>)
        BIND ("" AS ?o)
      }
      FILTER (ISIRI(?term) && (STRSTARTS(STR(?term), "%s") || STRSTARTS(STR(?term), "%s")))
    }
  }
}
GROUP BY ?term
ORDER BY ?term
"""


def count_usage(store: Store) -> dict[str, int]:
    """Return how often the data of a built store use each term.

    A class counts its individuals, those of its kinds included; a property the statements made
    with it; a value or concept the statements that name it. Entailed statements count, carried
    ones don't.

    Args:
        store: A built store.

    Returns:
        IRI → number, sorted by IRI, for terms that are used and for the addresses of rows, which
        share the beginning of the case's concepts; a term that is missing is not used.
    """
    found = run_query(store, _QUERY % (QES, CE))
    return {term: int(uses) for term, uses in found.rows if "/id/" not in term}
