#+ summary: Repairs blank-creator.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { <https://w3id.org/qes-kg> dcterms:creator ?creator . ?creator rdfs:label ?name }
INSERT { <https://w3id.org/qes-kg> dcterms:creator "The contributors" }
WHERE { <https://w3id.org/qes-kg> dcterms:creator ?creator . ?creator rdfs:label ?name }
