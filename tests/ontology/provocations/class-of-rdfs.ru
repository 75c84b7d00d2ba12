#+ summary: A class is declared in RDFS as well.
#+ rule: rdf-vocabulary
#+ focus: qes:AlterTie
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:AlterTie a rdfs:Class }
