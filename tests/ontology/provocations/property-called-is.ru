#+ summary: A property is called "is".
#+ rule: relation-is
#+ focus: qes:is
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:is a owl:ObjectProperty ;
    rdfs:label "is"@en ;
    iao:0000115 "A relation that links a bearing to what it is."@en ;
    skos:definition "A relation that links a bearing to what it is."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdfs:domain qes:Bearing ;
    rdfs:range qes:BearingTopic .
} ;
INSERT DATA { qes:bearsOn rdfs:subPropertyOf qes:is }
