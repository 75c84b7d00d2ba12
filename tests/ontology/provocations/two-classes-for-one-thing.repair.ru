#+ summary: Repairs two-classes-for-one-thing.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { qes:Page owl:equivalentClass qes:SourceText } ;
INSERT DATA { qes:Page skos:scopeNote "Not: a source text, which is kept word for word."@en }
