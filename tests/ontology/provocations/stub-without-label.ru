#+ summary: The stub of another vocabulary's term has no label.
#+ rule: missing_label
#+ focus: dcterms:title
#+ by: rules
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { dcterms:title rdfs:label ?old } WHERE { dcterms:title rdfs:label ?old }
