#+ summary: Repairs two-labels.
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
DELETE DATA { qes:Study rdfs:label "research study"@en } ;
INSERT DATA { qes:Study skos:altLabel "research study"@en }
