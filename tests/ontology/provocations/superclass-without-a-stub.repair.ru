#+ summary: Repairs superclass-without-a-stub.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA {
  <http://humanbehaviourchange.org/ontology/BCIO_041000> a owl:Class ;
    rdfs:label "human population (BCIO)"@en ;
    rdfs:isDefinedBy <http://humanbehaviourchange.org/ontology/bcio.owl> .
}
