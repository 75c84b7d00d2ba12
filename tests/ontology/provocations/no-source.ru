#+ summary: Nobody can tell where a definition comes from.
#+ rule: missing-source
#+ focus: qes:Study
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE { qes:Study dcterms:source ?old } WHERE { qes:Study dcterms:source ?old }
