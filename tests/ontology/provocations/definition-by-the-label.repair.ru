#+ summary: Repairs definition-by-the-label.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Study iao:0000115 ?old ; skos:definition ?old }
INSERT {
  qes:Study iao:0000115 "An investigation that looks at people."@en ;
    skos:definition "An investigation that looks at people."@en
}
WHERE { qes:Study iao:0000115 ?old }
