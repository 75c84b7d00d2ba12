#+ summary: Repairs label-with-a-blank.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Study rdfs:label ?old }
INSERT { qes:Study rdfs:label "study"@en }
WHERE { qes:Study rdfs:label ?old }
