#+ summary: Repairs chain-of-one.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:hasNearMiss owl:propertyChainAxiom ?list . ?list rdf:first ?member ; rdf:rest ?rest }
INSERT { ?member rdfs:subPropertyOf qes:hasNearMiss }
WHERE { qes:hasNearMiss owl:propertyChainAxiom ?list . ?list rdf:first ?member ; rdf:rest ?rest }
