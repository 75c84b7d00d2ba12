#+ summary: Repairs equal-and-different.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:appliesTo owl:equivalentProperty qes:hasCondition }
