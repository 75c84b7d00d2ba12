#+ summary: A rank is a float where its property takes decimals.
#+ rule: ontology-inconsistent
#+ focus: qes:reading-depth-full-text
#+ by: owl
#+ also: value-against-range
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { qes:rank rdfs:range ?old . qes:reading-depth-full-text qes:rank ?number }
INSERT { qes:rank rdfs:range xsd:decimal . qes:reading-depth-full-text qes:rank "3.5"^^xsd:float }
WHERE { qes:rank rdfs:range ?old . qes:reading-depth-full-text qes:rank ?number }
