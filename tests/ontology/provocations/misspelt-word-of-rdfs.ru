#+ summary: A word of RDFS is misspelt, so that the superclass is lost.
#+ rule: illegal_use_of_built_in_vocabulary
#+ focus: qes:Memo
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:Memo rdfs:subclassOf qes:Record }
