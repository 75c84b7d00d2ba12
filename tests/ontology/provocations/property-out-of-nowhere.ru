#+ summary: A note is given by a property that nobody declared.
#+ rule: undeclared-property
#+ focus: ce:social-capital
#+ by: rules
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { ce:social-capital qes:usedBy "Sociologists." }
