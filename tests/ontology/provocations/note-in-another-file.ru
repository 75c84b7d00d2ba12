#+ summary: A note on study stands in the file of the header.
#+ rule: declared-twice
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { GRAPH <file:core-header.ttl> { qes:Study skos:scopeNote "Not: a trial register."@en } }
