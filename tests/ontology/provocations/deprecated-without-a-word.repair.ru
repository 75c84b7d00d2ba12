#+ summary: Repairs deprecated-without-a-word.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT {
  iao:0000231 a owl:AnnotationProperty ;
    rdfs:label "has obsolescence reason (IAO)"@en ;
    rdfs:isDefinedBy <http://purl.obolibrary.org/obo/iao.owl> .
}
WHERE { FILTER NOT EXISTS { iao:0000231 a owl:AnnotationProperty } } ;
INSERT DATA { qes:InterviewStudy iao:0000231 "How a study was done is said by its design."@en }
