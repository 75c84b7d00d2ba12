#+ summary: Repairs named-twice-as-disjoint.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
DELETE { ?axiom owl:members ?place . ?place rdf:first qes:Couple ; rdf:rest ?list }
INSERT { ?axiom owl:members ?list }
WHERE {
  ?axiom owl:members ?place .
  ?place rdf:first qes:Couple ;
    rdf:rest ?list .
  ?list rdf:rest*/rdf:first qes:Couple .
}
