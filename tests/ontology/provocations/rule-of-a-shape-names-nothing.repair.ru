#+ summary: Repairs rule-of-a-shape-names-nothing.
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
DELETE WHERE { GRAPH <file:shapes/remarks.ttl> { shape:remarks-rule sh:select ?text } } ;
INSERT DATA {
  GRAPH <file:shapes/remarks.ttl> {
    shape:remarks-rule sh:select "SELECT $this WHERE { $this qes:hasPolarity qes:polarity-mixed }" .
  }
}
