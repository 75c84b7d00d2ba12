#+ summary: Repairs shape-asks-for-a-deprecated-term.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
DELETE DATA { GRAPH <file:shapes/remarks.ttl> { shape:remarks-text sh:path qes:remark } } ;
INSERT DATA { GRAPH <file:shapes/remarks.ttl> { shape:remarks-text sh:path qes:noteText } }
