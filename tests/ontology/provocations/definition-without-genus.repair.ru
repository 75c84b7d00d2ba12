#+ summary: Repairs definition-without-genus.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Study owl:equivalentClass ?restriction }
INSERT { qes:Study rdfs:subClassOf ?restriction }
WHERE { qes:Study owl:equivalentClass ?restriction }
