#+ summary: Repairs shape-that-says-nothing.
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
INSERT DATA {
  GRAPH <file:shapes/settings.ttl> {
    shape:settings-label sh:message "Write plain text in column \"label\"." .
  }
}
