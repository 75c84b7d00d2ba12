#+ summary: Repairs no-example.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { qes:Study skos:example "A study of walking groups of people with diabetes."@en }
