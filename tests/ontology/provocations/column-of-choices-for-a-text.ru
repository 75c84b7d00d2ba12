#+ summary: A column offers values of a closed list where its property takes a text.
#+ rule: shape-against-property
#+ focus: shape:remarks-way
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
INSERT DATA {
  GRAPH <file:shapes/remarks.ttl> {
    shape:remarks-way a sh:PropertyShape ;
      sh:path qes:noteText ;
      sh:in ( qes:polarity-supports qes:polarity-refutes ) ;
      sh:message "Write supports or refutes in column \"way\"." .
  }
}
