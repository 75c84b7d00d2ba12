#+ summary: Repairs datatype-out-of-nowhere.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE { qes:argument rdfs:range ?old }
INSERT { qes:argument rdfs:range xsd:string }
WHERE { qes:argument rdfs:range ?old }
