#+ summary: An annotation property is declared as a data property as well.
#+ rule: one-kind
#+ focus: skos:notation
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { skos:notation a owl:DatatypeProperty }
