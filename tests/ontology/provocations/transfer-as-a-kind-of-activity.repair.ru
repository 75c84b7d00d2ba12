#+ summary: Repairs transfer-as-a-kind-of-activity.
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:Transfer rdfs:subClassOf prov:Activity }
