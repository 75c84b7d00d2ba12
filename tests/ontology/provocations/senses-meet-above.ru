#+ summary: Two senses match through a third thing.
#+ rule: concepts-apart
#+ focus: ce:sense-group-belief
#+ by: rules
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT {
  skos:closeMatch a owl:ObjectProperty ;
    rdfs:label "has close match (SKOS)"@en ;
    rdfs:isDefinedBy <http://www.w3.org/2004/02/skos/core> .
}
WHERE { FILTER NOT EXISTS { skos:closeMatch a owl:ObjectProperty } } ;
INSERT DATA {
  ce:shared-belief a skos:Concept ;
    rdfs:label "shared belief"@en ;
    iao:0000115 "A concept that stands for whatever people believe together."@en ;
    skos:definition "A concept that stands for whatever people believe together."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    skos:closeMatch ce:sense-group-belief , ce:sense-network-mechanism ;
    skos:inScheme qes:polarity .
}
