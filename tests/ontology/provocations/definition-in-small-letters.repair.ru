#+ summary: Repairs definition-in-small-letters.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Study iao:0000115 ?old ; skos:definition ?old }
INSERT { qes:Study iao:0000115 ?new ; skos:definition ?new }
WHERE {
  qes:Study iao:0000115 ?old .
  BIND (STRLANG(CONCAT(UCASE(SUBSTR(STR(?old), 1, 1)), SUBSTR(STR(?old), 2)), "en") AS ?new)
}
