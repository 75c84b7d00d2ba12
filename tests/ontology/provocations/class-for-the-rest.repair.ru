#+ summary: Repairs class-for-the-rest.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Memo rdfs:label ?old }
INSERT { qes:Memo rdfs:label "memo"@en }
WHERE { qes:Memo rdfs:label ?old }
