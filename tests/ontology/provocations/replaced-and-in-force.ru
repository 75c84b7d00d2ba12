#+ summary: A class is replaced by another and is not deprecated.
#+ rule: misused_replaced_by
#+ focus: qes:Page
#+ by: rules
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT {
  iao:0100001 a owl:AnnotationProperty ;
    rdfs:label "term replaced by (IAO)"@en ;
    rdfs:isDefinedBy <http://purl.obolibrary.org/obo/iao.owl> .
}
WHERE { FILTER NOT EXISTS { iao:0100001 a owl:AnnotationProperty } } ;
INSERT DATA { qes:Page iao:0100001 qes:Report }
