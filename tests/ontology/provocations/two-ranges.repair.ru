#+ summary: Repairs two-ranges.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:appliesTo rdfs:range ?range }
WHERE { qes:appliesTo rdfs:range ?range } ;
INSERT DATA {
  qes:appliesTo rdfs:range [
    a owl:Class ;
    owl:unionOf ( qes:Population qes:Setting )
  ]
}
