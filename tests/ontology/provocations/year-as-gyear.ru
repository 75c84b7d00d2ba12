#+ summary: The range of a year is xsd:gYear.
#+ rule: datatype-outside-map
#+ focus: qes:publicationYear
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { qes:publicationYear rdfs:range ?old }
INSERT { qes:publicationYear rdfs:range xsd:gYear }
WHERE { qes:publicationYear rdfs:range ?old }
