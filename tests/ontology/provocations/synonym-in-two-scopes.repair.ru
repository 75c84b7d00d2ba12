#+ summary: Repairs synonym-in-two-scopes.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { qes:Study skos:altLabel "project"@en } ;
INSERT DATA { qes:Study skos:altLabel "research study"@en }
