#+ summary: A class is deprecated, and nobody is told what to use instead.
#+ rule: deprecated-without-reason
#+ focus: qes:InterviewStudy
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:InterviewStudy a owl:Class ;
    rdfs:label "obsolete interview study"@en ;
    iao:0000115 "A study that was done by interviews alone."@en ;
    skos:definition "A study that was done by interviews alone."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    owl:deprecated true .
}
