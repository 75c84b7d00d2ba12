#+ summary: A study is disjoint with investigations, of which it is a kind.
#+ rule: class-unsatisfiable
#+ focus: qes:Study
#+ by: owl
#+ also: property-unsatisfiable
#+ also: disjoint-with-superclass
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
INSERT DATA { qes:Study owl:disjointWith qes:Investigation }
