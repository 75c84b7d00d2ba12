#+ summary: Repairs two-logical-definitions.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Study owl:equivalentClass ?definition }
INSERT { qes:Study rdfs:subClassOf ?definition }
WHERE {
  qes:Study owl:equivalentClass ?definition .
  ?definition owl:intersectionOf/rdf:rest*/rdf:first/owl:onProperty qes:playsRole
}
