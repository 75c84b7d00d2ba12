#+ summary: A value of a closed list is written as a property is.
#+ rule: name-form
#+ focus: qes:polarityTooVague
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:polarityTooVague a skos:Concept ;
    rdfs:label "too vague to tell"@en ;
    iao:0000115 "A value for a bearing of which nobody can tell which way it goes."@en ;
    skos:definition "A value for a bearing of which nobody can tell which way it goes."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    skos:inScheme qes:polarity .
}
