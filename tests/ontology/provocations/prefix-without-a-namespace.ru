#+ summary: A prefix was taken for an address.
#+ rule: iri-scheme
#+ focus: qes:Study
#+ by: rules
#+ also: undeclared-property
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:Study <rdfs:comment> "One row a study."@en }
