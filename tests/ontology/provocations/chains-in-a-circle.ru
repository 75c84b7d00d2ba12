#+ summary: Two properties are composed of each other.
#+ rule: owl2-dl-profile
#+ focus: qes:fromStudy
#+ by: owl
#+ violation: UseOfPropertyInChainCausesCycle
#+ also: chain-cycle
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:findingOf owl:propertyChainAxiom ( qes:fromStudy qes:sameSampleAs ) }
