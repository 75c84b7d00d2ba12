#+ summary: Repairs range-for-a-word-of-rdfs.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { rdfs:label rdfs:range xsd:string }
