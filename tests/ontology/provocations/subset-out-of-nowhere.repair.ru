#+ summary: Repairs subset-out-of-nowhere.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT {
  oboInOwl:SubsetProperty a owl:AnnotationProperty ;
    rdfs:label "subset property (oboInOwl)"@en ;
    rdfs:isDefinedBy <http://www.geneontology.org/formats/oboInOwl> .
}
WHERE { FILTER NOT EXISTS { oboInOwl:SubsetProperty a owl:AnnotationProperty } } ;
INSERT DATA {
  qes:shortList a owl:AnnotationProperty ;
    rdfs:label "short list"@en ;
    iao:0000115 "A subset that holds the terms to start with."@en ;
    skos:definition "A subset that holds the terms to start with."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdfs:subPropertyOf oboInOwl:SubsetProperty .
}
