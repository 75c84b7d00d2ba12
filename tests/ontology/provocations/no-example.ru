#+ summary: A class with a table has no example.
#+ rule: missing-example
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Study skos:example ?old } WHERE { qes:Study skos:example ?old }
