#+ summary: A property is a kind of a deprecated one.
#+ rule: deprecated_property_reference
#+ focus: qes:hasStudy
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
  qes:hasStudy a owl:ObjectProperty ;
    rdfs:label "obsolete has study"@en ;
    iao:0000115 "A relation that links a finding to any study of it."@en ;
    skos:definition "A relation that links a finding to any study of it."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    owl:deprecated true ;
    iao:0100001 qes:findingOf .
} ;
INSERT DATA { qes:findingOf rdfs:subPropertyOf qes:hasStudy }
