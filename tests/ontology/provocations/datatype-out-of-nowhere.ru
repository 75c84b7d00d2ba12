#+ summary: The range of a property is a datatype that nobody declared.
#+ rule: undeclared-datatype
#+ focus: qes:argument
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:argument rdfs:range ?old }
INSERT { qes:argument rdfs:range qes:longText }
WHERE { qes:argument rdfs:range ?old }
