#+ summary: A column asks for a property that doesn't exist.
#+ rule: missing-term
#+ focus: qes:hasArgument
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
INSERT DATA {
  GRAPH <file:shapes/remarks.ttl> {
    shape:remarks-text a sh:PropertyShape ;
      sh:path qes:hasArgument ;
      sh:message "Write plain text in column \"remark\"." .
  }
}
