#+ summary: Repairs synonym-is-a-label.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Study skos:altLabel ?label }
INSERT { qes:Study skos:altLabel "research study"@en }
WHERE { qes:Study skos:altLabel ?label . qes:Investigation rdfs:label ?label }
