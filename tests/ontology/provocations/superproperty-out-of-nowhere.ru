#+ summary: A property is a kind of one that nobody declared.
#+ rule: undeclared-property
#+ focus: qes:bearsOn
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:bearsOn rdfs:subPropertyOf qes:regards }
