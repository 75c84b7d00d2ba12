#+ summary: A property leads to populations and to settings, which is read as both at once.
#+ rule: several-domains-or-ranges
#+ focus: qes:appliesTo
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { qes:appliesTo rdfs:range qes:Setting }
