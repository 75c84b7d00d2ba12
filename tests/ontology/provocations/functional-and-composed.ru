#+ summary: A property that is composed of two others is called functional.
#+ rule: not-simple-restricted
#+ focus: qes:fromStudy
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:fromStudy a owl:FunctionalProperty }
