#+ summary: Repairs note-in-another-file.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { GRAPH <file:core-header.ttl> { qes:Study skos:scopeNote "Not: a trial register."@en } } ;
INSERT DATA { qes:Study skos:scopeNote "Not: a trial register."@en }
