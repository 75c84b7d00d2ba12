#+ summary: A cross-reference has a blank where the colon belongs.
#+ rule: invalid_xref
#+ focus: qes:Study
#+ by: rules
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT {
  oboInOwl:hasDbXref a owl:AnnotationProperty ;
    rdfs:label "has database cross-reference (oboInOwl)"@en ;
    rdfs:isDefinedBy <http://www.geneontology.org/formats/oboInOwl> .
}
WHERE { FILTER NOT EXISTS { oboInOwl:hasDbXref a owl:AnnotationProperty } } ;
INSERT DATA { qes:Study oboInOwl:hasDbXref "OBI 0000066" }
