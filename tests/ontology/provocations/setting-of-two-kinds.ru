#+ summary: A setting is a couple and an organisation.
#+ rule: ontology-inconsistent
#+ focus: ce:a-setting
#+ by: owl
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  ce:a-setting a qes:Couple , qes:Organisation ;
    rdfs:label "a couple in a hospital"@en ;
    iao:0000115 "A couple that stays in a hospital."@en ;
    skos:definition "A couple that stays in a hospital."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" .
}
