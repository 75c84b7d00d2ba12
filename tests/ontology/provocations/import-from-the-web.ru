#+ summary: PROV is imported from the web.
#+ rule: ontology-imports
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
INSERT DATA { <https://w3id.org/qes-kg> owl:imports <http://www.w3.org/ns/prov-o#> }
