#+ summary: Repairs synonym-type-out-of-nowhere.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT {
  oboInOwl:SynonymTypeProperty a owl:AnnotationProperty ;
    rdfs:label "synonym type property (oboInOwl)"@en ;
    rdfs:isDefinedBy <http://www.geneontology.org/formats/oboInOwl> .
}
WHERE { FILTER NOT EXISTS { oboInOwl:SynonymTypeProperty a owl:AnnotationProperty } } ;
INSERT DATA {
  qes:abbreviation a owl:AnnotationProperty ;
    rdfs:label "abbreviation"@en ;
    iao:0000115 "A type of synonym that holds for first letters."@en ;
    skos:definition "A type of synonym that holds for first letters."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdfs:subPropertyOf oboInOwl:SynonymTypeProperty .
}
