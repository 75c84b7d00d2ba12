#+ summary: Repairs annotation-without-a-stub.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT {
  iao:0000116 a owl:AnnotationProperty ;
    rdfs:label "editor note (IAO)"@en ;
    rdfs:isDefinedBy <http://purl.obolibrary.org/obo/iao.owl> .
}
WHERE { FILTER NOT EXISTS { iao:0000116 a owl:AnnotationProperty } }
