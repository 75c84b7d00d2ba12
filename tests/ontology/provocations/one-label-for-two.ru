#+ summary: A page has the label of a report.
#+ rule: duplicate_label
#+ focus: qes:Page
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Page rdfs:label ?old }
INSERT { qes:Page rdfs:label ?new }
WHERE { qes:Page rdfs:label ?old . qes:Report rdfs:label ?new }
