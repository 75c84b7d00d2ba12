#+ summary: A study and a review are both called enquiry.
#+ rule: duplicate_exact_synonym
#+ focus: qes:Review
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
INSERT DATA {
  qes:Study skos:altLabel "enquiry"@en .
  qes:Review skos:altLabel "Enquiry"@en .
}
