#+ summary: Repairs blank-at-the-end.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { qes:Study skos:example "A study of walking groups "@en } ;
INSERT DATA { qes:Study skos:example "A study of walking groups"@en }
