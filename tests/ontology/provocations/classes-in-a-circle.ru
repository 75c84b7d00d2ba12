#+ summary: Two kinds of report are kinds of each other.
#+ rule: subclass-cycle
#+ focus: qes:ShortReport
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:LongReport a owl:Class ;
    rdfs:label "long report"@en ;
    iao:0000115 "A report that has more than ten pages."@en ;
    skos:definition "A report that has more than ten pages."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdfs:subClassOf qes:ShortReport .
} ;
INSERT DATA {
  qes:ShortReport a owl:Class ;
    rdfs:label "short report"@en ;
    iao:0000115 "A report that has at most ten pages."@en ;
    skos:definition "A report that has at most ten pages."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdfs:subClassOf qes:LongReport , qes:Report .
}
