#+ summary: A sense names the class of concepts instead of a concept.
#+ rule: class-as-value
#+ focus: ce:sense-group-belief
#+ by: rules
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { ce:sense-group-belief qes:senseOf qes:Concept }
