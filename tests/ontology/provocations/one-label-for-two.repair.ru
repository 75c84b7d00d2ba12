#+ summary: Repairs one-label-for-two.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Page rdfs:label ?old }
INSERT { qes:Page rdfs:label "page read"@en }
WHERE { qes:Page rdfs:label ?old }
