#+ summary: A property that holds both ways has itself for an inverse.
#+ rule: inverse-of-itself
#+ focus: qes:sameSampleAs
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:sameSampleAs owl:inverseOf qes:sameSampleAs }
