#+ summary: The SPARQL of a shape asks for a value that doesn't exist.
#+ rule: missing-term
#+ focus: qes:polarity-undecided
#+ by: rules
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
INSERT DATA {
  GRAPH <file:shapes/remarks.ttl> {
    shape:remarks-rule a sh:SPARQLConstraint ;
      sh:message "Write another polarity." ;
      sh:select "SELECT $this WHERE { $this qes:hasPolarity qes:polarity-undecided }" .
  }
}
