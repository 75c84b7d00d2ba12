#+ summary: Repairs definitions-drift-apart.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Study iao:0000115 ?old }
INSERT { qes:Study iao:0000115 ?new }
WHERE { qes:Study iao:0000115 ?old ; skos:definition ?new }
