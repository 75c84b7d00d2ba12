#+ summary: Repairs replaced-and-in-force.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:Page iao:0100001 qes:Report } ;
DELETE { iao:0100001 ?said ?value }
WHERE {
  iao:0100001 ?said ?value .
  FILTER NOT EXISTS { ?user iao:0100001 ?used }
}
