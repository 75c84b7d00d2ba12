#+ summary: Repairs kind-of-itself.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:Memo rdfs:subClassOf qes:Memo }
