#+ summary: Repairs disjoint-with-its-superclass.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:Study owl:disjointWith qes:Investigation } ;
INSERT DATA { qes:Study owl:disjointWith qes:Review }
