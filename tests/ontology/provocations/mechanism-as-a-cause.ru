#+ summary: A mechanism is said to bring about an outcome.
#+ rule: mechanism-causal
#+ focus: qes:Mechanism
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX ro: <http://purl.obolibrary.org/obo/RO_>
INSERT {
  ro:0002410 a owl:ObjectProperty ;
    rdfs:label "causally related to (RO)"@en ;
    rdfs:isDefinedBy <http://purl.obolibrary.org/obo/ro.owl> .
}
WHERE { FILTER NOT EXISTS { ro:0002410 a owl:ObjectProperty } } ;
INSERT DATA {
  qes:Mechanism rdfs:subClassOf [
    a owl:Restriction ;
    owl:onProperty ro:0002410 ;
    owl:someValuesFrom qes:Outcome
  ]
}
