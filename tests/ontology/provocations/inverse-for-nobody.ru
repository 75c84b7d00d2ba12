#+ summary: An inverse is declared that nobody asks for.
#+ rule: inverse-unused
#+ focus: qes:hasFinding
#+ by: rules
#+ also: unconnected-term
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:hasFinding a owl:ObjectProperty ;
    rdfs:label "has finding"@en ;
    iao:0000115 "A relation that links a study to one of its findings."@en ;
    skos:definition "A relation that links a study to one of its findings."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdfs:domain qes:Study ;
    rdfs:range qes:Finding ;
    owl:inverseOf qes:findingOf .
}
