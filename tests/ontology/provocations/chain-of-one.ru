#+ summary: A chain has one member.
#+ rule: chain-of-one
#+ focus: qes:hasNearMiss
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:hasNearMiss owl:propertyChainAxiom ( qes:hasNearMissSettingOnly ) }
