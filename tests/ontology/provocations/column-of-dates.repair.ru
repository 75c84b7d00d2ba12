#+ summary: Repairs column-of-dates.
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/qes-kg/shapes/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { GRAPH <file:shapes/remarks.ttl> { shape:remarks-day sh:datatype xsd:date } } ;
INSERT DATA { GRAPH <file:shapes/remarks.ttl> { shape:remarks-day sh:datatype xsd:dateTime } }
