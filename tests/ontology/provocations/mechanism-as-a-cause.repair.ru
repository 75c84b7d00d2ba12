#+ summary: Repairs mechanism-as-a-cause.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX ro: <http://purl.obolibrary.org/obo/RO_>
DELETE { qes:Mechanism rdfs:subClassOf ?restriction . ?restriction ?said ?value }
WHERE {
  qes:Mechanism rdfs:subClassOf ?restriction .
  ?restriction owl:onProperty ro:0002410 ;
    ?said ?value .
} ;
DELETE { ro:0002410 ?said ?value } WHERE { ro:0002410 ?said ?value }
