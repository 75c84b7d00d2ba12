#+ summary: Repairs no-superclass.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:Stance rdfs:subClassOf qes:Record }
