#+ summary: A class is in a subset that nobody declared.
#+ rule: missing_subset_declaration
#+ focus: qes:Study
#+ by: rules
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT {
  oboInOwl:inSubset a owl:AnnotationProperty ;
    rdfs:label "in subset (oboInOwl)"@en ;
    rdfs:isDefinedBy <http://www.geneontology.org/formats/oboInOwl> .
}
WHERE { FILTER NOT EXISTS { oboInOwl:inSubset a owl:AnnotationProperty } } ;
INSERT DATA { qes:Study oboInOwl:inSubset qes:shortList }
