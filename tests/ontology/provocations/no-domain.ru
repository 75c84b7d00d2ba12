#+ summary: A property doesn't say what it is said of.
#+ rule: domain-and-range
#+ focus: qes:appliesTo
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:appliesTo rdfs:domain ?old } WHERE { qes:appliesTo rdfs:domain ?old }
