#+ summary: Repairs classes-of-others-set-apart.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
DELETE { ?place ?says ?something . ?axiom ?said ?value }
WHERE {
  ?axiom owl:members ?list ;
    ?said ?value .
  ?list rdf:first prov:Activity ;
    rdf:rest* ?place .
  ?place ?says ?something .
}
