#+ summary: A class has two labels.
#+ rule: multiple_labels
#+ focus: qes:Study
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:Study rdfs:label "research study"@en }
