#+ summary: A class has no label.
#+ rule: missing_label
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Study rdfs:label ?old } WHERE { qes:Study rdfs:label ?old }
