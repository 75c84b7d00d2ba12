#+ summary: The range of rdfs:label is declared here.
#+ rule: illegal_use_of_built_in_vocabulary
#+ focus: rdfs:label
#+ by: rules
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA { rdfs:label rdfs:range xsd:string }
