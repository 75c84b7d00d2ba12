#+ summary: A transfer is called a kind of activity.
#+ rule: class-unsatisfiable
#+ focus: qes:Transfer
#+ by: owl
#+ also: property-unsatisfiable
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:Transfer rdfs:subClassOf prov:Activity }
