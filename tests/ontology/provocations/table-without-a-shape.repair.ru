#+ summary: Repairs table-without-a-shape.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
INSERT DATA { GRAPH <file:shapes/memos.ttl> { shape:memos sh:targetClass qes:Memo } }
