#+ summary: A label says obsolete, and the class is in force.
#+ rule: misused_obsolete_label
#+ focus: qes:Memo
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Memo rdfs:label ?old }
INSERT { qes:Memo rdfs:label "obsolete memo"@en }
WHERE { qes:Memo rdfs:label ?old }
