#+ summary: Something is said of a class of PROV that PROV should say.
#+ rule: foreign-not-stub
#+ focus: prov:Entity
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
INSERT DATA { prov:Entity owl:disjointWith prov:Activity }
