#+ summary: A review has the definition of a study.
#+ rule: duplicate_definition
#+ focus: qes:Review
#+ by: rules
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { qes:Review iao:0000115 ?old ; skos:definition ?old }
INSERT { qes:Review iao:0000115 ?new ; skos:definition ?new }
WHERE { qes:Review iao:0000115 ?old . qes:Study iao:0000115 ?new }
