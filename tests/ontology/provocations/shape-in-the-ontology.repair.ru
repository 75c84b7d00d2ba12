#+ summary: Repairs shape-in-the-ontology.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
DELETE DATA { qes:Study sh:description "A study has a design." } ;
INSERT DATA { GRAPH <file:shapes/studies.ttl> { shape:studies sh:description "A study has a design." } }
