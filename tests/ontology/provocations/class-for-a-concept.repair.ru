#+ summary: Repairs class-for-a-concept.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { ce:sense-group-belief qes:senseOf qes:Concept } ;
INSERT DATA { ce:sense-group-belief qes:senseOf ce:collective-efficacy }
