#+ summary: A class stands alone: nothing is above it, nothing below, nothing uses it.
#+ rule: unconnected-term
#+ focus: qes:Rumour
#+ by: rules
#+ also: missing_superclass
#+ also: class-without-shape
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:Rumour a owl:Class ;
    rdfs:label "rumour"@en ;
    iao:0000115 "A saying that nobody wrote down."@en ;
    skos:definition "A saying that nobody wrote down."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" .
}
