#+ summary: Repairs no-title.
PREFIX dcterms: <http://purl.org/dc/terms/>
INSERT DATA { <https://w3id.org/qes-kg> dcterms:title "Ontology of qualitative evidence synthesis"@en }
