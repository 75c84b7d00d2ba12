#+ summary: Repairs text-for-a-thing.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { ce:sense-group-belief qes:senseOf "collective efficacy" } ;
INSERT DATA { ce:sense-group-belief qes:senseOf ce:collective-efficacy }
