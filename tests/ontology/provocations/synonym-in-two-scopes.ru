#+ summary: One text is an exact and a broad synonym of study.
#+ rule: duplicate_scoped_synonym
#+ focus: qes:Study
#+ by: rules
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT {
  skos:altLabel a owl:AnnotationProperty ;
    rdfs:label "alternative label (SKOS)"@en ;
    rdfs:isDefinedBy <http://www.w3.org/2004/02/skos/core> .
}
WHERE { FILTER NOT EXISTS { skos:altLabel a owl:AnnotationProperty } } ;
INSERT {
  oboInOwl:hasBroadSynonym a owl:AnnotationProperty ;
    rdfs:label "has broad synonym (oboInOwl)"@en ;
    rdfs:isDefinedBy <http://www.geneontology.org/formats/oboInOwl> .
}
WHERE { FILTER NOT EXISTS { oboInOwl:hasBroadSynonym a owl:AnnotationProperty } } ;
INSERT DATA { qes:Study skos:altLabel "project"@en ; oboInOwl:hasBroadSynonym "project" }
