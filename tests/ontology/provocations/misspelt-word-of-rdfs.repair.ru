#+ summary: Repairs misspelt-word-of-rdfs.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:Memo rdfs:subclassOf qes:Record } ;
INSERT DATA { qes:Memo rdfs:subClassOf qes:Record }
