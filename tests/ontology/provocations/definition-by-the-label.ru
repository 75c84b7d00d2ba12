#+ summary: A definition says the label again.
#+ rule: definition-form
#+ focus: qes:Study
#+ by: rules
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Study iao:0000115 ?old ; skos:definition ?old }
INSERT { qes:Study iao:0000115 "A study."@en ; skos:definition "A study."@en }
WHERE { qes:Study iao:0000115 ?old }
