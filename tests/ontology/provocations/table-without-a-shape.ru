#+ summary: The shape of a table is aimed at nothing.
#+ rule: class-without-shape
#+ focus: qes:Memo
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
DELETE { GRAPH ?file { ?shape sh:targetClass qes:Memo } }
WHERE { GRAPH ?file { ?shape sh:targetClass qes:Memo } }
