#+ summary: A property is described and not declared.
#+ rule: one-kind
#+ focus: qes:argument
#+ by: rules
#+ also: missing-term
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:argument a owl:DatatypeProperty }
