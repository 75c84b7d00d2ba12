#+ summary: A memo is a kind of memo.
#+ rule: subclass-cycle
#+ focus: qes:Memo
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:Memo rdfs:subClassOf qes:Memo }
