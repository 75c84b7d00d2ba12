#+ summary: Repairs prefix-without-a-namespace.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:Study <rdfs:comment> "One row a study."@en } ;
INSERT DATA { qes:Study rdfs:comment "One row a study."@en }
