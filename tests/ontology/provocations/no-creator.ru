#+ summary: The header doesn't say who made the ontology.
#+ rule: ontology-credits
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
DELETE { <https://w3id.org/qes-kg> dcterms:creator ?old }
WHERE { <https://w3id.org/qes-kg> dcterms:creator ?old }
