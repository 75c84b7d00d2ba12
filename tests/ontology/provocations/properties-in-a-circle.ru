#+ summary: A near miss is a kind of one of its kinds.
#+ rule: subproperty-cycle
#+ focus: qes:hasNearMiss
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:hasNearMiss rdfs:subPropertyOf qes:hasNearMissSettingOnly }
