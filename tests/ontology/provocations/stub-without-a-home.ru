#+ summary: A class of another vocabulary doesn't say where it is defined.
#+ rule: foreign-not-stub
#+ focus: <http://xmlns.com/foaf/0.1/Person>
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { <http://xmlns.com/foaf/0.1/Person> a owl:Class ; rdfs:label "person (FOAF)"@en }
