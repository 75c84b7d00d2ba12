#+ summary: The ontology has no title.
#+ rule: missing_ontology_title
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
DELETE { <https://w3id.org/qes-kg> dcterms:title ?old }
WHERE { <https://w3id.org/qes-kg> dcterms:title ?old }
