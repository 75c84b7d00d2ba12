#+ summary: Repairs transfer-as-an-activity.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { ce:a-transfer a prov:Activity } ;
INSERT DATA {
  ce:a-run a qes:CarryRun ;
    rdfs:label "a carry run of one day"@en ;
    iao:0000115 "A carry run that was made on one day."@en ;
    skos:definition "A carry run that was made on one day."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" .
} ;
INSERT DATA { ce:a-transfer prov:wasGeneratedBy ce:a-run }
