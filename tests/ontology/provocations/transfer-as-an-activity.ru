#+ summary: A transfer is typed as an activity.
#+ rule: ontology-inconsistent
#+ focus: ce:a-transfer
#+ by: owl
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  ce:a-transfer a qes:Transfer , prov:Activity ;
    rdfs:label "a transfer to couples"@en ;
    iao:0000115 "A transfer that leads to couples."@en ;
    skos:definition "A transfer that leads to couples."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" .
}
