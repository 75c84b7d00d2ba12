#+ summary: A study is a kind of something that nobody declared.
#+ rule: undeclared-class
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:Study rdfs:subClassOf qes:Enquiry }
