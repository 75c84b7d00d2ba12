#+ summary: Repairs number-with-letters.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { ce:a-report qes:publicationYear "ca. 2019"^^xsd:integer } ;
INSERT DATA { ce:a-report qes:publicationYear 2019 ; rdfs:comment "The year is not certain."@en }
