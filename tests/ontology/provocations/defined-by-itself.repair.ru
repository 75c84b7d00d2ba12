#+ summary: Repairs defined-by-itself.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { ?place rdf:first qes:Study }
INSERT {
  ?place rdf:first ?difference .
  ?difference a owl:Restriction ;
    owl:onProperty qes:hasDesign ;
    owl:someValuesFrom skos:Concept .
}
WHERE {
  qes:Study owl:equivalentClass/owl:intersectionOf/rdf:rest* ?place .
  ?place rdf:first qes:Study .
  BIND (BNODE() AS ?difference)
}
