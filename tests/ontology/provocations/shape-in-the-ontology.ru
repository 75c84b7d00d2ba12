#+ summary: What a study must have is said in the ontology.
#+ rule: shacl-in-ontology
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
INSERT DATA { qes:Study sh:description "A study has a design." }
