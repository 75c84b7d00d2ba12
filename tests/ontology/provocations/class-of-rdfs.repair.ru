#+ summary: Repairs class-of-rdfs.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:AlterTie a rdfs:Class }
