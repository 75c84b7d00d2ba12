#+ summary: A property stands in the middle of its own chain.
#+ rule: chain-cycle
#+ focus: qes:sameSampleAs
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA {
  qes:sameSampleAs owl:propertyChainAxiom (
    qes:sharesSampleWith qes:sameSampleAs qes:sharesSampleWith
  )
}
