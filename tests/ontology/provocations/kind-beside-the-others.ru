#+ summary: A new kind of setting is left out where the kinds are set apart.
#+ rule: siblings-not-disjoint
#+ focus: qes:Clinic
#+ by: rules
#+ also: unconnected-term
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:Clinic a owl:Class ;
    rdfs:label "clinic"@en ;
    iao:0000115 "A setting that is a place of treatment."@en ;
    skos:definition "A setting that is a place of treatment."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdfs:subClassOf qes:Setting .
}
