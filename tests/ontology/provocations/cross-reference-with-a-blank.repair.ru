#+ summary: Repairs cross-reference-with-a-blank.
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:Study oboInOwl:hasDbXref "OBI 0000066" } ;
INSERT DATA { qes:Study oboInOwl:hasDbXref "OBI:0000066" }
