#+ summary: Repairs properties-in-a-circle.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:hasNearMiss rdfs:subPropertyOf qes:hasNearMissSettingOnly }
