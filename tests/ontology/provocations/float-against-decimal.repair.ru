#+ summary: Repairs float-against-decimal.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { qes:reading-depth-full-text qes:rank "3.5"^^xsd:float } ;
INSERT DATA { qes:reading-depth-full-text qes:rank 3.5 }
