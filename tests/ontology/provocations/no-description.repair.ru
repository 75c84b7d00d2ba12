#+ summary: Repairs no-description.
PREFIX dcterms: <http://purl.org/dc/terms/>
INSERT DATA { <https://w3id.org/qes-kg> dcterms:description "Terms for bringing studies together."@en }
