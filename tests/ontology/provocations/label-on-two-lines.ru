#+ summary: A label goes over two lines.
#+ rule: label_formatting
#+ focus: qes:ConfidenceAssessment
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:ConfidenceAssessment rdfs:label ?old }
INSERT { qes:ConfidenceAssessment rdfs:label "confidence\nassessment"@en }
WHERE { qes:ConfidenceAssessment rdfs:label ?old }
