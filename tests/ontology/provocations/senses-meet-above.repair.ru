#+ summary: Repairs senses-meet-above.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE { ce:shared-belief ?said ?value } WHERE { ce:shared-belief ?said ?value } ;
DELETE { skos:closeMatch ?said ?value }
WHERE {
  skos:closeMatch ?said ?value .
  FILTER NOT EXISTS { ?user skos:closeMatch ?used }
}
