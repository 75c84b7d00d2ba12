#+ summary: Repairs class-and-individual.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { qes:Couple a qes:Setting } ;
INSERT DATA {
  qes:a-couple a qes:Couple ;
    rdfs:label "a couple with diabetes"@en ;
    iao:0000115 "A couple that lives with diabetes."@en ;
    skos:definition "A couple that lives with diabetes."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" .
}
