#+ summary: Repairs composed-of-itself.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
DELETE { qes:sameSampleAs owl:propertyChainAxiom ?first . ?first rdf:first ?member ; rdf:rest ?rest }
INSERT { qes:sameSampleAs owl:propertyChainAxiom ?rest }
WHERE {
  qes:sameSampleAs owl:propertyChainAxiom ?first .
  ?first rdf:first ?member ;
    rdf:rest ?rest .
}
