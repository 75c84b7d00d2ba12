#+ summary: A population is a kind of a class of BCIO that has no stub.
#+ rule: owl2-dl-profile
#+ focus: qes:Population
#+ by: owl
#+ violation: UseOfUndeclaredClass
#+ also: undeclared-class
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:Population rdfs:subClassOf <http://humanbehaviourchange.org/ontology/BCIO_041000> }
