#+ summary: Repairs stub-without-label.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { dcterms:title rdfs:label "title (DCMI)"@en }
