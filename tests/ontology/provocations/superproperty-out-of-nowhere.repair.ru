#+ summary: Repairs superproperty-out-of-nowhere.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:regards a owl:ObjectProperty ;
    rdfs:label "regards"@en ;
    iao:0000115 "A relation that links a bearing to what it is about."@en ;
    skos:definition "A relation that links a bearing to what it is about."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdfs:domain qes:Bearing ;
    rdfs:range qes:BearingTopic .
}
