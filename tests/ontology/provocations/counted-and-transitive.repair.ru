#+ summary: Repairs counted-and-transitive.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE { ?restriction owl:onProperty qes:sameSampleAs }
INSERT { ?restriction owl:onProperty qes:hasDesign }
WHERE { ?restriction owl:onProperty qes:sameSampleAs ; owl:maxCardinality ?number }
