#+ summary: Repairs cohesion-as-a-part.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { ce:social-cohesion dcterms:isPartOf ce:collective-efficacy } ;
DELETE { dcterms:isPartOf ?said ?value }
WHERE {
  dcterms:isPartOf ?said ?value .
  FILTER NOT EXISTS { ?user dcterms:isPartOf ?used }
} ;
INSERT DATA { ce:social-cohesion skos:scopeNote "Not: a part of collective efficacy, which is disputed."@en }
