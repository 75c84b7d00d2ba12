#+ summary: Repairs no-source.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:Study dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" }
