#+ summary: Repairs closed-list-without-values.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:weather-dry a skos:Concept ;
    rdfs:label "dry weather"@en ;
    iao:0000115 "A value for days without rain."@en ;
    skos:definition "A value for days without rain."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    skos:inScheme qes:weather .
}
