#+ summary: The address of the version has a number for a date.
#+ rule: ontology-version
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { <https://w3id.org/qes-kg> owl:versionIRI ?old }
INSERT { <https://w3id.org/qes-kg> owl:versionIRI <https://w3id.org/qes-kg/0.2.0/qes-kg> }
WHERE { <https://w3id.org/qes-kg> owl:versionIRI ?old }
