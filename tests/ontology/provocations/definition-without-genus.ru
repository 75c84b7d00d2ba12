#+ summary: Whatever has a design is a study.
#+ rule: equivalent_class_axiom_no_genus
#+ focus: qes:Study
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:Study owl:equivalentClass [
    a owl:Restriction ;
    owl:onProperty qes:hasDesign ;
    owl:someValuesFrom skos:Concept
  ]
}
