#+ summary: The label of a deprecated class doesn't say so.
#+ rule: missing_obsolete_label
#+ focus: qes:InterviewStudy
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT {
  iao:0100001 a owl:AnnotationProperty ;
    rdfs:label "term replaced by (IAO)"@en ;
    rdfs:isDefinedBy <http://purl.obolibrary.org/obo/iao.owl> .
}
WHERE { FILTER NOT EXISTS { iao:0100001 a owl:AnnotationProperty } } ;
INSERT DATA {
  qes:InterviewStudy a owl:Class ;
    rdfs:label "interview study"@en ;
    iao:0000115 "A study that was done by interviews alone."@en ;
    skos:definition "A study that was done by interviews alone."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    owl:deprecated true ;
    iao:0100001 qes:Study .
}
