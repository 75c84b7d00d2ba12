#+ summary: A synonym of study is the label of investigation.
#+ rule: duplicate_label_synonym
#+ focus: qes:Study
#+ by: rules
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
INSERT { qes:Study skos:altLabel ?label } WHERE { qes:Investigation rdfs:label ?label }
