#+ summary: Repairs no-licence.
PREFIX dcterms: <http://purl.org/dc/terms/>
INSERT DATA { <https://w3id.org/qes-kg> dcterms:license <https://creativecommons.org/licenses/by/4.0/> }
