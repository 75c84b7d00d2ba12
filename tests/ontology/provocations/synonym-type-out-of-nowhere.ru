#+ summary: A synonym has a type that nobody declared.
#+ rule: missing_synonymtype_declaration
#+ focus: qes:abbreviation
#+ by: rules
PREFIX ce: <https://w3id.org/collective-efficacy/>
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
  oboInOwl:hasSynonymType a owl:AnnotationProperty ;
    rdfs:label "has synonym type (oboInOwl)"@en ;
    rdfs:isDefinedBy <http://www.geneontology.org/formats/oboInOwl> .
}
WHERE { FILTER NOT EXISTS { oboInOwl:hasSynonymType a owl:AnnotationProperty } } ;
INSERT DATA {
  ce:collective-efficacy skos:altLabel "CE"@en .
  [] a owl:Axiom ;
    owl:annotatedSource ce:collective-efficacy ;
    owl:annotatedProperty skos:altLabel ;
    owl:annotatedTarget "CE"@en ;
    oboInOwl:hasSynonymType qes:abbreviation .
}
