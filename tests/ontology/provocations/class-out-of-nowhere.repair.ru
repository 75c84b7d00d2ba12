#+ summary: Repairs class-out-of-nowhere.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:Study rdfs:subClassOf qes:Enquiry } ;
INSERT DATA { qes:Study rdfs:subClassOf qes:Investigation }
