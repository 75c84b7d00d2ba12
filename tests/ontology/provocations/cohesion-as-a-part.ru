#+ summary: Social cohesion is called a part of collective efficacy.
#+ rule: concepts-apart
#+ focus: ce:collective-efficacy
#+ by: rules
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT {
  dcterms:isPartOf a owl:ObjectProperty ;
    rdfs:label "is part of (DCMI)"@en ;
    rdfs:isDefinedBy <http://purl.org/dc/terms/> .
}
WHERE { FILTER NOT EXISTS { dcterms:isPartOf a owl:ObjectProperty } } ;
INSERT DATA { ce:social-cohesion dcterms:isPartOf ce:collective-efficacy }
