#+ summary: Repairs no-kind.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:argument a owl:DatatypeProperty }
