#+ summary: Repairs deprecated-in-silence.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:InterviewStudy rdfs:label "interview study"@en } ;
INSERT DATA { qes:InterviewStudy rdfs:label "obsolete interview study"@en }
