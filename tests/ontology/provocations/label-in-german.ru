#+ summary: A label is in German.
#+ rule: text-language
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Study rdfs:label ?old }
INSERT { qes:Study rdfs:label "studie"@de }
WHERE { qes:Study rdfs:label ?old }
