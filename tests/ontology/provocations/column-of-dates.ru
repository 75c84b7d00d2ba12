#+ summary: A column asks for an xsd:date, which reasoners can't take.
#+ rule: datatype-outside-map
#+ focus: shape:remarks-day
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA {
  GRAPH <file:shapes/remarks.ttl> {
    shape:remarks-day a sh:PropertyShape ;
      sh:path qes:noteText ;
      sh:datatype xsd:date ;
      sh:message "Write a date in column \"day\"." .
  }
}
