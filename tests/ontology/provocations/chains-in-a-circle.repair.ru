#+ summary: Repairs chains-in-a-circle.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
DELETE { ?place ?said ?value . qes:findingOf owl:propertyChainAxiom ?list }
WHERE {
  qes:findingOf owl:propertyChainAxiom ?list .
  ?list rdf:rest* ?place .
  ?place ?said ?value .
}
