#+ summary: A column doesn't say what to write.
#+ rule: shape-message
#+ focus: shape:settings-label
#+ by: rules
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
DELETE { GRAPH ?file { shape:settings-label sh:message ?old } }
WHERE { GRAPH ?file { shape:settings-label sh:message ?old } }
