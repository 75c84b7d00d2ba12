#+ summary: The header names no licence.
#+ rule: missing_ontology_license
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
DELETE { <https://w3id.org/qes-kg> dcterms:license ?old }
WHERE { <https://w3id.org/qes-kg> dcterms:license ?old }
