#+ summary: Repairs no-creator.
PREFIX dcterms: <http://purl.org/dc/terms/>
INSERT DATA { <https://w3id.org/qes-kg> dcterms:creator "The collective-efficacy-kg contributors" }
