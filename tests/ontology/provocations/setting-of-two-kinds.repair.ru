#+ summary: Repairs setting-of-two-kinds.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { ce:a-setting a qes:Organisation } ;
INSERT DATA {
  ce:another-setting a qes:Organisation ;
    rdfs:label "a hospital"@en ;
    iao:0000115 "An organisation that treats patients."@en ;
    skos:definition "An organisation that treats patients."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" .
}
