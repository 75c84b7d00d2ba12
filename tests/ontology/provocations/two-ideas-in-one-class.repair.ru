#+ summary: Repairs two-ideas-in-one-class.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Stance rdfs:label ?old }
INSERT { qes:Stance rdfs:label "stance"@en }
WHERE { qes:Stance rdfs:label ?old }
