#+ summary: The header doesn't describe the ontology.
#+ rule: missing_ontology_description
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
DELETE { <https://w3id.org/qes-kg> dcterms:description ?old }
WHERE { <https://w3id.org/qes-kg> dcterms:description ?old }
