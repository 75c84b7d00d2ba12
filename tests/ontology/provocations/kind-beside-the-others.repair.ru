#+ summary: Repairs kind-beside-the-others.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
DELETE { ?axiom owl:members ?list }
INSERT { ?axiom owl:members ?place . ?place rdf:first qes:Clinic ; rdf:rest ?list }
WHERE {
  ?axiom owl:members ?list .
  ?list rdf:rest*/rdf:first qes:Couple .
  BIND (BNODE() AS ?place)
}
