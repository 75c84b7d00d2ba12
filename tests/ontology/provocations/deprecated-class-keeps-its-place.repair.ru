#+ summary: Repairs deprecated-class-keeps-its-place.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:InterviewStudy rdfs:subClassOf qes:Study }
