#+ summary: A property is said only of what is a study and a setting at once.
#+ rule: property-unsatisfiable
#+ focus: qes:hasDesign
#+ by: owl
#+ also: several-domains-or-ranges
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:hasDesign rdfs:domain qes:Setting }
