#+ summary: A value is in a closed list that doesn't exist.
#+ rule: missing-term
#+ focus: qes:polarities
#+ by: rules
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { qes:polarity-mixed skos:inScheme qes:polarities }
