#+ summary: Two properties are called inverse, and one doesn't go back where the other comes from.
#+ rule: inverse-domain-range
#+ focus: qes:appraises
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:appraises owl:inverseOf qes:hasDesign }
