#+ summary: Repairs one-synonym-for-two.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { qes:Review skos:altLabel "Enquiry"@en } ;
INSERT DATA { qes:Review skos:altLabel "evidence review"@en }
