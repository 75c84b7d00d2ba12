#+ summary: A column asks for a deprecated property.
#+ rule: deprecated-in-use
#+ focus: qes:remark
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT {
  iao:0100001 a owl:AnnotationProperty ;
    rdfs:label "term replaced by (IAO)"@en ;
    rdfs:isDefinedBy <http://purl.obolibrary.org/obo/iao.owl> .
}
WHERE { FILTER NOT EXISTS { iao:0100001 a owl:AnnotationProperty } } ;
INSERT DATA {
  qes:remark a owl:DatatypeProperty ;
    rdfs:label "obsolete remark"@en ;
    iao:0000115 "An attribute that gives a remark."@en ;
    skos:definition "An attribute that gives a remark."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    owl:deprecated true ;
    iao:0100001 qes:noteText .
} ;
INSERT DATA {
  GRAPH <file:shapes/remarks.ttl> {
    shape:remarks-text a sh:PropertyShape ;
      sh:path qes:remark ;
      sh:datatype xsd:string ;
      sh:message "Write plain text in column \"remark\"." .
  }
}
