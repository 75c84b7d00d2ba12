#+ summary: A class is a kind of nothing.
#+ rule: missing_superclass
#+ focus: qes:Stance
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Stance rdfs:subClassOf ?class } WHERE { qes:Stance rdfs:subClassOf ?class }
