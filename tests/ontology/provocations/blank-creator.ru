#+ summary: The creator is a thing without an address.
#+ rule: blank-node
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { <https://w3id.org/qes-kg> dcterms:creator [ rdfs:label "The contributors"@en ] }
