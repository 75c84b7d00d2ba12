#+ summary: A class is for stances and for memos.
#+ rule: merged-concept
#+ focus: qes:Stance
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Stance rdfs:label ?old }
INSERT { qes:Stance rdfs:label "stance and memo"@en }
WHERE { qes:Stance rdfs:label ?old }
