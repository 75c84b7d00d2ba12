#+ summary: Repairs functional-and-composed.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:fromStudy a owl:FunctionalProperty } ;
INSERT DATA { qes:findingOf a owl:FunctionalProperty }
