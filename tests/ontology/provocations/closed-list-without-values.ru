#+ summary: A closed list has no values.
#+ rule: unconnected-term
#+ focus: qes:weather
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:weather a skos:ConceptScheme ;
    rdfs:label "kinds of weather"@en ;
    iao:0000115 "A closed list that tells how the weather was."@en ;
    skos:definition "A closed list that tells how the weather was."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" .
}
