#+ summary: Repairs statement-about-a-statement.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:statement-on-meaning ?said ?value } WHERE { qes:statement-on-meaning ?said ?value } ;
INSERT DATA {
  [] a owl:Axiom ;
    owl:annotatedSource ce:sense-group-belief ;
    owl:annotatedProperty qes:senseOf ;
    owl:annotatedTarget ce:collective-efficacy ;
    rdfs:comment "A sense belongs to one concept."@en .
}
