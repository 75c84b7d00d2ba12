#+ summary: Repairs property-called-is.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:bearsOn rdfs:subPropertyOf qes:is } ;
DELETE { qes:is ?said ?value } WHERE { qes:is ?said ?value }
