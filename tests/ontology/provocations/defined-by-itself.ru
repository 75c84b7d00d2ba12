#+ summary: The logical definition of a study names studies.
#+ rule: recursive-definition
#+ focus: qes:Study
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA {
  qes:Study owl:equivalentClass [
    a owl:Class ;
    owl:intersectionOf ( qes:Investigation qes:Study )
  ]
}
