#+ summary: Repairs one-definition-for-two.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Review iao:0000115 ?old ; skos:definition ?old }
INSERT {
  qes:Review iao:0000115 "An investigation that reads studies together to answer one question."@en ;
    skos:definition "An investigation that reads studies together to answer one question."@en
}
WHERE { qes:Review iao:0000115 ?old }
