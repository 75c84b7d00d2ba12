#+ summary: A class is for whatever is left over.
#+ rule: miscellaneous-class
#+ focus: qes:Memo
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Memo rdfs:label ?old }
INSERT { qes:Memo rdfs:label "other record"@en }
WHERE { qes:Memo rdfs:label ?old }
