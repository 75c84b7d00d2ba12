#+ summary: A transitive property is counted.
#+ rule: owl2-dl-profile
#+ focus: qes:sameSampleAs
#+ by: owl
#+ violation: UseOfNonSimplePropertyInCardinalityRestriction
#+ also: not-simple-restricted
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA {
  qes:Study rdfs:subClassOf [
    a owl:Restriction ;
    owl:onProperty qes:sameSampleAs ;
    owl:maxCardinality "1"^^xsd:nonNegativeInteger
  ]
}
