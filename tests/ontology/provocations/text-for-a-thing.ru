#+ summary: The concept of a sense is given as a text.
#+ rule: value-kind
#+ focus: ce:sense-group-belief
#+ by: rules
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { ce:sense-group-belief qes:senseOf "collective efficacy" }
