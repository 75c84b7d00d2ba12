#+ summary: Repairs version-without-a-date.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE { <https://w3id.org/qes-kg> owl:versionIRI ?old }
INSERT { <https://w3id.org/qes-kg> owl:versionIRI <https://w3id.org/qes-kg/2027-01-31/qes-kg> }
WHERE { <https://w3id.org/qes-kg> owl:versionIRI ?old }
