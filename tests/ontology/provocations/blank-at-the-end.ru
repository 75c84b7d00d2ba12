#+ summary: An example ends in a blank.
#+ rule: annotation_whitespace
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { qes:Study skos:example "A study of walking groups "@en }
