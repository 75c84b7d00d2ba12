#+ summary: Two properties are called equal that are said of different things.
#+ rule: equivalent-properties-differ
#+ focus: qes:appliesTo
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:appliesTo owl:equivalentProperty qes:hasCondition }
