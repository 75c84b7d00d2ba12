#+ summary: A column asks for pages where its property takes a text.
#+ rule: shape-against-property
#+ focus: shape:settings-label
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
INSERT DATA {
  GRAPH <file:shapes/settings.ttl> {
    shape:settings-label sh:class qes:Page .
  }
}
