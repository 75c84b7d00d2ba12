#+ summary: Repairs column-of-things-for-a-text.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
DELETE DATA {
  GRAPH <file:shapes/settings.ttl> {
    shape:settings-label sh:class qes:Page .
  }
}
