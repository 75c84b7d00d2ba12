#+ summary: A class has two logical definitions.
#+ rule: multiple_equivalent_class_definitions
#+ focus: qes:Study
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:Study owl:equivalentClass
    [
      a owl:Class ;
      owl:intersectionOf (
        qes:Investigation
        [ a owl:Restriction ; owl:onProperty qes:hasDesign ; owl:someValuesFrom skos:Concept ]
      )
    ] ,
    [
      a owl:Class ;
      owl:intersectionOf (
        qes:Investigation
        [ a owl:Restriction ; owl:onProperty qes:playsRole ; owl:someValuesFrom skos:Concept ]
      )
    ]
}
