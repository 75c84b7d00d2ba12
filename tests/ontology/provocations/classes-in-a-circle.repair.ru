#+ summary: Repairs classes-in-a-circle.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA {
  qes:LongReport rdfs:subClassOf qes:ShortReport .
  qes:ShortReport rdfs:subClassOf qes:LongReport .
} ;
INSERT DATA {
  qes:LongReport rdfs:subClassOf qes:Report ;
    owl:disjointWith qes:ShortReport .
  qes:ShortReport owl:disjointWith qes:LongReport .
}
