#+ summary: A class stands twice in a list of disjoint classes, so that it is disjoint with itself.
#+ rule: disjoint-with-superclass
#+ focus: qes:Couple
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
DELETE { ?axiom owl:members ?list }
INSERT { ?axiom owl:members ?place . ?place rdf:first qes:Couple ; rdf:rest ?list }
WHERE {
  ?axiom owl:members ?list .
  ?list rdf:rest*/rdf:first qes:Couple .
  BIND (BNODE() AS ?place)
}
