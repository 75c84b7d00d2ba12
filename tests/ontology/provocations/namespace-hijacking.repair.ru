#+ summary: Repairs namespace-hijacking.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { prov:Entity owl:disjointWith prov:Activity } ;
INSERT DATA { qes:Transfer owl:disjointWith prov:Activity }
