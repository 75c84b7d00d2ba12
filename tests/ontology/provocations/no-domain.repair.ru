#+ summary: Repairs no-domain.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:appliesTo rdfs:domain qes:Finding }
