#+ summary: Repairs label-on-two-lines.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:ConfidenceAssessment rdfs:label ?old }
INSERT { qes:ConfidenceAssessment rdfs:label "confidence assessment"@en }
WHERE { qes:ConfidenceAssessment rdfs:label ?old }
