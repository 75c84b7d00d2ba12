#+ summary: Repairs column-of-choices-for-a-text.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
DELETE DATA { GRAPH <file:shapes/remarks.ttl> { shape:remarks-way sh:path qes:noteText } } ;
INSERT DATA { GRAPH <file:shapes/remarks.ttl> { shape:remarks-way sh:path qes:hasPolarity } }
